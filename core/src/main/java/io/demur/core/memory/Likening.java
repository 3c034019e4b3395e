package io.demur.core.memory;

import io.demur.core.policy.Standing.Likeness;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says how one reading of a new text resembles a refused one.
 *
 * <p>Two things are looked at. How much of the refused text's runs of five letters stands close
 * together in the new one: whatever is said around it, in flattery, haste, authority or a story,
 * takes nothing from that, and light edits leave most of it. And its words: one that carries what
 * is asked for may be misspelt, but if another known word stands in its place, or nothing, it is
 * another request, which may be harmless however much it resembles the refused one. Of a long text
 * a large part is recognised too. The limits were chosen on one half of the measured requests
 * ({@code docs/reference/memory.md}).
 */
final class Likening {

    /** Of so many different words of a new text it is tried whether they are slips. */
    private static final int SLIPS_MAX = 256;

    /** Share of the refused text that must stand together in the new one, */
    static final double CONTAINED_MIN = 0.35;

    /** and from which on it is there as it was, so that the rest is what stands around it. */
    static final double WRAPPED_MIN = 0.85;

    /** Of so many words one may be another. */
    static final int WORDS_SLACK = 25;

    /** Share of the new text that must stand in the refused one to be a part of it, */
    static final double PART_MIN = 0.85;

    /** which part must be this large, */
    static final double PART_SIZE_MIN = 0.3;

    /** and have this many different runs, */
    static final int PART_RUNS_MIN = 40;

    /** of a text of this many: short ones are asked whole. */
    static final int PART_OF_MIN = 150;

    /** A refused text of fewer different runs is recognised as a whole alone. */
    static final int RUNS_MIN = 12;

    /** So many of a sketch are a sample of it. */
    private static final int SAMPLE = 32;

    /** Of which at least this part must be there, or no more is looked at. */
    private static final int SAMPLE_PART = 6;

    /** A misspelt word has at least this part of the letters around it in common, and one. */
    private static final int LIKE_PART = 4;

    /** Letters beside the piece that was found in which its words may stand. */
    private static final int NEAR = 16;

    /** What a run that the refused text lacks takes from a piece; one that it has adds 1. */
    private static final double MISS = 0.5;

    /**
     * A likeness.
     *
     * @param share how much of the refused text was found
     * @param reading the words in which it was found, with slips of the hand put right
     */
    record Found(Likeness likeness, double share, String reading) {

        /** The greater likeness first; of equal ones, the greater share. */
        boolean isBetterThan(Found other) {
            int order = likeness.compareTo(other.likeness);
            return order < 0 || (order == 0 && share > other.share);
        }
    }

    /** Where in a text a share of the refused one lies. */
    private record Piece(double share, int from, int to) {}

    /** A reading of a new text. What is costly is found out when it is first needed. */
    static final class Text {
        private final MemoryKey key;
        private final String text;
        final Shingles shingles;
        private @Nullable List<Words.Word> words;
        private final Map<String, Words.Slips> anySlips = new HashMap<>();
        private final Map<String, Words.Slips> exchanges = new HashMap<>();

        /** For each run which of a refused text's it is, from 1 on; all 0 between two refusals. */
        private int[] which = {};

        Text(MemoryKey key, String text) {
            this.key = key;
            this.text = text;
            shingles = Shingles.of(key, text);
        }

        /** Which characters stand in runs that a refused text has. */
        boolean[] covered(Sketch refused) {
            boolean[] covered = new boolean[text.length()];
            for (int i = 0; i < refused.size(); i++) {
                for (int at = shingles.first(refused.at(i)); at >= 0; at = shingles.next(at)) {
                    for (int k = 0; k < Shingles.LENGTH; k++) {
                        covered[shingles.offset(at + k)] = true;
                    }
                }
            }
            return covered;
        }

        /** Which word of others a word is, but for a slip. */
        Optional<String> slip(Words.Word word, Set<Integer> others) {
            boolean any = Words.mayBeAny(word, others.size());
            String written = text.substring(word.from(), word.to()).toLowerCase(Locale.ROOT);
            Map<String, Words.Slips> made = any ? anySlips : exchanges;
            Words.Slips slips = made.get(written);
            if (slips == null) {
                if (made.size() >= SLIPS_MAX) {
                    return Optional.empty();
                }
                slips = Words.Slips.of(key, written, any);
                made.put(written, slips);
            }
            return slips.among(others);
        }

        /** A piece of it, to the ends of its first and last word, with slips put right. */
        String reading(int begin, int end, Map<Words.Word, String> slips) {
            int from = begin;
            while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
                from--;
            }
            int to = end;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
                to++;
            }
            StringBuilder out = new StringBuilder();
            int at = from;
            for (Map.Entry<Words.Word, String> slip : slips.entrySet()) {
                if (slip.getKey().from() >= at && slip.getKey().to() <= to) {
                    out.append(text, at, slip.getKey().from()).append(slip.getValue());
                    at = slip.getKey().to();
                }
            }
            return out.append(text, at, to).toString();
        }

        List<Words.Word> words() {
            List<Words.Word> found = words == null ? Words.of(key, text) : words;
            words = found;
            return found;
        }
    }

    private Likening() {}

    static Optional<Found> of(Sketch refused, Text text) {
        Shingles shingles = text.shingles;
        if (refused.whole() == shingles.whole) {
            return Optional.of(new Found(Likeness.SAME, 1, text.text));
        }
        int kept = refused.size();
        if (refused.distinct() < RUNS_MIN || shingles.size() == 0) {
            return Optional.empty();
        }
        int sample = Math.min(SAMPLE, kept);
        if (refused.shared(shingles, sample) < sample / SAMPLE_PART) {
            return Optional.empty();
        }
        double contained = refused.shared(shingles, kept) / (double) kept;
        if (contained >= CONTAINED_MIN) {
            Piece piece = piece(refused, text);
            Map<Words.Word, String> slips = new LinkedHashMap<>();
            if (piece.share >= CONTAINED_MIN && asksTheSame(refused, text, piece, slips)) {
                boolean wrapped = piece.share >= WRAPPED_MIN;
                String reading =
                        wrapped
                                ? text.reading(piece.from, piece.to, slips)
                                : text.reading(0, text.text.length(), slips);
                return Optional.of(new Found(Likeness.REPHRASED, piece.share, reading));
            }
        }
        boolean part =
                contained >= PART_SIZE_MIN
                        && refused.distinct() >= PART_OF_MIN
                        && shingles.distinct() >= PART_RUNS_MIN
                        && contained * refused.distinct() >= PART_MIN * shingles.distinct();
        return part
                ? Optional.of(new Found(Likeness.PART, contained, text.text))
                : Optional.empty();
    }

    /** Whether no word that matters was put in the place of another, or left out. */
    private static boolean asksTheSame(
            Sketch refused, Text text, Piece piece, Map<Words.Word, String> slips) {
        if ((1 - piece.share) * refused.size() < Shingles.LENGTH - 1) {
            return true; // it is there letter by letter
        }
        Set<Integer> theirs = new HashSet<>();
        for (int i = 0; i < refused.words(); i++) {
            theirs.add(refused.word(i));
        }
        boolean all = theirs.size() < Sketch.WORDS_MAX;
        int slack = theirs.size() / WORDS_SLACK;
        boolean[] covered = {};
        int misspelt = 0;
        Set<Integer> other = new HashSet<>();
        Set<Integer> ours = new HashSet<>();
        for (Words.Word word : text.words()) {
            boolean within = word.from() < piece.to && word.to() > piece.from;
            boolean near = word.from() < piece.to + NEAR && word.to() > piece.from - NEAR;
            boolean shared = theirs.contains(word.hash());
            Optional<String> slip =
                    near && !(shared && word.known()) ? text.slip(word, theirs) : Optional.empty();
            slip.ifPresent(meant -> slips.put(word, meant));
            if (near && shared) {
                ours.add(word.hash());
            } else if (slip.isPresent()) {
                ours.add(Words.hash(text.key, slip.orElseThrow()));
            } else if (all && within && !shared && word.known()) {
                other.add(word.hash());
                if (other.size() > slack) {
                    return false;
                }
            } else if (near && !shared && !word.known()) {
                covered = covered.length == 0 ? text.covered(refused) : covered;
                misspelt += isLike(word, covered) ? 1 : 0;
            }
        }
        return theirs.size() - ours.size() <= misspelt + slack;
    }

    /** Whether some of a word's letters stand in runs that the refused text has. */
    private static boolean isLike(Words.Word word, boolean[] covered) {
        int like = 0;
        for (int i = word.from(); i < word.to(); i++) {
            like += covered[i] ? 1 : 0;
        }
        return like >= Math.max(1, (word.to() - word.from()) / LIKE_PART);
    }

    /** The piece of the text that has most of the refused one and least beside it. */
    private static Piece piece(Sketch refused, Text of) {
        Shingles text = of.shingles;
        if (of.which.length == 0) {
            of.which = new int[text.size()];
        }
        int[] which = of.which;
        mark(refused, text, which, true);
        double sum = 0;
        double most = 0;
        int begin = 0;
        int from = 0;
        int to = 0;
        for (int i = 0; i < which.length; i++) {
            if (sum <= 0) {
                sum = 0;
                begin = i;
            }
            sum += which[i] > 0 ? 1 : refused.mayKeep(text.at(i)) ? -MISS : 0;
            if (sum > most) {
                most = sum;
                from = begin;
                to = i + 1;
            }
        }
        boolean[] seen = new boolean[refused.size()];
        int found = 0;
        for (int i = from; i < to; i++) {
            if (which[i] > 0 && !seen[which[i] - 1]) {
                seen[which[i] - 1] = true;
                found++;
            }
        }
        mark(refused, text, which, false);
        return new Piece(
                found / (double) seen.length,
                text.offset(from),
                text.offset(to + Shingles.LENGTH - 2) + 1);
    }

    private static void mark(Sketch refused, Shingles text, int[] which, boolean there) {
        for (int i = 0; i < refused.size(); i++) {
            for (int at = text.first(refused.at(i)); at >= 0; at = text.next(at)) {
                which[at] = there ? i + 1 : 0;
            }
        }
    }
}
