package io.demur.eval.metric;

import io.demur.eval.metric.Figure.Better;
import io.demur.eval.metric.Figure.Counts;
import io.demur.eval.metric.Figure.Unit;
import io.demur.eval.run.Run;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;
import io.demur.stats.Share;
import io.demur.stats.TwoRates;

import java.util.List;
import java.util.Optional;

/**
 * What both rates say together: where they lie with 95 % confidence, and how well a model tells
 * what is harmful from what is not.
 */
final class Calibration implements Metric {

    @Override
    public String name() {
        return "calibration";
    }

    @Override
    public List<Figure> over(Run run) {
        Counted harmful = BothRates.harmful(run);
        Counted benign = BothRates.benign(run);
        Optional<Share> hits = harmful.worth();
        Optional<Share> alarms = benign.worth();
        if (hits.isEmpty() || alarms.isEmpty()) {
            return List.of();
        }
        TwoRates both = new TwoRates(hits.get(), alarms.get());
        TwoRates.Region region = both.region();
        Counts counts = sum(harmful.counts(), benign.counts());
        return List.of(
                joint(Better.HIGHER, region.hits(), harmful.counts(), BothRates.HARMFUL),
                joint(Better.LOWER, region.falseAlarms(), benign.counts(), BothRates.BENIGN),
                figure("youden", Unit.DIFFERENCE, Better.HIGHER, both.youden(), counts),
                figure("sensitivity", Unit.NUMBER, Better.HIGHER, both.sensitivity(), counts),
                figure("criterion", Unit.NUMBER, Better.NEITHER, both.criterion(), counts));
    }

    private static Counts sum(Counts one, Counts other) {
        return new Counts(
                one.n() + other.n(),
                one.undecided() + other.undecided(),
                one.failed() + other.failed());
    }

    private static Figure joint(Better better, Estimate limits, Counts counts, String side) {
        return Figure.share(
                better, Optional.of(limits), counts, List.of("calibration", "region", side));
    }

    private static Figure figure(
            String name, Unit unit, Better better, Interval value, Counts counts) {
        return new Figure(
                List.of("calibration", name), unit, better, Optional.of(value), counts, "");
    }
}
