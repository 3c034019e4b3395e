package io.demur.core.incident;

import io.demur.core.memory.MemoryKey;
import io.demur.core.memory.Shingles;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is kept of one reading of a text. Immutable.
 *
 * @param whole keyed hash of all its letters
 * @param letters how many it has
 * @param distinct how many different runs of five letters it has
 * @param kept the lowest of their keyed hashes, ascending without sign: a bottom-k sketch
 * @param terms the words that carry something
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Print(long whole, int letters, int distinct, int[] kept, Terms terms) {

    /** Runs that are kept of a request that was sent, */
    static final int KEPT_MAX = 256;

    /** of a reading that hardly anybody meant, */
    static final int KEPT_TURNED = 48;

    /** and of a refused request, of which many are held in memory. */
    static final int KEPT_REFUSED = 96;

    static final int WORDS_REFUSED = 48;

    /** A reading that may be meant: with its words. */
    static Print of(MemoryKey key, String reading, String written) {
        return of(
                Shingles.of(key, reading),
                KEPT_MAX,
                Terms.of(key, Glossary.shipped().terms(written)));
    }

    /** A reading that stands for what a disguise may hide: its letters alone. */
    static Print turned(MemoryKey key, String reading) {
        return of(Shingles.of(key, reading), KEPT_TURNED, Terms.NONE);
    }

    private static Print of(Shingles runs, int keptMax, Terms terms) {
        return new Print(
                runs.whole(), runs.letters(), runs.distinct(), runs.lowest(keptMax), terms);
    }

    /** The part of it that is held in memory of what was refused. */
    Print held() {
        return new Print(
                whole,
                letters,
                distinct,
                kept.length <= KEPT_REFUSED ? kept : Arrays.copyOf(kept, KEPT_REFUSED),
                terms.held(WORDS_REFUSED));
    }

    /** Without its runs. */
    Print wordsAlone() {
        return new Print(whole, letters, distinct, new int[0], terms);
    }

    /** Bytes of memory that it takes, about. */
    int weight() {
        return 56 + 4 * kept.length + terms.weight();
    }

    int bytes() {
        return 18 + 4 * kept.length + terms.bytes();
    }

    void write(ByteBuffer out) {
        out.putLong(whole).putInt(letters).putInt(distinct).putShort((short) kept.length);
        for (int hash : kept) {
            out.putInt(hash);
        }
        terms.write(out);
    }

    static Print read(ByteBuffer in) {
        long whole = in.getLong();
        int letters = in.getInt();
        int distinct = in.getInt();
        int count = in.getShort();
        if (count < 0 || count > KEPT_MAX || count > distinct || distinct > letters) {
            throw new IllegalArgumentException(
                    "a print keeps `%d` of `%d` runs of `%d` letters"
                            .formatted(count, distinct, letters));
        }
        int[] kept = new int[count];
        for (int i = 0; i < count; i++) {
            kept[i] = in.getInt();
            if (i > 0 && Integer.compareUnsigned(kept[i - 1], kept[i]) >= 0) {
                throw new IllegalArgumentException("the runs of a print do not ascend");
            }
        }
        return new Print(whole, letters, distinct, kept, Terms.read(in));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Print print
                && whole == print.whole
                && letters == print.letters
                && distinct == print.distinct
                && Arrays.equals(kept, print.kept)
                && terms.equals(print.terms);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(whole);
    }
}
