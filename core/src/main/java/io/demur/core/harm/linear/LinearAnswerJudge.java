package io.demur.core.harm.linear;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;

/**
 * Judges answers window by window, about a sentence each, and what the windows of a stretch come to
 * together. Where they end depends on the text alone, never on the pieces it arrived in.
 *
 * <p>What was delivered stays delivered: the probability of a reply is the highest that any
 * beginning of two complete windows or more has reached in a stretch of it, so that a refusal at
 * the end takes nothing back. Only the first window, and the one that is still open, can be unsaid
 * by what follows.
 *
 * <p>Look-alike letters are folded; encoded replies are not decoded. Immutable; safe for use by
 * several threads.
 */
public final class LinearAnswerJudge implements AnswerJudge {

    private static final String NAME = "answer";

    private final AnswerModel model;
    private final JudgeId id;

    private LinearAnswerJudge(AnswerFormat.Decoded decoded) {
        model = decoded.model();
        id = new JudgeId(NAME, model.version(), decoded.sha256());
    }

    /**
     * The judge that comes with this version. Its weights are loaded once, at the first call.
     *
     * @throws IllegalStateException if they are missing or damaged
     */
    public static LinearAnswerJudge shipped() {
        return Singleton.JUDGE;
    }

    /**
     * A judge from weights as the trainer wrote them.
     *
     * @throws IllegalStateException if they are damaged
     */
    public static LinearAnswerJudge of(byte[] weights) {
        return new LinearAnswerJudge(AnswerFormat.decode(weights));
    }

    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Reading read(Request request) {
        return new AnswerReading(model, request);
    }

    /** Made when first asked for. */
    private static final class Singleton {
        static final LinearAnswerJudge JUDGE = new LinearAnswerJudge(Shipped.answer());
    }
}
