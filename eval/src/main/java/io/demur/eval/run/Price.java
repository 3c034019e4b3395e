package io.demur.eval.run;

/**
 * What tokens cost, in any currency.
 *
 * @param input for a million tokens of what is asked
 * @param output for a million tokens of answers
 */
public record Price(double input, double output) {

    private static final double MILLION = 1e6;

    /** Nothing has to be paid, or nobody said what. */
    public static final Price NONE = new Price(0, 0);

    public Price {
        if (!(input >= 0 && output >= 0 && Double.isFinite(input + output))) {
            throw new IllegalArgumentException(
                    "`%s` and `%s` are no prices".formatted(input, output));
        }
    }

    /** What so many tokens cost. */
    public double of(Usage usage) {
        return (usage.input() * input + usage.output() * output) / MILLION;
    }
}
