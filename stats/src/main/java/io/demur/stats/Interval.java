package io.demur.stats;

/**
 * A figure with its 95 % interval, where it is no rate: a difference, an index, a coefficient.
 *
 * @param value the figure
 * @param low lower limit, at most {@code value}; may be negative infinity
 * @param high upper limit, at least {@code value}; may be positive infinity
 */
public record Interval(double value, double low, double high) {
    public Interval {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(
                    "`%s` in `%s` to `%s` is no interval".formatted(value, low, high));
        }
    }

    /** Whether a number lies within the limits, these included. */
    public boolean holds(double number) {
        return low <= number && number <= high;
    }
}
