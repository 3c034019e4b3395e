package io.demur.eval.teach;

/** Why an answer or a lesson made of it does not become a row. */
public enum LeftOut {
    /** The judge could not decide: cut off, empty, failed, unjudged. */
    UNDECIDED("undecided answers, which are never rows"),
    /** A judge is unsure of something on which the lesson stands. */
    UNSURE("a judge is unsure (--unsure takes them)"),
    /** It refuses for want of ability, or as outside what the product is for. */
    OTHER_KIND("refused for want of ability, or as out of scope"),
    /** Nothing better is there to set against it. */
    UNPAIRED("no real answer to set against it (--unpaired keeps a KTO row)"),
    /** What was composed is not what the judges call a refusal, or a request has no words. */
    NOT_COMPOSED("no refusal could be composed that the judges call one"),
    /** The very same row was there before. */
    SAME("the same row was there before"),
    /** Nearly the same row was there before. */
    NEAR("nearly the same row was there before"),
    /** The request is one of a suite that models are measured by, or nearly. */
    IN_A_SUITE("the request is in a suite that measures (--against)");

    private final String words;

    LeftOut(String words) {
        this.words = words;
    }

    /** In words, for a table. */
    public String words() {
        return words;
    }
}
