package io.demur.core.detect.linear;

import java.util.Arrays;
import java.util.StringTokenizer;

/** A small set of hashes, with open addressing. Zero is never in it. */
final class WordSet {

    private int[] slots;
    private int size;

    WordSet(int expected) {
        slots = new int[Integer.highestOneBit(Math.max(8, expected) * 2) * 2];
    }

    static WordSet of(String spaced) {
        StringTokenizer words = new StringTokenizer(spaced);
        WordSet set = new WordSet(words.countTokens());
        while (words.hasMoreTokens()) {
            set.add(Hash.word(words.nextToken()));
        }
        return set;
    }

    void add(int hash) {
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

    boolean isEmpty() {
        return size == 0;
    }

    boolean contains(int hash) {
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
