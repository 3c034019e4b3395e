package io.demur.eval.train;

/**
 * How training goes. Found by trying; {@code docs/judges/refusal.md} has what each is worth.
 *
 * @param rowsLog2 size of the sentence table: two to this power rows of 16 bytes
 * @param mannerRowsLog2 the same for kind, form, leakage and craft
 * @param documentsMin how many replies a feature must occur in to get a row
 * @param epochs passes over the data
 * @param rate step size of the tables
 * @param netRate step size of the nets
 * @param decay pull towards zero
 * @param drop share of features left out at each look, so that no one phrase carries a reply
 * @param seeds weight of the written patterns and of what a label implies for sentences
 * @param seed of everything random
 */
record Settings(
        int rowsLog2,
        int mannerRowsLog2,
        int documentsMin,
        int epochs,
        float rate,
        float netRate,
        float decay,
        float drop,
        float seeds,
        int hidden,
        long seed) {

    static final Settings STANDARD =
            new Settings(17, 15, 3, 3, 0.05f, 0.01f, 1e-3f, 0.3f, 1f, 16, 7);
}
