package io.demur.core.charter;

/** Which way a change goes. What cannot be compared counts as weaker. */
public enum Direction {
    EQUAL,
    STRONGER,
    WEAKER;

    /**
     * The direction of a change.
     *
     * @param isAtLeast whether what stands there afterwards is at least as strong as what stood
     *     there before
     * @param wasAtLeast the same the other way round
     */
    static Direction of(boolean isAtLeast, boolean wasAtLeast) {
        if (!isAtLeast) {
            return WEAKER;
        }
        return wasAtLeast ? EQUAL : STRONGER;
    }
}
