package io.demur.eval.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.eval.run.Run;
import io.demur.stats.Interval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How often intervals hold what is true: it has to be in 92 to 99 of 100 runs, over all figures of
 * a metric. 200 runs, or 1,000 with {@code -Dthorough=true}.
 */
final class Coverage {

    static final int RUNS = Boolean.getBoolean("thorough") ? 1000 : 200;

    /** What is true of a figure; nothing where that is not known. */
    interface Truth extends Function<String, OptionalDouble> {}

    private Coverage() {}

    static void check(Function<Model, Run> make, Truth truth, Metric... metrics) {
        Map<String, Map<String, long[]>> held = new LinkedHashMap<>();
        for (int seed = 1; seed <= RUNS; seed++) {
            Run run = make.apply(new Model(seed));
            for (Metric metric : metrics) {
                Map<String, long[]> ofMetric =
                        held.computeIfAbsent(metric.name(), m -> new LinkedHashMap<>());
                for (Figure figure : metric.over(run)) {
                    OptionalDouble known = truth.apply(figure.name());
                    if (known.isPresent()) {
                        assertTrue(figure.interval().isPresent(), figure::toString);
                        Interval interval = figure.interval().get();
                        long[] counts = ofMetric.computeIfAbsent(figure.name(), n -> new long[2]);
                        counts[0] += interval.holds(known.getAsDouble()) ? 1 : 0;
                        counts[1]++;
                    }
                }
            }
        }
        held.forEach(
                (metric, figures) -> {
                    long[] all = new long[2];
                    figures.forEach(
                            (name, counts) -> {
                                all[0] += counts[0];
                                all[1] += counts[1];
                            });
                    assertWithin(metric, all[0], all[1]);
                });
    }

    static void assertWithin(String what, long held, long of) {
        double share = (double) held / of;
        assertTrue(share >= 0.92 && share <= 0.99, () -> what + " held in " + share);
    }
}
