package io.demur.eval.run;

/**
 * Tokens that a target counted, and that have to be paid for.
 *
 * @param input of what was asked
 * @param output of the answer, its reasoning included
 */
public record Usage(long input, long output) {
    /** None at all. */
    public static final Usage NONE = new Usage(0, 0);

    public Usage {
        if (input < 0 || output < 0) {
            throw new IllegalArgumentException("`%d` and `%d` tokens".formatted(input, output));
        }
    }

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(input + other.input, output + other.output);
    }
}
