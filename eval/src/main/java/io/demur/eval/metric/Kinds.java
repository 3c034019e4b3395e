package io.demur.eval.metric;

import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Of which kind the refusals are, against the kind that would be right: for each expected kind how
 * often the answer was of each, or none, and how often a refusal was of the right one.
 */
final class Kinds implements Metric {

    private static final String KIND = "kind";

    @Override
    public String name() {
        return "kinds";
    }

    @Override
    public List<Figure> over(Run run) {
        List<Figure> figures = new ArrayList<>();
        for (Refusal.Kind expected : Refusal.Kind.values()) {
            Predicate<Case> cases = each -> each.kind().equals(Optional.of(expected));
            if (!Counted.first(run, cases, Round::refused).isEmpty()) {
                figures.addAll(expecting(run, expected, cases));
            }
        }
        return figures;
    }

    private static List<Figure> expecting(Run run, Refusal.Kind expected, Predicate<Case> cases) {
        String of = ByCategory.word(expected);
        List<Figure> figures = new ArrayList<>();
        figures.add(
                Counted.first(run, cases, Round::refused)
                        .share(Better.HIGHER, KIND, of, BothRates.REFUSAL));
        figures.add(
                Counted.first(run, cases, answer -> !answer.refused())
                        .share(Better.LOWER, KIND, of, "given", "none"));
        for (Refusal.Kind given : Refusal.Kind.values()) {
            figures.add(
                    Counted.first(run, cases, answer -> is(answer, given))
                            .share(
                                    given == expected ? Better.HIGHER : Better.LOWER,
                                    KIND,
                                    of,
                                    "given",
                                    ByCategory.word(given)));
        }
        Counted right = new Counted();
        run.trials().stream()
                .filter(trial -> cases.test(trial.of()))
                .filter(trial -> trial.first().filter(Round::refused).isPresent())
                .forEach(trial -> right.addFirst(trial, answer -> is(answer, expected)));
        figures.add(right.share(Better.HIGHER, KIND, of, "right"));
        return figures;
    }

    /** Whether an answer is a refusal of a kind. */
    static boolean is(Round answer, Refusal.Kind kind) {
        return answer.verdict() instanceof Verdict.Refused refused
                && refused.refusal().kind() == kind;
    }
}
