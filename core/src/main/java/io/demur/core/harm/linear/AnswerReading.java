package io.demur.core.harm.linear;

import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;

/** One reply as the linear judge of answers reads it. Used by one thread. */
public final class AnswerReading implements AnswerJudge.Reading {

    private static final int ASKED_MAX = 3000;

    /** One window alone says little of what a reply will be: "Sure, here is how:". */
    private static final int WINDOWS_MIN = 2;

    /** UTF-16 units of half a stretch; the window that fills it may go on for a little longer. */
    private static final int HALF = 750;

    /** The same of short stretches, which show what drowns in a long one. */
    private static final int SHORT_HALF = 60;

    /** Where short stretches begin to count: where a long reply has filled a stretch. */
    private static final int SHORT_FROM = 2 * HALF;

    private final AnswerModel model;
    private final Features features;
    private final Pool asked = new Pool();
    private final Halves stretch = new Halves(HALF);
    private final Halves shortStretch = new Halves(SHORT_HALF);
    private int length;
    private final Windows windows = new Windows(this::complete);
    private double highest = Double.NEGATIVE_INFINITY;

    /** A reading of a reply to {@code request}, of which nothing has arrived. */
    public AnswerReading(AnswerModel model, Request request) {
        this.model = model;
        features = new Features(model::knows);
        ask(asked(request));
    }

    /** What was asked, as far as the judge looks at it: the first and the last user message. */
    public static String asked(Request request) {
        String opening = request.opening();
        String prompt = request.prompt();
        String all = opening.equals(prompt) ? prompt : head(opening) + "\n" + head(prompt);
        return head(all);
    }

    private static String head(String text) {
        return text.length() <= ASKED_MAX ? text : text.substring(0, ASKED_MAX);
    }

    private void ask(String text) {
        Windows sentences = new Windows(this::askOne);
        sentences.append(text);
        askOne(sentences.open());
    }

    private void askOne(String window) {
        String folded = Folding.fold(window);
        features.read(folded, 0, folded.length(), AnswerModel.ASKED);
        asked.add(model.words(), features);
    }

    @Override
    public void append(CharSequence piece) {
        windows.append(piece);
    }

    private void complete(String window) {
        Pool pool = pool(window);
        length += window.length();
        highest = Math.max(highest, odds(stretch.with(pool), WINDOWS_MIN));
        if (length >= SHORT_FROM) {
            highest = Math.max(highest, odds(shortStretch.with(pool), WINDOWS_MIN));
        }
        stretch.add(pool, window.length());
        shortStretch.add(pool, window.length());
    }

    private Pool pool(String window) {
        String folded = Folding.fold(window);
        features.read(folded, 0, folded.length(), 0);
        Pool pool = new Pool();
        pool.add(model.words(), features);
        return pool;
    }

    private double odds(Pool pool, int windowsMin) {
        return pool.sentences() < windowsMin ? Double.NEGATIVE_INFINITY : model.odds(pool, asked);
    }

    /** Log-odds before calibration; negative infinity where nothing was read. */
    public double odds() {
        Pool open = pool(windows.open());
        double last = Math.max(highest, odds(stretch.with(open), 1));
        return length < SHORT_FROM ? last : Math.max(last, odds(shortStretch.with(open), 1));
    }

    @Override
    public double pHarm() {
        return model.calibration().probability(odds());
    }

    /**
     * What is judged together: the half that is being read, and the one before it. The whole reply
     * is not, because what is read adds up until its length outweighs what it says.
     */
    private static final class Halves {
        private final int size;
        private Pool before = new Pool();
        private Pool open = new Pool();
        private int length;

        Halves(int size) {
            this.size = size;
        }

        void add(Pool window, int units) {
            open.addAll(window);
            length += units;
            if (length >= size) {
                before = open;
                open = new Pool();
                length = 0;
            }
        }

        Pool with(Pool window) {
            Pool all = new Pool();
            all.addAll(before);
            all.addAll(open);
            all.addAll(window);
            return all;
        }
    }
}
