package io.demur.core.harm.linear;

import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;

/** One reply as the linear judge of answers reads it. Used by one thread. */
public final class AnswerReading implements AnswerJudge.Reading {

    private static final int ASKED_MAX = 3000;

    /** One window alone says little of what a reply will be: "Sure, here is how:". */
    private static final int WINDOWS_MIN = 2;

    private final AnswerModel model;
    private final Features features;
    private final Pool asked = new Pool();
    private final Pool reply = new Pool();
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
        add(window, reply);
        if (reply.sentences() >= WINDOWS_MIN) {
            highest = Math.max(highest, model.odds(reply, asked));
        }
    }

    private void add(String window, Pool to) {
        String folded = Folding.fold(window);
        features.read(folded, 0, folded.length(), 0);
        to.add(model.words(), features);
    }

    /** Log-odds before calibration; negative infinity where nothing was read. */
    public double odds() {
        Pool whole = new Pool();
        whole.addAll(reply);
        add(windows.open(), whole);
        return whole.isEmpty() ? highest : Math.max(highest, model.odds(whole, asked));
    }

    @Override
    public double pHarm() {
        return model.calibration().probability(odds());
    }
}
