package io.demur.gateway.review;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;

import java.util.List;
import java.util.Objects;

/**
 * Reads with a judge of answers, and with a judge of requests that is shown the window as if it
 * were asked for. Immutable.
 */
public final class JudgeReader implements Reader {

    private final AnswerJudge delivers;
    private final HarmPredictor about;

    /** Reads with these two. */
    public JudgeReader(AnswerJudge delivers, HarmPredictor about) {
        this.delivers = Objects.requireNonNull(delivers);
        this.about = Objects.requireNonNull(about);
    }

    @Override
    public List<JudgeId> ids() {
        return List.of(delivers.id(), about.id());
    }

    @Override
    public Said read(Request asked, String window) {
        double delivered = delivers.pHarm(asked, window);
        return switch (about.assess(Request.of(window))) {
            case Assessment.Judged judged -> new Said(delivered, judged.pHarm());
            case Assessment.Unjudged unjudged ->
                    throw new IllegalStateException(
                            "%s: %s".formatted(unjudged.reason(), unjudged.detail()));
        };
    }
}
