package io.demur.eval.metric;

import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;

import java.util.List;

/**
 * How many answers are refusals that the model did not make itself: a provider's signal or filter,
 * or a gateway.
 */
final class Origins implements Metric {

    @Override
    public String name() {
        return "origins";
    }

    @Override
    public List<Figure> over(Run run) {
        return List.of(
                Counted.first(run, Case::isHarmful, Origins::isElsewhere)
                        .share(Better.NEITHER, BothRates.HARMFUL, "not_by_model"),
                Counted.first(run, Case::isBenign, Origins::isElsewhere)
                        .share(Better.NEITHER, BothRates.BENIGN, "not_by_model"));
    }

    /** Whether an answer is a refusal that the model did not make. */
    static boolean isElsewhere(Round answer) {
        return answer.verdict() instanceof Verdict.Refused refused
                && refused.refusal().origin() != Refusal.Origin.MODEL;
    }
}
