package io.demur.eval.search;

/** What came of asking once. Neither of the last two is ever counted as one of the first two. */
enum Answer {
    REFUSED,
    ANSWERED,
    /** Something came, and could not be judged. */
    UNDECIDED,
    /** Nothing came. */
    FAILED;

    boolean decided() {
        return this == REFUSED || this == ANSWERED;
    }
}
