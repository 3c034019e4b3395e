package io.demur.core.detect.linear;

import java.util.Arrays;
import java.util.StringTokenizer;

/** A small set of hashes, with open addressing. Zero is never in it. */
public final class WordSet {

    private int[] slots;
    private int size;

    /** An empty set that has room for so many. */
    public WordSet(int expected) {
        slots = new int[Integer.highestOneBit(Math.max(8, expected) * 2) * 2];
    }

    /** Words with spaces between them. */
    public static WordSet of(String spaced) {
        StringTokenizer words = new StringTokenizer(spaced);
        WordSet set = new WordSet(words.countTokens());
        while (words.hasMoreTokens()) {
            set.add(Hash.word(words.nextToken()));
        }
        return set;
    }

    /** Another set of the same hashes. */
    public WordSet copy() {
        WordSet copy = new WordSet(0);
        copy.slots = slots.clone();
        copy.size = size;
        return copy;
    }

    /** Adds a hash, if it is not zero. */
    public void add(int hash) {
        if (hash == 0 || contains(hash)) {
            return;
        }
        if (++size * 2 > slots.length) {
            int[] old = slots;
            slots = new int[old.length * 2];
            Arrays.stream(old).filter(h -> h != 0).forEach(this::put);
        }
        put(hash);
    }

    /** Whether nothing was added. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Whether a hash was added. */
    public boolean contains(int hash) {
        int mask = slots.length - 1;
        for (int i = hash & mask; slots[i] != 0; i = (i + 1) & mask) {
            if (slots[i] == hash) {
                return true;
            }
        }
        return false;
    }

    private void put(int hash) {
        int mask = slots.length - 1;
        int i = hash & mask;
        while (slots[i] != 0) {
            i = (i + 1) & mask;
        }
        slots[i] = hash;
    }
}
