package io.demur.core.harm;

import io.demur.core.Band;
import io.demur.core.JudgeId;
import io.demur.core.Odds;
import io.demur.core.Request;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Several predictors, the quickest first. Each further one is asked where the probability of harm,
 * as it stands by then, lies in its band, or where nobody could judge yet. Its word replaces the
 * earlier one or is weighed with it, as the stage says, unless it could not judge; then what was
 * found before stands.
 *
 * <p>A judge of one number alone does not make a request harmless that an earlier one had seen more
 * of: hazards that it does not know, and a consequence where it knows none, are kept. A judge whose
 * word is weighed never makes a consequence less severe.
 *
 * <p>Safe for use by several threads.
 */
public final class HarmCascade implements HarmPredictor {

    /** What becomes of the probability so far when a further predictor has spoken. */
    public enum Weight {
        /** It is forgotten: the predictor has taken it into account, or is much better. */
        REPLACES,
        /**
         * It is multiplied, as odds, by those that the predictor states: it knows nothing of what
         * was found before, and spoke as if both answers had been as likely.
         */
        WEIGHED
    }

    /**
     * A further predictor.
     *
     * @param judge who is asked
     * @param band where: the probability of harm so far
     * @param weight what its word does to that probability
     */
    public record Stage(HarmPredictor judge, Band band, Weight weight) {
        public Stage {
            Objects.requireNonNull(judge);
            Objects.requireNonNull(band);
            Objects.requireNonNull(weight);
        }

        /** A predictor whose word replaces the earlier one. */
        public Stage(HarmPredictor judge, Band band) {
            this(judge, band, Weight.REPLACES);
        }

        /** A predictor whose word is weighed with the earlier one. */
        public static Stage weighed(HarmPredictor judge, Band band) {
            return new Stage(judge, band, Weight.WEIGHED);
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
                                        ? after(before, stage, request)
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

    private static Assessment after(Assessment.Judged before, Stage stage, Request request) {
        return switch (stage.judge().assess(request)) {
            case Assessment.Unjudged unjudged -> before;
            case Assessment.Judged said ->
                    switch (stage.weight()) {
                        case REPLACES -> replaced(before, said);
                        case WEIGHED -> weighed(before, said);
                    };
        };
    }

    private static Assessment replaced(Assessment.Judged before, Assessment.Judged said) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        hazards.putAll(before.hazards());
        hazards.putAll(said.hazards());
        return new Assessment.Judged(
                said.pHarm(),
                hazards,
                said.consequence().equals(Consequence.NONE)
                        ? before.consequence()
                        : said.consequence(),
                said.judge());
    }

    /** No hazard is likelier than harm of any kind, and one that is named is not made less so. */
    private static Assessment weighed(Assessment.Judged before, Assessment.Judged said) {
        double p = Odds.weighed(before.pHarm(), said.pHarm());
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        hazards.putAll(before.hazards());
        said.hazards().forEach((hazard, named) -> hazards.merge(hazard, named, Math::max));
        hazards.replaceAll((hazard, likely) -> Math.min(likely, p));
        boolean worse = said.severity().compareTo(before.severity()) > 0;
        return new Assessment.Judged(
                p, hazards, worse ? said.consequence() : before.consequence(), said.judge());
    }
}
