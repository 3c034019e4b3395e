package io.demur.eval.run;

import java.util.Optional;

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

    /** Reads {@code IN,OUT}, such as {@code 0.15,0.60}; empty where it is no such thing. */
    public static Optional<Price> parse(String text) {
        String[] parts = text.split(",", -1);
        try {
            return parts.length == 2
                    ? Optional.of(
                            new Price(Double.parseDouble(parts[0]), Double.parseDouble(parts[1])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What so many tokens cost. */
    public double of(Usage usage) {
        return (usage.input() * input + usage.output() * output) / MILLION;
    }
}
