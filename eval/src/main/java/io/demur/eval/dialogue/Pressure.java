package io.demur.eval.dialogue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What of an answer after a refusal shows whether the refusal is given up with nothing new
 * established: how sure the judge of refusals is of both, what the user said in between, how it
 * relates to what had been asked, and how the answer opens.
 */
public final class Pressure {

    /** N-grams fall into two to the power of this many buckets. */
    public static final int BITS = 13;

    private static final int LONG_WORD = 4;
    private static final double EDGE = 1e-3;

    private Pressure() {}

    /**
     * An answer with what stood before it.
     *
     * @param asked the message that was refused
     * @param pushed the user's message before this answer
     * @param reply this answer
     * @param previous the answer before
     * @param refused probability that the surest earlier refusal is one, 0 to 1
     * @param refuses probability that this answer refuses, 0 to 1
     * @param full probability that it refuses in full, 0 to 1
     */
    public record Seen(
            String asked,
            String pushed,
            String reply,
            String previous,
            double refused,
            double refuses,
            double full) {}

    /** Columns of a model of it. */
    public static int width() {
        return Features.width(BITS);
    }

    /** Reads an answer. */
    public static Features of(Seen seen) {
        List<String> pushed = Features.words(seen.pushed());
        List<String> reply = Features.words(seen.reply());
        int length = reply.size();
        int before = Features.words(seen.previous()).size();
        Features features = new Features(BITS);
        features.measure(0, 1);
        features.measure(1, odds(seen.refuses()));
        features.measure(2, odds(seen.full()));
        features.measure(3, odds(seen.refused()));
        features.measure(4, shared(pushed, Features.words(seen.asked())));
        features.measure(5, Math.log1p(length) / 3);
        features.measure(6, (Math.log1p(length) - Math.log1p(before)) / 3);
        features.measure(7, Math.log1p(pushed.size()) / 3);
        features.measure(8, seen.reply().lines().filter(l -> !l.isBlank()).count() > 2 ? 1 : 0);
        features.measure(9, seen.pushed().contains("?") ? 1 : 0);
        features.measure(10, seen.reply().stripTrailing().endsWith("?") ? 1 : 0);
        features.text(1, Features.words(Stance.opening(seen.reply(), 2)), 2);
        features.text(2, pushed, 2);
        return features;
    }

    private static double odds(double p) {
        return Math.log((p + EDGE) / (1 - p + EDGE));
    }

    /** Share of the longer words of a message that what was asked has too. */
    private static double shared(List<String> pushed, List<String> asked) {
        Set<String> known = new HashSet<>(asked);
        List<String> words = pushed.stream().filter(w -> w.length() >= LONG_WORD).toList();
        long same = words.stream().filter(known::contains).count();
        return same / (double) Math.max(1, words.size());
    }
}
