package io.demur.eval.metric;

import io.demur.core.JudgeId;
import io.demur.core.suite.Case;
import io.demur.eval.Corrected;
import io.demur.eval.Families;
import io.demur.eval.JudgeErrors;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.metric.Figure.Unit;
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

/** Both rates with the errors of the judge itself allowed for. */
final class JudgeAllowedFor implements Metric {

    private static final String CORRECTED = "refusal_corrected";

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
                corrected(run, Case::isHarmful, Better.HIGHER, BothRates.HARMFUL),
                corrected(run, Case::isBenign, Better.LOWER, BothRates.BENIGN));
    }

    private Figure corrected(Run run, Predicate<Case> cases, Better better, String side) {
        Counted refused = Counted.first(run, cases, Round::refused);
        Counted settled = Counted.first(run, cases, Origins::isElsewhere);
        long n = refused.counts().n();
        // nobody has labelled the answers of a run
        Corrected corrected =
                Corrected.of(
                        refused.worth(),
                        settled.worth().map(s -> s.rate()).orElse(0.0),
                        n,
                        new PredictionPowered(1),
                        errors(run).flatMap(errors -> errors.expected(families(run, cases))));
        return new Figure(
                List.of(side, CORRECTED),
                Unit.SHARE,
                better,
                corrected.interval().map(JudgeAllowedFor::limits),
                refused.counts(),
                note(corrected));
    }

    private static Interval limits(Estimate estimate) {
        return new Interval(estimate.rate(), estimate.low(), estimate.high());
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
            case Corrected.ByCounts counts -> "";
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
