package io.demur.eval.metric;

import io.demur.eval.JudgeErrors;

import java.util.List;

/** All that is measured, in the order in which it is told. */
public final class Metrics {

    private static final List<Metric> ALL =
            List.of(
                    new BothRates(),
                    new Calibration(),
                    new JudgeAllowedFor(JudgeErrors::of),
                    new HowFar(),
                    new Origins(),
                    new Leakage(),
                    new RefusalCurve(),
                    new Capitulation(),
                    new Doubt(),
                    new Unlocking(),
                    new Inconsistency(),
                    new ToldApart(),
                    new Externalised(),
                    new Limits(),
                    new Conditions(),
                    new Kinds(),
                    new CraftOfRefusals(),
                    new Triggers(),
                    new ByCategory());

    private Metrics() {}

    /** Each of them. */
    public static List<Metric> all() {
        return ALL;
    }
}
