package io.demur.stats;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Counts of categories over observations that come in clusters, such as several models' answers to
 * one prompt, which are not independent of each other.
 *
 * <p>The interval of a share is Wilson's, on the number of independent observations that the sample
 * is worth: the variance of the share as a ratio of cluster totals (linearised, with the factor
 * m/(m−1) for m clusters) against the variance that independent draws would have, corrected by the
 * ratio of the normal to the t quantile with m−1 degrees of freedom, and never more than were drawn
 * (Korn and Graubard 1998, with Wilson's interval in place of Clopper and Pearson's). Where every
 * observation is alike, each cluster counts once.
 *
 * <p>Memory is bounded: clusters are told apart by a hash into a given number of groups. Two
 * clusters that share a group are treated as one, which leaves the interval valid and hardly wider.
 *
 * <p>Not safe for use by several threads.
 */
public final class ClusteredCounts {

    private static final int SLOTS_FIRST = 16;
    private static final long FREE = 0;

    private final int categories;
    private final int clustersMax;
    private final long[] totals;
    private long n;

    /**
     * An open hash table: the hash of the cluster in each slot, and its counts beside each other.
     */
    private long[] hashes;

    private int[] counts;
    private int clusters;

    /**
     * Counts nothing yet.
     *
     * @param categories how many categories there are; they are numbered from 0
     * @param clustersMax how many clusters are told apart; at least 1
     */
    public ClusteredCounts(int categories, int clustersMax) {
        if (clustersMax < 1) {
            throw new IllegalArgumentException("`%d` clusters are too few".formatted(clustersMax));
        }
        this.categories = categories;
        this.clustersMax = clustersMax;
        this.totals = new long[categories];
        this.hashes = new long[SLOTS_FIRST];
        this.counts = new int[SLOTS_FIRST * categories];
    }

    /**
     * Counts one observation.
     *
     * @param cluster any hash of what observations share; all bits are used
     * @param category 0 to {@code categories} − 1
     */
    public void add(long cluster, int category) {
        int slot = slot(mixed(cluster));
        counts[slot * categories + category]++;
        totals[category]++;
        n++;
    }

    /**
     * The finaliser of SplitMix64, so that neighbouring hashes do not lie in neighbouring slots.
     */
    private static long mixed(long hash) {
        long mixed = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return mixed == FREE ? 1 : mixed;
    }

    /** The slot of a cluster; where it is new and the table full, that of another. */
    private int slot(long hash) {
        int slot = find(hash);
        if (hashes[slot] != FREE) {
            return slot;
        }
        if (clusters == clustersMax) {
            while (hashes[slot] == FREE) {
                slot = (slot + 1) & (hashes.length - 1);
            }
            return slot;
        }
        if (2 * (clusters + 1) > hashes.length) {
            grow();
            slot = find(hash);
        }
        hashes[slot] = hash;
        clusters++;
        return slot;
    }

    private int find(long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (hashes[slot] != FREE && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldCounts = counts;
        hashes = new long[2 * oldHashes.length];
        counts = new int[hashes.length * categories];
        for (int old = 0; old < oldHashes.length; old++) {
            if (oldHashes[old] != FREE) {
                int slot = find(oldHashes[old]);
                hashes[slot] = oldHashes[old];
                System.arraycopy(
                        oldCounts, old * categories, counts, slot * categories, categories);
            }
        }
    }

    /** How many observations were counted. */
    public long n() {
        return n;
    }

    /** How many observations were counted in a category. */
    public long count(int category) {
        return totals[category];
    }

    /**
     * The share of observations that lie in any of the given categories.
     *
     * @return empty where nothing was counted
     */
    public Optional<Estimate> share(int... of) {
        return worth(of).map(share -> Wilson.estimate(share.rate(), n, share.worth()));
    }

    /**
     * The same share with the number of independent observations that it is worth.
     *
     * @return empty where nothing was counted
     */
    public Optional<Share> worth(int... of) {
        return among(of, all());
    }

    /**
     * The share of one category among the observations that lie in any of the given ones.
     *
     * @return empty where none does
     */
    public Optional<Share> among(int category, int... of) {
        return among(new int[] {category}, of);
    }

    private int[] all() {
        return IntStream.range(0, categories).toArray();
    }

    private Optional<Share> among(int[] hit, int[] of) {
        long size = Arrays.stream(of).mapToLong(c -> totals[c]).sum();
        if (size == 0) {
            return Optional.empty();
        }
        long hits = Arrays.stream(hit).mapToLong(c -> totals[c]).sum();
        double rate = (double) hits / size;
        return Optional.of(new Share(rate, effective(rate, size, hit, of)));
    }

    /** Hands on the counts of each cluster by category; the array is used again for the next. */
    void each(Consumer<int[]> cluster) {
        int[] each = new int[categories];
        for (int slot = 0; slot < hashes.length; slot++) {
            if (hashes[slot] != FREE) {
                System.arraycopy(counts, slot * categories, each, 0, categories);
                cluster.accept(each);
            }
        }
    }

    private double effective(double rate, long n, int[] hit, int[] of) {
        int m = 0;
        double squares = 0;
        for (int slot = 0; slot < hashes.length; slot++) {
            long size = sum(slot, of);
            double residual = sum(slot, hit) - rate * size;
            squares += residual * residual;
            m += size > 0 ? 1 : 0;
        }
        if (m == 1) {
            return 1;
        }
        double independent = rate * (1 - rate) / n;
        double variance = squares * m / (m - 1) / ((double) n * n);
        double worth = independent == 0 ? (double) m : n * (independent / variance);
        double t = TDistribution.of(m - 1).inverseCumulativeProbability(0.975);
        double small = (Wilson.Z / t) * (Wilson.Z / t);
        return Math.clamp(worth * small, 1e-9, (double) n);
    }

    private long sum(int slot, int[] of) {
        long sum = 0;
        for (int category : of) {
            sum += counts[slot * categories + category];
        }
        return sum;
    }
}
