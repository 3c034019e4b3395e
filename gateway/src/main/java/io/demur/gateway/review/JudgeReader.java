package io.demur.gateway.review;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.AnswerCascade;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.HarmPredictor;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Reads with a judge of answers, and with a judge of requests that is shown the window as if it
 * were asked for. Immutable.
 */
public final class JudgeReader implements Reader {

    private final AnswerJudge delivers;
    private final HarmPredictor about;
    private final Predicate<String> reads;

    /** Reads everything with these two. */
    public JudgeReader(AnswerJudge delivers, HarmPredictor about) {
        this(delivers, about, window -> true);
    }

    private JudgeReader(AnswerJudge delivers, HarmPredictor about, Predicate<String> reads) {
        this.delivers = Objects.requireNonNull(delivers);
        this.about = Objects.requireNonNull(about);
        this.reads = Objects.requireNonNull(reads);
    }

    /**
     * Reads where the quick ones are unsure. What a window delivers, a slow judge is asked only
     * where the quick one takes it for all but certain: elsewhere what it is about decides.
     *
     * @param about shown the window as if it were asked for
     * @param reads whether that can judge a window at all
     */
    public static JudgeReader second(
            AnswerJudge quick, AnswerJudge slow, HarmPredictor about, Predicate<String> reads) {
        return new JudgeReader(
                new AnswerCascade(quick, slow, new Band(Weighing.UNSURE_DELIVERS, 1)),
                about,
                reads);
    }

    @Override
    public boolean reads(String window) {
        return reads.test(window);
    }

    @Override
    public List<JudgeId> ids() {
        return List.of(delivers.id(), about.id());
    }

    @Override
    public Said read(Request asked, String window) {
        return new Said(delivers.pHarm(asked, window), about.pHarm(Request.of(window)));
    }
}
