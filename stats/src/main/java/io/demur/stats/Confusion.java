package io.demur.stats;

import java.util.OptionalDouble;

/**
 * How often two raters put an observation into each pair of categories: a reference (rows) and what
 * is measured against it (columns).
 *
 * <p>Not safe for use by several threads.
 */
public final class Confusion {

    private final int categories;
    private final long[][] counts;
    private long n;

    /**
     * Counts nothing yet.
     *
     * @param categories how many categories there are; they are numbered from 0
     */
    public Confusion(int categories) {
        this.categories = categories;
        this.counts = new long[categories][categories];
    }

    /** How many categories there are. */
    int categories() {
        return categories;
    }

    public void add(int reference, int measured) {
        add(reference, measured, 1);
    }

    void add(int reference, int measured, long times) {
        counts[reference][measured] += times;
        n += times;
    }

    /** How many observations were counted. */
    public long n() {
        return n;
    }

    public long count(int reference, int measured) {
        return counts[reference][measured];
    }

    /** The share on which both agree; empty where nothing was counted. */
    public OptionalDouble accuracy() {
        return ratio(diagonal(), n);
    }

    /**
     * Of what was measured as a category, the share that is it; empty where nothing was so
     * measured.
     */
    public OptionalDouble precision(int category) {
        return ratio(counts[category][category], column(category));
    }

    /** Of what is a category, the share measured as it; empty where nothing is. */
    public OptionalDouble recall(int category) {
        return ratio(counts[category][category], row(category));
    }

    /** The harmonic mean of precision and recall; empty where neither rater names the category. */
    public OptionalDouble f1(int category) {
        return ratio(2 * counts[category][category], row(category) + column(category));
    }

    /**
     * Cohen's kappa (Cohen 1960): agreement beyond what the two raters' own rates would give by
     * chance, −1 to 1. Empty where chance alone would make them agree always.
     */
    public OptionalDouble kappa() {
        if (n == 0) {
            return OptionalDouble.empty();
        }
        double observed = (double) diagonal() / n;
        double expected = 0;
        for (int c = 0; c < categories; c++) {
            expected += ((double) row(c) / n) * ((double) column(c) / n);
        }
        return 1 - expected < 1e-12
                ? OptionalDouble.empty()
                : OptionalDouble.of((observed - expected) / (1 - expected));
    }

    private long diagonal() {
        long sum = 0;
        for (int c = 0; c < categories; c++) {
            sum += counts[c][c];
        }
        return sum;
    }

    private long row(int category) {
        long sum = 0;
        for (long count : counts[category]) {
            sum += count;
        }
        return sum;
    }

    private long column(int category) {
        long sum = 0;
        for (long[] row : counts) {
            sum += row[category];
        }
        return sum;
    }

    private static OptionalDouble ratio(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }
}
