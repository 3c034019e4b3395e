package io.demur.core.harm;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Request;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Several predictors, the quickest first. Each further one is asked where the probability of harm,
 * as it stands by then, lies in its band, or where nobody could judge yet. It has the last word
 * unless it could not judge; then what was found before stands.
 *
 * <p>A judge of one number alone does not make a request harmless that an earlier one had seen more
 * of: hazards that it does not know, and a consequence where it knows none, are kept.
 *
 * <p>Safe for use by several threads.
 */
public final class HarmCascade implements HarmPredictor {

    /**
     * A further predictor.
     *
     * @param judge who is asked
     * @param band where: the probability of harm so far
     */
    public record Stage(HarmPredictor judge, Band band) {
        public Stage {
            Objects.requireNonNull(judge);
            Objects.requireNonNull(band);
        }
    }

    private final HarmPredictor first;
    private final List<Stage> stages;
    private final JudgeId id;

    /**
     * A cascade.
     *
     * @param stages in the order in which they are asked; may be empty
     */
    public HarmCascade(HarmPredictor first, List<Stage> stages) {
        this.first = Objects.requireNonNull(first);
        this.stages = List.copyOf(stages);
        JudgeId all = first.id();
        for (Stage stage : stages) {
            all = all.then(stage.judge().id(), stage.band());
        }
        this.id = all;
    }

    /** Of all judges and their bands together; an assessment says whose word it is. */
    @Override
    public JudgeId id() {
        return id;
    }

    @Override
    public Assessment assess(Request request) {
        Assessment assessment = first.assess(request);
        for (Stage stage : stages) {
            assessment =
                    switch (assessment) {
                        case Assessment.Unjudged unjudged -> either(unjudged, stage, request);
                        case Assessment.Judged before ->
                                stage.band().contains(before.pHarm())
                                        ? after(before, stage.judge().assess(request))
                                        : before;
                    };
        }
        return assessment;
    }

    private static Assessment either(Assessment.Unjudged before, Stage stage, Request request) {
        return switch (stage.judge().assess(request)) {
            case Assessment.Judged judged -> judged;
            case Assessment.Unjudged again -> before;
        };
    }

    private static Assessment after(Assessment.Judged before, Assessment said) {
        return switch (said) {
            case Assessment.Unjudged unjudged -> before;
            case Assessment.Judged judged -> {
                Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
                hazards.putAll(before.hazards());
                hazards.putAll(judged.hazards());
                yield new Assessment.Judged(
                        judged.pHarm(),
                        hazards,
                        judged.consequence().equals(Consequence.NONE)
                                ? before.consequence()
                                : judged.consequence(),
                        judged.judge());
            }
        };
    }
}
