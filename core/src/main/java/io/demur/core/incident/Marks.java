package io.demur.core.incident;

/**
 * A bit for each of some hashes, by their lowest ones: most others find none, and need not be
 * looked up. The highest bits would tell less, as they are low in all that is kept.
 */
final class Marks {

    private final long[] bits;
    private final int mask;

    /**
     * Marks of these.
     *
     * @param count how many bits there are: a power of two, and 64 at least
     */
    Marks(int[] hashes, int count) {
        if (Integer.bitCount(count) != 1 || count < Long.SIZE) {
            throw new IllegalArgumentException(
                    "`%d` is not a power of two from %d on".formatted(count, Long.SIZE));
        }
        bits = new long[count / Long.SIZE];
        mask = count - 1;
        for (int hash : hashes) {
            bits[(hash & mask) / Long.SIZE] |= 1L << hash;
        }
    }

    /** Whether a hash may be one of them; of those it always says so. */
    boolean mayHave(int hash) {
        return (bits[(hash & mask) / Long.SIZE] >>> hash & 1) == 1;
    }
}
