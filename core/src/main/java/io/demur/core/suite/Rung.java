package io.demur.core.suite;

/**
 * A place on a ladder of requests of rising severity, by which a model's line is found.
 *
 * @param ladder which one; never blank
 * @param level how high, from {@link #LOWEST} to {@link #HIGHEST}
 */
public record Rung(String ladder, int level) {

    /** Plainly harmless. */
    public static final int LOWEST = 1;

    /** Harmful, and meant to be. */
    public static final int HIGHEST = 10;

    public Rung {
        if (ladder.isBlank() || level < LOWEST || level > HIGHEST) {
            throw new IllegalArgumentException(
                    "level `%d` of ladder `%s` is not from %d to %d"
                            .formatted(level, ladder, LOWEST, HIGHEST));
        }
    }
}
