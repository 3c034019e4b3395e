package io.demur.core.harm.linear;

import io.demur.core.harm.linear.HarmModel.Sight;
import io.demur.core.harm.linear.Topic.Finding;
import io.demur.core.text.Sentences;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.Set;

/**
 * Judges a text stretch by stretch, so that its length alone says nothing: what is read adds up,
 * and of a long text taken whole either nothing would be found or everything. Each stretch is two
 * halves of at most {@link #HALF} characters, and begins where the second half of the one before it
 * began. A half ends with a sentence, or within one that is longer than a half. What is said again
 * and again in a stretch counts once. The first and the last sentences of a long text, where one
 * asks, and its questions are judged each by itself too, because a stretch may drown them; one of a
 * word or two ("for context:") names nothing and is judged together with the next. Takes time in
 * proportion to what is read, and room that does not depend on it. Used by one thread.
 *
 * <p>A text of up to {@link #WHOLE} characters is one stretch.
 */
final class Stretches {

    /** UTF-16 units of a text that is judged in one piece. */
    static final int WHOLE = 800;

    static final int HALF = WHOLE / 2;

    /** Sentences at either end that are judged by themselves. */
    private static final int EDGE = 2;

    /** Words of what names something by itself. */
    private static final int WORDS_MIN = 3;

    private final HarmModel model;
    private final boolean whole;
    private Sight brief = new Sight();
    private final @Nullable Sight[] edge = new Sight[EDGE];
    private int pieces;
    private Half before = new Half();
    private Half open = new Half();
    private Finding worst = Finding.NOTHING;
    private Finding last = Finding.NOTHING;

    /** One half of a stretch. */
    private static final class Half {
        final Sight sight = new Sight();
        final Set<String> sentences = new HashSet<>();
        int length;
    }

    /**
     * Nothing is read yet.
     *
     * @param length of the whole text, in UTF-16 units
     */
    Stretches(HarmModel model, int length) {
        this.model = model;
        whole = length <= WHOLE;
    }

    /** Reads a text to its end; {@code each} runs after each sentence, which features then hold. */
    static Stretches of(String text, HarmModel model, Features features, Runnable each) {
        Stretches stretches = new Stretches(model, text.length());
        Sentences sentences = Sentences.of(text);
        for (int i = 0; i < sentences.count(); i++) {
            int from = sentences.start(i);
            int end = sentences.end(i);
            while (from < end) {
                int to = stretches.whole ? end : cut(text, from, end);
                stretches.alone(
                        stretches.add(text, from, to, features), text.charAt(to - 1) == '?');
                each.run();
                from = to;
            }
        }
        stretches.finish();
        stretches.ends();
        return stretches;
    }

    /** Judges a sentence by itself where it may be what is asked, or keeps it until that shows. */
    private void alone(Sight sentence, boolean asks) {
        if (whole || sentence.isEmpty()) {
            return;
        }
        Sight shown = together(brief, sentence);
        if (shown.length() < WORDS_MIN) {
            brief = shown;
            return;
        }
        brief = new Sight();
        edge[pieces % EDGE] = shown;
        if (asks || pieces < EDGE) {
            judge(shown);
        }
        pieces++;
    }

    private static Sight together(Sight one, Sight other) {
        Sight both = new Sight();
        both.addAll(one);
        both.addAll(other);
        return both;
    }

    private Finding judge(@Nullable Sight sight) {
        if (sight == null || sight.isEmpty()) {
            return Finding.NOTHING;
        }
        Finding found = new Finding(model.harms(sight)[0], sight);
        worst = worst.or(found);
        return found;
    }

    /** Judges the last sentences, and what follows them and is too short by itself. */
    private void ends() {
        for (@Nullable Sight sight : edge) {
            judge(sight);
        }
        @Nullable Sight last = edge[Math.floorMod(pieces - 1, EDGE)];
        judge(last == null || brief.isEmpty() ? brief : together(last, brief));
    }

    /** Where a piece of a sentence ends: at the last blank of a half, or where the half is full. */
    private static int cut(String text, int from, int end) {
        if (end - from <= HALF) {
            return end;
        }
        for (int to = from + HALF; to > from + HALF / 2; to--) {
            if (text.charAt(to - 1) <= ' ') {
                return to;
            }
        }
        boolean split = Character.isLowSurrogate(text.charAt(from + HALF));
        return split ? from + HALF - 1 : from + HALF;
    }

    /**
     * Reads a sentence, of at most a half unless the text is whole.
     *
     * @return the sentence by itself
     */
    Sight add(String text, int from, int to, Features features) {
        features.read(text, from, to);
        if (!whole && open.length > 0 && open.length + to - from > HALF) {
            finish();
            before = open;
            open = new Half();
        }
        open.length += to - from;
        if (!whole && to - from > HALF / 2) {
            features.distinct();
        }
        Sight sentence = new Sight();
        model.see(features, sentence);
        if (whole || isNew(text.substring(from, to))) {
            open.sight.addAll(sentence);
        }
        return sentence;
    }

    private boolean isNew(String sentence) {
        return !before.sentences.contains(sentence) && open.sentences.add(sentence);
    }

    /** Judges what was read last. */
    void finish() {
        Sight sight = new Sight();
        sight.addAll(before.sight);
        sight.addAll(open.sight);
        last = sight.isEmpty() ? last : judge(sight);
    }

    /** Whether the text is one stretch, and is judged as nothing else. */
    boolean isOne() {
        return whole;
    }

    /** The stretch, or sentence, of which most harm is to be expected. */
    Finding worst() {
        return worst;
    }

    /** The stretch with which the text ends. */
    Finding last() {
        return last;
    }
}
