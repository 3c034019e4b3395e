package io.demur.stats;

import org.apache.commons.statistics.distribution.TDistribution;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

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
    private static final int FREE = -1;

    private final int categories;
    private final int groupMask;
    private final long[] totals;
    private long n;

    /** An open hash table: the group in each slot, and its counts beside each other. */
    private int[] groups;

    private int[] counts;
    private int clusters;

    /**
     * Counts nothing yet.
     *
     * @param categories how many categories there are; they are numbered from 0
     * @param groupsMax how many groups clusters are told apart by; a power of two
     */
    public ClusteredCounts(int categories, int groupsMax) {
        if (Integer.bitCount(groupsMax) != 1) {
            throw new IllegalArgumentException("`%d` is no power of two".formatted(groupsMax));
        }
        this.categories = categories;
        this.groupMask = groupsMax - 1;
        this.totals = new long[categories];
        this.groups = new int[SLOTS_FIRST];
        this.counts = new int[SLOTS_FIRST * categories];
        Arrays.fill(groups, FREE);
    }

    /**
     * Counts one observation.
     *
     * @param cluster any hash of what observations share; all bits are used
     * @param category 0 to {@code categories} − 1
     */
    public void add(long cluster, int category) {
        // the finaliser of SplitMix64: neighbouring hashes must not share a group
        long mixed = (cluster ^ (cluster >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        int group = (int) ((mixed ^ (mixed >>> 31)) & groupMask);
        int slot = slot(group);
        counts[slot * categories + category]++;
        totals[category]++;
        n++;
    }

    /** The slot of a group, which it takes where it is new. */
    private int slot(int group) {
        int slot = find(group);
        if (groups[slot] == FREE) {
            if (2 * (clusters + 1) > groups.length) {
                grow();
                slot = find(group);
            }
            groups[slot] = group;
            clusters++;
        }
        return slot;
    }

    private int find(int group) {
        int slot = group & (groups.length - 1);
        while (groups[slot] != FREE && groups[slot] != group) {
            slot = (slot + 1) & (groups.length - 1);
        }
        return slot;
    }

    private void grow() {
        int[] oldGroups = groups;
        int[] oldCounts = counts;
        groups = new int[2 * oldGroups.length];
        counts = new int[groups.length * categories];
        Arrays.fill(groups, FREE);
        for (int old = 0; old < oldGroups.length; old++) {
            if (oldGroups[old] != FREE) {
                int slot = find(oldGroups[old]);
                groups[slot] = oldGroups[old];
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
        if (n == 0) {
            return Optional.empty();
        }
        BitSet wanted = new BitSet(categories);
        for (int category : of) {
            wanted.set(category);
        }
        long hits = wanted.stream().mapToLong(c -> totals[c]).sum();
        double rate = (double) hits / n;
        return Optional.of(Wilson.estimate(rate, n, effective(rate, wanted)));
    }

    private double effective(double rate, BitSet wanted) {
        int m = clusters;
        if (m == 1) {
            return 1;
        }
        double squares = 0;
        for (int slot = 0; slot < groups.length; slot++) {
            long size = 0;
            long hits = 0;
            for (int c = 0; c < categories; c++) {
                int count = counts[slot * categories + c];
                size += count;
                hits += wanted.get(c) ? count : 0;
            }
            double residual = hits - rate * size;
            squares += residual * residual;
        }
        double independent = rate * (1 - rate) / n;
        double variance = squares * m / (m - 1) / ((double) n * n);
        double worth = independent == 0 ? (double) m : n * (independent / variance);
        double t = TDistribution.of(m - 1).inverseCumulativeProbability(0.975);
        double small = (Wilson.Z / t) * (Wilson.Z / t);
        return Math.clamp(worth * small, 1e-9, (double) n);
    }
}
