package io.demur.core.incident;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was refused to one principal or in one project, with an index by which those are found that
 * share letters with a later request. Safe for use by several threads.
 *
 * <p>Of each refused text the lowest few of its hashed runs are in the index, and the hash of the
 * whole. The lowest are a fair sample, and what a like text shares of all runs it shares of these:
 * where six in ten are shared, one in a thousand likenesses is not found. Common runs of letters
 * are among the lowest of many texts, so those that share most come first and only so many are
 * compared at all.
 */
final class Shelf {

    /** Runs of each reading that are in the index. */
    static final int INDEXED = 8;

    /** So many are compared, those with most in common. */
    private static final int CANDIDATES_MAX = 32;

    /** Bytes of a shelf itself, about, and of what stands in the index for each. */
    static final int WEIGHT = 400;

    private static final int SLOTS = 4;

    private @Nullable Refused[] slots = new Refused[SLOTS];
    private int[] free = {3, 2, 1, 0};
    private int freeCount = SLOTS;

    /** The hash in the upper half, the slot in the lower; ascending, the first {@link #size}. */
    private long[] index = new long[SLOTS * INDEXED];

    private int size;

    synchronized int count() {
        return slots.length - freeCount;
    }

    synchronized List<Refused> all() {
        List<Refused> all = new ArrayList<>();
        for (Refused refused : slots) {
            if (refused != null) {
                all.add(refused);
            }
        }
        return all;
    }

    synchronized Optional<Refused> oldest() {
        return all().stream().min(Comparator.comparing(Refused::at));
    }

    synchronized Optional<Refused> of(String attempt) {
        for (Refused refused : slots) {
            if (refused != null && refused.attempt().equals(attempt)) {
                return Optional.of(refused);
            }
        }
        return Optional.empty();
    }

    /** What is older than this. */
    synchronized List<Refused> before(Instant at) {
        return all().stream().filter(refused -> refused.at().isBefore(at)).toList();
    }

    synchronized void put(Refused refused) {
        if (freeCount == 0) {
            int before = slots.length;
            slots = Arrays.copyOf(slots, before + Math.max(SLOTS, before / 2));
            free = new int[slots.length];
            for (int slot = slots.length - 1; slot >= before; slot--) {
                free[freeCount++] = slot;
            }
        }
        int slot = free[--freeCount];
        slots[slot] = refused;
        long[] entries = entries(refused, slot);
        long[] into =
                size + entries.length <= index.length
                        ? index
                        : new long[(size + entries.length) * 5 / 4];
        // from the end, so that what stands there is moved before it is written over
        int from = size - 1;
        int next = entries.length - 1;
        for (int at = size + entries.length - 1; at >= 0; at--) {
            boolean old = next < 0 || (from >= 0 && index[from] > entries[next]);
            into[at] = old ? index[from--] : entries[next--];
        }
        index = into;
        size += entries.length;
    }

    synchronized void take(String attempt) {
        for (int slot = 0; slot < slots.length; slot++) {
            Refused refused = slots[slot];
            if (refused != null && refused.attempt().equals(attempt)) {
                int left = 0;
                for (int i = 0; i < size; i++) {
                    if ((int) index[i] != slot) {
                        index[left++] = index[i];
                    }
                }
                size = left;
                slots[slot] = null;
                free[freeCount++] = slot;
            }
        }
    }

    private static long[] entries(Refused refused, int slot) {
        List<Print> prints = refused.prints().plain();
        long[] entries = new long[prints.size() * (INDEXED + 1)];
        int n = 0;
        for (Print print : prints) {
            entries[n++] = entry((int) (print.whole() >>> 32), slot);
            for (int i = 0; i < Math.min(INDEXED, print.kept().length); i++) {
                entries[n++] = entry(print.kept()[i], slot);
            }
        }
        long[] all = Arrays.copyOf(entries, n);
        Arrays.sort(all);
        return all;
    }

    /** Hashes without sign, so that the index and a sketch go in the same order. */
    private static long entry(int hash, int slot) {
        return (long) (hash ^ Integer.MIN_VALUE) << 32 | slot;
    }

    /** Those that share letters with a later request, those that share most first. */
    synchronized List<Refused> candidates(Prints later) {
        int[] shared = new int[slots.length];
        for (Print print : later.plain()) {
            count(print, shared);
        }
        for (Print print : later.turned()) {
            count(print, shared);
        }
        int most = 0;
        for (int much : shared) {
            most = Math.max(most, much);
        }
        List<Refused> candidates = new ArrayList<>();
        for (int much = most; much > 0 && candidates.size() < CANDIDATES_MAX; much--) {
            for (int slot = 0; slot < shared.length; slot++) {
                Refused refused = slots[slot];
                if (shared[slot] == much && refused != null) {
                    candidates.add(refused);
                }
            }
        }
        return candidates.subList(0, Math.min(CANDIDATES_MAX, candidates.size()));
    }

    /** Goes up the sketch and the index together, in steps as wide as the gaps between them. */
    private void count(Print print, int[] shared) {
        count((int) (print.whole() >>> 32), 0, shared);
        int at = 0;
        for (int hash : print.kept()) {
            if (at >= size) {
                return;
            }
            at = count(hash, at, shared);
        }
    }

    private int count(int hash, int from, int[] shared) {
        int at = Arrays.binarySearch(index, from, size, entry(hash, 0));
        at = at < 0 ? -1 - at : at;
        while (at < size && (int) (index[at] >>> 32) == (hash ^ Integer.MIN_VALUE)) {
            shared[(int) index[at]]++;
            at++;
        }
        return at;
    }
}
