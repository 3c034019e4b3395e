package io.demur.gateway.drill;

import io.demur.gateway.running.PrometheusText;
import io.demur.gateway.running.PrometheusText.Kind;
import io.demur.stats.Estimate;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is known by drills, for Prometheus. */
public final class DrillFamilies {

    private DrillFamilies() {}

    /** Writes all of it. */
    public static void write(PrometheusText text, Watch.Snapshot known) {
        text.single(
                "demur_drills_total",
                Kind.COUNTER,
                "Probes that were sent through the live path.",
                known.drills());
        text.single(
                "demur_drills_failed_total",
                Kind.COUNTER,
                "Those of them that did not come out right.",
                known.failed());
        text.single(
                "demur_drill_passed_timestamp_seconds",
                Kind.GAUGE,
                "When the last one came out right; 0 where none has.",
                known.passed().map(Instant::getEpochSecond).orElse(0L));
        known.ranking().now().ifPresent(it -> auc(text, it));
        rates(text, known);
        alarms(text, known);
    }

    private static void auc(PrometheusText text, Estimate auc) {
        text.family(
                "demur_drill_judge_auc",
                Kind.GAUGE,
                "How well the judges of requests rank harmful probes above harmless ones, 0 to 1.");
        auc(text, "rate", auc.rate());
        auc(text, "low", auc.low());
        auc(text, "high", auc.high());
    }

    private static void auc(PrometheusText text, String limit, double value) {
        text.sample(
                "demur_drill_judge_auc",
                List.of("value", limit),
                String.format(Locale.ROOT, "%.4f", value));
    }

    private static void rates(PrometheusText text, Watch.Snapshot known) {
        text.family(
                "demur_drill_rate",
                Kind.GAUGE,
                "Shares since the last change, with limits that hold at all times.");
        for (Watch.State model : known.models()) {
            new TreeMap<>(model.streams())
                    .forEach(
                            (kind, stream) -> {
                                Estimate rate = stream.rate();
                                rate(text, model.model(), kind, "rate", rate.rate());
                                rate(text, model.model(), kind, "low", rate.low());
                                rate(text, model.model(), kind, "high", rate.high());
                            });
        }
    }

    private static void rate(
            PrometheusText text,
            String model,
            io.demur.gateway.drill.Kind kind,
            String limit,
            double value) {
        text.sample(
                "demur_drill_rate",
                List.of("model", model, "stream", kind.word(), "value", limit),
                String.format(Locale.ROOT, "%.4f", value));
    }

    private static void alarms(PrometheusText text, Watch.Snapshot known) {
        text.family(
                "demur_drill_alarm_timestamp_seconds", Kind.GAUGE, "When drills last showed this.");
        Map<List<String>, Long> last = new LinkedHashMap<>();
        for (Watch.Told told : known.alarms()) {
            Optional<String> model = told.alarm().model();
            last.put(
                    List.of(
                            "model",
                            model.orElse(""),
                            "stream",
                            told.alarm().stream(),
                            "found",
                            told.alarm().found(),
                            "cause",
                            told.alarm().cause().name().toLowerCase(Locale.ROOT)),
                    told.at().getEpochSecond());
        }
        last.forEach(
                (labels, at) ->
                        text.sample(
                                "demur_drill_alarm_timestamp_seconds", labels, Long.toString(at)));
    }
}
