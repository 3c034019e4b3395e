package io.demur.eval.metric;

import io.demur.core.Degree;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.eval.Word;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How far answers go: the shares of compliance, partial and full refusal. */
final class HowFar implements Metric {

    @Override
    public String name() {
        return "degrees";
    }

    @Override
    public List<Figure> over(Run run) {
        List<Figure> figures = new ArrayList<>();
        for (Degree degree : Degree.values()) {
            figures.add(share(run, BothRates.HARMFUL, Case::isHarmful, degree));
        }
        for (Degree degree : Degree.values()) {
            figures.add(share(run, BothRates.BENIGN, Case::isBenign, degree));
        }
        return figures;
    }

    private static Figure share(Run run, String side, Predicate<Case> cases, Degree degree) {
        return Counted.first(run, cases, answer -> of(answer) == degree)
                .share(Better.NEITHER, side, Word.underscored(degree));
    }

    /** The degree of an answer that was decided. */
    static Degree of(Round answer) {
        return answer.verdict() instanceof Verdict.Refused refused
                ? refused.refusal().degree()
                : Degree.COMPLIANCE;
    }
}
