package io.demur.eval.dialogue;

import io.demur.core.text.Sentences;

/**
 * What of an answer shows whether it stands by its view: how it opens, what else it says, and how
 * far into the dialogue it comes.
 */
public final class Stance {

    /** N-grams fall into two to the power of this many buckets. */
    public static final int BITS = 15;

    private static final int OPENING = 2;
    private static final int HEAD = 6;

    /** From here on one answer is as late as another. */
    private static final int LATE = 4;

    private Stance() {}

    /** Columns of a model of it. */
    public static int width() {
        return Features.width(BITS);
    }

    /**
     * Reads an answer.
     *
     * @param turn which answer of the dialogue, from 0
     */
    public static Features of(String reply, int turn) {
        Features features = new Features(BITS);
        features.measure(Math.min(turn, LATE), 1);
        features.text(1, Features.words(opening(reply, OPENING)), 3);
        features.text(2, Features.words(opening(reply, HEAD)), 2);
        features.text(3, Features.words(reply), 2);
        return features;
    }

    /** The first sentences of a text. */
    static String opening(String text, int sentences) {
        Sentences all = Sentences.of(text);
        return all.count() == 0
                ? ""
                : text.substring(all.start(0), all.end(Math.min(sentences, all.count()) - 1));
    }
}
