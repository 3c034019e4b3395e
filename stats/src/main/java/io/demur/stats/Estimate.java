package io.demur.stats;

/**
 * A rate with its 95 % interval.
 *
 * @param rate 0 to 1
 * @param low lower limit, 0 to {@code rate}
 * @param high upper limit, {@code rate} to 1
 * @param n how many observations it rests on, at least 1
 */
public record Estimate(double rate, double low, double high, long n) {
    public Estimate {
        if (!(0 <= low && low <= rate && rate <= high && high <= 1) || n < 1) {
            throw new IllegalArgumentException(
                    "`%s` in `%s` to `%s` from `%d` is no estimate".formatted(rate, low, high, n));
        }
    }
}
