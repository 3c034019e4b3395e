package io.demur.core;

/**
 * The probabilities at which a judge is too unsure for its word to be the last: from {@code low} up
 * to, and without, {@code high}. Where {@code high} is 1, certainty belongs to it too, so that 0 to
 * 1 is every probability; where both limits are equal, none is.
 *
 * @param low 0 to {@code high}
 * @param high {@code low} to 1
 */
public record Band(double low, double high) {

    /** Every probability. */
    public static final Band ALL = new Band(0, 1);

    public Band {
        if (!(low >= 0 && low <= high && high <= 1)) {
            throw new IllegalArgumentException(
                    "band `%s,%s` is not two rising numbers between 0 and 1".formatted(low, high));
        }
    }

    /** Whether a probability lies in it. */
    public boolean contains(double p) {
        return low < high && p >= low && (p < high || high == 1);
    }

    /** {@code low,high}, as it is written on a command line. */
    @Override
    public String toString() {
        return low + "," + high;
    }
}
