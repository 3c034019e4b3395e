package io.demur.encoder;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Consequence.Reach;
import io.demur.core.harm.Consequence.Reversibility;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.Severity;

import java.util.List;
import java.util.Map;

/**
 * Harm of requests by a user's own classifier. Such a classifier says nothing of who bears what:
 * the harm that it sees is put down as serious, which a policy may not take for mild.
 */
record OwnHarm(OwnClassifier classifier) implements HarmPredictor {

    private static final double HARMLESS_BELOW = 0.05;
    private static final double HARMFUL = 0.5;

    @Override
    public JudgeId id() {
        return classifier.id();
    }

    @Override
    public Assessment assess(Request request) {
        double worst = 0;
        boolean whole = true;
        try {
            for (String text : EncoderHarm.written(request)) {
                OwnClassifier.Word word = classifier.word(text);
                worst = Math.max(worst, word.p());
                whole &= word.whole();
            }
        } catch (IllegalStateException e) {
            return new Assessment.Unjudged(Reason.DOWN, String.valueOf(e.getMessage()));
        }
        if (!whole && worst < HARMFUL) {
            return new Assessment.Unjudged(Reason.INVALID, "too long to be read whole");
        }
        return new Assessment.Judged(worst, Map.of(), consequence(worst), id());
    }

    private Consequence consequence(double p) {
        return p < HARMLESS_BELOW
                ? Consequence.NONE
                : new Consequence(
                        List.of("others"),
                        "An answer would do what `%s` is trained to see.".formatted(id().name()),
                        Severity.SERIOUS,
                        Reversibility.PARTLY,
                        Reach.FEW,
                        false);
    }
}
