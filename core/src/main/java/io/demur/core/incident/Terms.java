package io.demur.core.incident;

import io.demur.core.incident.Glossary.Term;
import io.demur.core.memory.MemoryKey;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The words of a text that carry something, as keyed hashes of their stems. Of each word: the stems
 * that it may stand for, of which there are several in a text of another language; stems that mean
 * nearly the same; and how much it tells. Packed, because many are held in memory. Immutable.
 */
final class Terms {

    static final Terms NONE = new Terms(new int[0], new byte[0], new byte[0]);

    /** Words that are kept of a text. */
    static final int MAX = 96;

    /** Stems of a word, of either kind. */
    private static final int STEMS_MAX = 15;

    private static final double WEIGHTS = 255;
    private static final int BYTE = 0xFF;
    private static final int NIBBLE = 4;

    /** What a word covers that means nearly the same. */
    private static final double NEAR = 0.6;

    /** Of one word after another its own stems, then those near it. */
    private final int[] stems;

    /** Of each word how many of its own in the upper half, and near it in the lower. */
    private final byte[] sizes;

    private final byte[] weights;

    private Terms(int[] stems, byte[] sizes, byte[] weights) {
        this.stems = stems;
        this.sizes = sizes;
        this.weights = weights;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Word(int[] own, int[] near, double weight, boolean known) {

        static Word of(MemoryKey key, Term term) {
            return new Word(
                    hashes(key, term.stems()),
                    hashes(key, term.related()),
                    term.weight(),
                    term.known());
        }

        private static int[] hashes(MemoryKey key, List<String> stems) {
            return stems.stream()
                    .limit(STEMS_MAX)
                    .mapToInt(stem -> (int) (key.hash("stem", stem) >>> 32))
                    .toArray();
        }
    }

    static Terms of(MemoryKey key, List<Term> terms) {
        List<Word> words = new ArrayList<>();
        terms.forEach(term -> words.add(Word.of(key, term)));
        return packed(words, MAX);
    }

    /** Of many words those with the lowest hashes: of two like texts, mostly the same ones. */
    private static Terms packed(List<Word> all, int max) {
        List<Word> words =
                all.size() <= max
                        ? all
                        : all.stream()
                                .sorted(
                                        Comparator.comparing(
                                                word -> word.own[0], Integer::compareUnsigned))
                                .limit(max)
                                .toList();
        int count = words.stream().mapToInt(word -> word.own.length + word.near.length).sum();
        int[] stems = new int[count];
        byte[] sizes = new byte[words.size()];
        byte[] weights = new byte[words.size()];
        int at = 0;
        for (int i = 0; i < sizes.length; i++) {
            Word word = words.get(i);
            sizes[i] = (byte) (word.own.length << NIBBLE | word.near.length);
            // the lowest bit says whether it is a word at all
            int weight = (int) Math.round(Math.clamp(word.weight, 0, 1) * WEIGHTS);
            weights[i] = (byte) ((weight & ~1) | (word.known ? 1 : 0));
            System.arraycopy(word.own, 0, stems, at, word.own.length);
            at += word.own.length;
            System.arraycopy(word.near, 0, stems, at, word.near.length);
            at += word.near.length;
        }
        return new Terms(stems, sizes, weights);
    }

    /** So many of them, each with its own stems alone: a later text brings those near its own. */
    Terms held(int max) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < sizes.length; i++) {
            words.add(
                    new Word(
                            Arrays.copyOfRange(stems, at, at + own(i)),
                            new int[0],
                            tells(i),
                            isKnown(i)));
            at += own(i) + near(i);
        }
        return packed(words, max);
    }

    int count() {
        return sizes.length;
    }

    private int own(int word) {
        return (sizes[word] & BYTE) >>> NIBBLE;
    }

    private int near(int word) {
        return sizes[word] & STEMS_MAX;
    }

    double tells(int word) {
        return (weights[word] & BYTE) / WEIGHTS;
    }

    /** Whether it is a word, and not a name or a slip of the hand. */
    private boolean isKnown(int word) {
        return (weights[word] & 1) == 1;
    }

    /** How many are not covered and are words, or are none. */
    int uncovered(double[] covered, boolean known) {
        int uncovered = 0;
        for (int i = 0; i < sizes.length; i++) {
            uncovered += covered[i] == 0 && isKnown(i) == known ? 1 : 0;
        }
        return uncovered;
    }

    /** The stems of a later text, to find those of a refused one among. */
    static final class Index {
        private static final int MARKS = 512;

        private final Terms of;

        /** Each stem in the upper half, its word in the lower, with a bit for one that is near. */
        private final long[] sorted;

        private final Marks marks;

        Index(Terms of) {
            this.of = of;
            sorted = new long[of.stems.length];
            int at = 0;
            for (int word = 0; word < of.sizes.length; word++) {
                for (int end = at + of.own(word); at < end; at++) {
                    sorted[at] = (long) of.stems[at] << 32 | (long) word << 1;
                }
                for (int end = at + of.near(word); at < end; at++) {
                    sorted[at] = (long) of.stems[at] << 32 | (long) word << 1 | 1;
                }
            }
            Arrays.sort(sorted);
            marks = new Marks(of.stems, MARKS);
        }

        /**
         * Marks how far each word is covered.
         *
         * @param theirs of each of the refused text's words how far the later one has it
         * @param ours of each of the later text's words how far the refused one has it
         */
        void cover(Terms refused, double[] theirs, double[] ours) {
            int at = 0;
            for (int word = 0; word < refused.sizes.length; word++) {
                for (int end = at + refused.own(word); at < end; at++) {
                    if (marks.mayHave(refused.stems[at])) {
                        find(refused.stems[at], word, theirs, ours);
                    }
                }
                at += refused.near(word);
            }
        }

        private void find(int stem, int word, double[] theirs, double[] ours) {
            int at = Arrays.binarySearch(sorted, (long) stem << 32);
            for (at = at < 0 ? -1 - at : at; at < sorted.length; at++) {
                if ((int) (sorted[at] >>> 32) != stem) {
                    return;
                }
                int our = (int) sorted[at] >>> 1;
                double much = (sorted[at] & 1) == 0 ? 1 : NEAR;
                theirs[word] = Math.max(theirs[word], much);
                ours[our] = Math.max(ours[our], much);
            }
        }

        Terms of() {
            return of;
        }
    }

    /** The share of what all words tell that the covered ones do; 0 of no words. */
    double share(double[] covered) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < sizes.length; i++) {
            sum += covered[i] * tells(i);
            total += tells(i);
        }
        return total == 0 ? 0 : sum / total;
    }

    /** Bytes of memory that they take, about. */
    int weight() {
        return 24 + 3 * 16 + 4 * stems.length + 2 * sizes.length;
    }

    int bytes() {
        return 2 + 4 * stems.length + 2 * sizes.length;
    }

    void write(ByteBuffer out) {
        out.putShort((short) sizes.length).put(sizes).put(weights);
        for (int stem : stems) {
            out.putInt(stem);
        }
    }

    static Terms read(ByteBuffer in) {
        int count = in.getShort();
        if (count < 0 || count > MAX) {
            throw new IllegalArgumentException(
                    "a print has `%d` words, not 0 to %d".formatted(count, MAX));
        }
        byte[] sizes = new byte[count];
        byte[] weights = new byte[count];
        in.get(sizes).get(weights);
        int all = 0;
        for (byte size : sizes) {
            if ((size & BYTE) >>> NIBBLE == 0) {
                throw new IllegalArgumentException("a word of a print has no stem");
            }
            all += ((size & BYTE) >>> NIBBLE) + (size & STEMS_MAX);
        }
        int[] stems = new int[all];
        for (int i = 0; i < all; i++) {
            stems[i] = in.getInt();
        }
        return new Terms(stems, sizes, weights);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Terms terms
                && Arrays.equals(stems, terms.stems)
                && Arrays.equals(sizes, terms.sizes)
                && Arrays.equals(weights, terms.weights);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(stems);
    }
}
