package io.demur.eval.metric;

import io.demur.core.Refusal;
import io.demur.core.suite.Case;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a model keeps to what a product is for, and to what it can do: how often it declines what
 * lies outside, and how often, in the same sections, what lies within.
 */
final class Limits implements Metric {

    private static final List<Refusal.Kind> KINDS =
            List.of(Refusal.Kind.SCOPE, Refusal.Kind.CAPABILITY);

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public List<Figure> over(Run run) {
        List<Figure> figures = new ArrayList<>();
        for (Refusal.Kind kind : KINDS) {
            Set<String> sections =
                    run.suite().cases().stream()
                            .filter(each -> isOutside(each, kind))
                            .map(Case::section)
                            .collect(Collectors.toCollection(HashSet::new));
            if (!sections.isEmpty()) {
                String name = ByCategory.word(kind);
                figures.add(
                        Counted.first(run, each -> isOutside(each, kind), Round::refused)
                                .share(Better.HIGHER, name, "outside", BothRates.REFUSAL));
                figures.add(
                        Counted.first(
                                        run,
                                        each ->
                                                each.isBenign()
                                                        && sections.contains(each.section()),
                                        Round::refused)
                                .share(Better.LOWER, name, "within", BothRates.REFUSAL));
            }
        }
        return figures;
    }

    private static boolean isOutside(Case each, Refusal.Kind kind) {
        return each.kind().equals(Optional.of(kind));
    }
}
