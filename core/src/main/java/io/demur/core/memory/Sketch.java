package io.demur.core.memory;

/**
 * What is kept of one reading of a refused text: the keyed hash of the whole, and the lowest of the
 * keyed hashes of its runs of five letters (a bottom-k sketch, the form of MinHash with one
 * permutation). The lowest of keyed hashes are a fair sample; of a text of up to {@link #KEPT_MAX}
 * different runs they are all.
 */
public final class Sketch {

    /** The most hashes that are kept of a text. */
    static final int KEPT_MAX = 256;

    /** The most words that are kept of a text. */
    static final int WORDS_MAX = 64;

    private final long whole;
    private final int[] kept;
    private final int distinct;
    private final int[] words;

    /**
     * A sketch as it was kept.
     *
     * @param whole hash of all letters together
     * @param kept the lowest hashes, ascending without sign
     * @param distinct how many different runs the text had
     * @param words hashes of the words that are no plain ones, ascending without sign
     */
    Sketch(long whole, int[] kept, int distinct, int[] words) {
        this.whole = whole;
        this.kept = kept;
        this.distinct = distinct;
        this.words = words;
    }

    static Sketch of(MemoryKey key, String text, Shingles shingles) {
        int[] words =
                Words.hashes(Words.of(key, text)).stream()
                        .sorted(Integer::compareUnsigned)
                        .limit(WORDS_MAX)
                        .mapToInt(hash -> hash)
                        .toArray();
        return new Sketch(shingles.whole, shingles.lowest(KEPT_MAX), shingles.distinct(), words);
    }

    long whole() {
        return whole;
    }

    int distinct() {
        return distinct;
    }

    /** How many words are kept. */
    int words() {
        return words.length;
    }

    /** One of the words that are kept. */
    int word(int place) {
        return words[place];
    }

    /** Bytes that the hashes take. */
    int bytes() {
        return 4 * (kept.length + words.length);
    }

    /** How many hashes are kept. */
    int size() {
        return kept.length;
    }

    /** One of the hashes that are kept. */
    int at(int place) {
        return kept[place];
    }

    /** Whether a hash would be kept if the text had it. */
    boolean mayKeep(int hash) {
        return kept.length == distinct || Integer.compareUnsigned(hash, kept[kept.length - 1]) <= 0;
    }

    /** How many of the first {@code count} that are kept the other text has. */
    int shared(Shingles other, int count) {
        int shared = 0;
        for (int i = 0; i < count; i++) {
            shared += other.contains(kept[i]) ? 1 : 0;
        }
        return shared;
    }
}
