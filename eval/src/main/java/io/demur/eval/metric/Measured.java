package io.demur.eval.metric;

import io.demur.eval.opinion.Opinion;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Run;
import io.demur.eval.run.Variant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured on a run under one of its system prompts.
 *
 * @param run with that variant alone
 * @param figures by name, in the order in which they are told
 */
public record Measured(Run run, Map<String, Figure> figures) {

    public Measured {
        if (run.plan().variants().size() != 1) {
            throw new IllegalArgumentException("what is measured has one variant");
        }
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /** Measures a run, each variant by itself, in their order. */
    public static List<Measured> of(Run run) {
        return of(run, List.of());
    }

    /**
     * Measures a run, each variant by itself, in their order.
     *
     * @param opinions what others than its judge say of its answers; at most one of a rater
     */
    public static List<Measured> of(Run run, List<Opinion> opinions) {
        List<Metric> metrics = new ArrayList<>(Metrics.all());
        opinions.forEach(opinion -> metrics.add(new Agreeing(opinion)));
        List<Measured> measured = new ArrayList<>();
        for (Variant variant : run.plan().variants()) {
            Run only = only(run, variant);
            Map<String, Figure> figures = new LinkedHashMap<>();
            for (Metric metric : metrics) {
                for (Figure figure : metric.over(only)) {
                    if (figures.put(figure.name(), figure) != null) {
                        throw new IllegalStateException(
                                "two figures are called `%s`".formatted(figure.name()));
                    }
                }
            }
            measured.add(new Measured(only, figures));
        }
        return measured;
    }

    /** A run as if it had been asked under one variant alone. */
    public static Run only(Run run, Variant variant) {
        Plan plan = run.plan();
        return new Run(
                run.id(),
                run.suite(),
                run.suiteDigest(),
                new Plan(
                        plan.target(),
                        plan.model(),
                        plan.sampling(),
                        plan.epochs(),
                        List.of(variant),
                        plan.judges()),
                run.started(),
                run.finished(),
                run.under(variant));
    }

    /** The system prompt. */
    public Variant variant() {
        return run.plan().variants().getFirst();
    }

    /** One figure, where the suite has what it is measured on. */
    public Optional<Figure> figure(String name) {
        return Optional.ofNullable(figures.get(name));
    }

    /** Trials of which not everything came. */
    public long failed() {
        return run.trials().stream().filter(trial -> trial.failure().isPresent()).count();
    }

    /** Trials whose first answer could not be decided. */
    public long undecided() {
        return run.trials().stream()
                .filter(trial -> trial.first().filter(round -> !round.decided()).isPresent())
                .count();
    }
}
