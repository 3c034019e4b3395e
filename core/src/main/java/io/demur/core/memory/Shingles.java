package io.demur.core.memory;

import java.util.Arrays;

/**
 * The keyed hashes of all runs of five letters of a text, in their order and as a set. Made of a
 * new text, and forgotten with it.
 */
public final class Shingles {

    /** Letters of one run. */
    static final int LENGTH = 5;

    private final Letters letters;

    /** By the place of their first letter. */
    private final int[] inOrder;

    /** An open table of those that are not 0. */
    private final int[] table;

    private final int distinct;

    /** Where each of the table comes first, and each place's next; made when first asked for. */
    private int[] first = {};

    private int[] next = {};

    /** The keyed hash of all letters together. */
    final long whole;

    private Shingles(Letters letters, int[] inOrder, long whole) {
        this.letters = letters;
        this.inOrder = inOrder;
        this.whole = whole;
        int size = Integer.highestOneBit(Math.max(4, inOrder.length)) * 4;
        table = new int[size];
        int count = 0;
        for (int hash : inOrder) {
            int slot = slot(hash);
            count += table[slot] == 0 ? 1 : 0;
            table[slot] = hash;
        }
        distinct = count;
    }

    /** Those of a text. One of less than five letters has none, but has a hash as a whole. */
    public static Shingles of(MemoryKey key, String text) {
        Letters letters = Letters.of(text);
        int count = Math.max(0, letters.count - LENGTH + 1);
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            int hash = (int) (key.hash(letters.all, i, i + LENGTH) >>> 32);
            hashes[i] = hash == 0 ? 1 : hash;
        }
        return new Shingles(letters, hashes, key.hash(letters.all, 0, letters.count));
    }

    private int slot(int hash) {
        int slot = hash & (table.length - 1);
        while (table[slot] != 0 && table[slot] != hash) {
            slot = (slot + 1) & (table.length - 1);
        }
        return slot;
    }

    boolean contains(int hash) {
        return table[slot(hash)] != 0;
    }

    /** The first place at which a run stands, or -1. */
    int first(int hash) {
        if (first.length == 0) {
            first = new int[table.length];
            next = new int[inOrder.length];
            for (int place = inOrder.length - 1; place >= 0; place--) {
                int slot = slot(inOrder[place]);
                next[place] = first[slot] - 1;
                first[slot] = place + 1;
            }
        }
        return first[slot(hash)] - 1;
    }

    /** The place after this one at which the same run stands, or -1. */
    int next(int place) {
        return next[place];
    }

    /** The keyed hash of all letters together. */
    public long whole() {
        return whole;
    }

    /** How many different ones there are. */
    public int distinct() {
        return distinct;
    }

    /** How many letters the text has. */
    public int letters() {
        return letters.count;
    }

    int size() {
        return inOrder.length;
    }

    int at(int place) {
        return inOrder[place];
    }

    /** Where in the text the letter at a place stands. */
    int offset(int place) {
        return letters.at[place];
    }

    /** The lowest hashes without sign, ascending, at most {@code max}. */
    public int[] lowest(int max) {
        int[] all = new int[distinct];
        int n = 0;
        for (int hash : table) {
            if (hash != 0) {
                all[n++] = hash ^ Integer.MIN_VALUE;
            }
        }
        Arrays.sort(all);
        int[] lowest = Arrays.copyOf(all, Math.min(max, n));
        for (int i = 0; i < lowest.length; i++) {
            lowest[i] ^= Integer.MIN_VALUE;
        }
        return lowest;
    }
}
