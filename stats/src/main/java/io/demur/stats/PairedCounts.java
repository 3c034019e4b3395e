package io.demur.stats;

/**
 * What two runs made of the same cases, each case once: how often it was a hit in both, in one of
 * them alone, and in neither.
 *
 * @param both hits in both
 * @param first hits in the first run alone
 * @param second hits in the second run alone
 * @param neither hits in none
 */
public record PairedCounts(long both, long first, long second, long neither) {
    public PairedCounts {
        if (Math.min(Math.min(both, first), Math.min(second, neither)) < 0
                || both + first + second + neither < 1) {
            throw new IllegalArgumentException(
                    "`%d`, `%d`, `%d` and `%d` are no counts of pairs"
                            .formatted(both, first, second, neither));
        }
    }

    /**
     * Counts two runs.
     *
     * @param first what the first made of each case
     * @param second what the second made of it; as many
     */
    public static PairedCounts of(boolean[] first, boolean[] second) {
        if (first.length != second.length) {
            throw new IllegalArgumentException(
                    "`%d` cases against `%d`".formatted(first.length, second.length));
        }
        long[] counts = new long[4];
        for (int i = 0; i < first.length; i++) {
            counts[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
        }
        return new PairedCounts(counts[0], counts[1], counts[2], counts[3]);
    }

    /** How many cases there are. */
    public long n() {
        return both + first + second + neither;
    }

    /** How many cases tell the two runs apart. */
    public long discordant() {
        return first + second;
    }

    /** The rate of the second run less that of the first. */
    public double difference() {
        return (double) (second - first) / n();
    }
}
