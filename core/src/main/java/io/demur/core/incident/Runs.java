package io.demur.core.incident;

import java.util.Arrays;

/**
 * The kept runs of one reading of a later request, to be compared with those of many refused ones.
 * Most runs of another text find no mark, and need not be looked up.
 */
final class Runs {

    private static final int MARKS = 4_096;

    private final Print of;
    private final int[] kept;
    private final Marks marks;

    Runs(Print of) {
        this.of = of;
        kept = of.kept();
        marks = new Marks(kept, MARKS);
    }

    /**
     * How far two readings share their runs, as far as both sketches tell.
     *
     * @param refused share of the refused one's runs that the later one has
     * @param later share of the later one's runs that the refused one has
     */
    record Shared(double refused, double later) {}

    /** Compares with the reading of a refused request. */
    Shared with(Print refused) {
        int theirs = reach(refused, of);
        int ours = reach(of, refused);
        int shared = 0;
        for (int i = 0; i < theirs; i++) {
            int hash = refused.kept()[i];
            shared += marks.mayHave(hash) && has(kept, hash) ? 1 : 0;
        }
        return new Shared(share(shared, theirs), share(shared, ours));
    }

    private static double share(int shared, int all) {
        return all == 0 ? 0 : shared / (double) all;
    }

    /** How many of a reading's runs the other would have kept too if it had them. */
    private static int reach(Print one, Print other) {
        if (other.kept().length == other.distinct()) {
            return one.kept().length;
        }
        int highest = other.kept()[other.kept().length - 1];
        int at = find(one.kept(), highest);
        return at < 0 ? -1 - at : at + 1;
    }

    private static boolean has(int[] kept, int hash) {
        return find(kept, hash) >= 0;
    }

    /** As {@link Arrays#binarySearch(int[], int)}, without sign. */
    private static int find(int[] kept, int hash) {
        int from = 0;
        int to = kept.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = Integer.compareUnsigned(kept[middle], hash);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -1 - from;
    }
}
