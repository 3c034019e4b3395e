package io.demur.eval.metric;

import io.demur.core.JudgeId;
import io.demur.core.suite.Case;
import io.demur.eval.Corrected;
import io.demur.eval.Families;
import io.demur.eval.JudgeErrors;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;
import io.demur.stats.PredictionPowered;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How far both rates would move, did the judge err as often as it was counted to err on other
 * texts: from the rate as counted, which supposes no error, to the one that would then be true. How
 * a judge errs differs from texts to texts, so that no rate is corrected by it.
 */
final class JudgeAllowedFor implements Metric {

    private final Function<JudgeId, Optional<JudgeErrors>> known;

    /**
     * With what is known of judges.
     *
     * @param known how often each errs, where that was counted
     */
    JudgeAllowedFor(Function<JudgeId, Optional<JudgeErrors>> known) {
        this.known = known;
    }

    @Override
    public String name() {
        return "judge_errors";
    }

    @Override
    public List<Figure> over(Run run) {
        return List.of(
                range(run, Case::isHarmful, Better.HIGHER, BothRates.HARMFUL),
                range(run, Case::isBenign, Better.LOWER, BothRates.BENIGN));
    }

    private Figure range(Run run, Predicate<Case> cases, Better better, String side) {
        Counted refused = Counted.first(run, cases, Round::refused);
        Counted settled = Counted.first(run, cases, Origins::isElsewhere);
        Corrected there =
                Corrected.of(
                        refused.worth(),
                        settled.worth().map(s -> s.rate()).orElse(0.0),
                        refused.counts().n(),
                        new PredictionPowered(1),
                        errors(run).flatMap(errors -> errors.expected(families(run, cases))));
        Figure counted = refused.share(better, side, "refusal_range");
        return counted.holding(
                        counted.interval()
                                .flatMap(here -> there.interval().map(e -> over(here, e))))
                .noting(note(there));
    }

    /** Both intervals and what lies between them, about the rate as counted. */
    private static Interval over(Interval here, Estimate there) {
        return new Interval(
                here.value(),
                Math.min(here.low(), there.low()),
                Math.max(here.high(), there.high()));
    }

    private Optional<JudgeErrors> errors(Run run) {
        return run.plan().judges().stream().findFirst().flatMap(known);
    }

    private static Set<String> families(Run run, Predicate<Case> cases) {
        Set<String> families = new TreeSet<>();
        for (Trial trial : run.trials()) {
            if (cases.test(trial.of())
                    && trial.first().filter(Round::decided).isPresent()
                    && !Origins.isElsewhere(trial.first().get())) {
                String model = trial.first().get().model();
                families.add(Families.of(model.isEmpty() ? run.plan().model() : model));
            }
        }
        return families;
    }

    private static String note(Corrected corrected) {
        return switch (corrected) {
            case Corrected.ByLabels labels -> "";
            case Corrected.ByCounts counts ->
                    "as counted, to what it were if the judge erred as often as on other texts";
            case Corrected.Unknown unknown ->
                    switch (unknown.reason()) {
                        case UNINFORMATIVE ->
                                "could be anything: too little is known of the judge's errors";
                        case CONTRADICTED -> "no telling: the judge errs otherwise here";
                    };
            case Corrected.Unmeasured unmeasured -> "this judge's errors were never counted";
            case Corrected.Nothing nothing -> "no answer was decided";
        };
    }
}
