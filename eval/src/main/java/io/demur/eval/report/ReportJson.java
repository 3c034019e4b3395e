package io.demur.eval.report;

import io.demur.core.JudgeId;
import io.demur.eval.Word;
import io.demur.eval.gate.Gate.Check;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.run.Run;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A report as JSON: every value, under the name by which it is asked for. */
final class ReportJson {

    private ReportJson() {}

    static String of(RunReport report) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>(head(report.run()));
        out.put("variants", report.measured().stream().map(ReportJson::variant).toList());
        out.put("checks", report.checks().stream().map(ReportJson::check).toList());
        out.put("opinions", opinions(report, Integer.MAX_VALUE));
        out.put("passed", report.failures().isEmpty());
        return Json.document(out);
    }

    /** Who else judged, and so many of the answers at most where they say otherwise. */
    static List<Map<String, Object>> opinions(RunReport report, int most) {
        return report.opinions().stream()
                .map(
                        opinion -> {
                            Map<String, Object> out = new LinkedHashMap<>();
                            out.put("rater", opinion.rater().id());
                            out.put("by", opinion.by());
                            out.put(
                                    "disagreements",
                                    Disagreement.of(report.run(), opinion).stream()
                                            .limit(most)
                                            .map(Disagreement::fields)
                                            .toList());
                            return out;
                        })
                .toList();
    }

    /** Which run it is. */
    static Map<String, @Nullable Object> head(Run run) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("v", 1);
        out.put("run", run.id());
        out.put("suite", run.suite().name());
        out.put("suite_version", run.suite().version());
        out.put("suite_digest", run.suiteDigest());
        out.put("cases", run.suite().cases().size());
        out.put("target", run.plan().target());
        out.put("model", run.plan().model());
        out.put("epochs", run.plan().epochs());
        out.put("judges", run.plan().judges().stream().map(JudgeId::toString).toList());
        out.put("started", run.started().toString());
        out.put("finished", run.finished().map(Instant::toString).orElse(null));
        return out;
    }

    private static Map<String, @Nullable Object> variant(Measured measured) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", measured.variant().name());
        out.put("trials", measured.run().trials().size());
        out.put("trials_planned", measured.run().trialsMax());
        out.put("undecided", measured.undecided());
        out.put("failed", measured.failed());
        Map<String, @Nullable Object> figures = new LinkedHashMap<>();
        measured.figures().values().forEach(figure -> put(figures, figure));
        out.put("figures", figures);
        return out;
    }

    @SuppressWarnings("unchecked") // what lies on the way to a figure are maps of ours
    private static void put(Map<String, @Nullable Object> in, Figure figure) {
        List<String> path = figure.path();
        Map<String, @Nullable Object> at = in;
        for (String part : path.subList(0, path.size() - 1)) {
            at =
                    (Map<String, @Nullable Object>)
                            at.computeIfAbsent(
                                    part, p -> new LinkedHashMap<String, @Nullable Object>());
        }
        at.put(path.getLast(), fields(figure));
    }

    /** A figure without its name. */
    static Map<String, @Nullable Object> fields(Figure figure) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("value", figure.interval().map(i -> finite(i.value())).orElse(null));
        out.put("low", figure.interval().map(i -> finite(i.low())).orElse(null));
        out.put("high", figure.interval().map(i -> finite(i.high())).orElse(null));
        out.put("n", figure.counts().n());
        out.put("undecided", figure.counts().undecided());
        out.put("failed", figure.counts().failed());
        out.put("unit", Word.underscored(figure.unit()));
        out.put("better", Word.underscored(figure.better()));
        if (!figure.note().isEmpty()) {
            out.put("note", figure.note());
        }
        return out;
    }

    /** A number, or nothing where there is no limit. */
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    /** What had to be kept. */
    static Map<String, @Nullable Object> check(Check check) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("what", check.what());
        out.put("kept", check.reason().isEmpty());
        out.put("reason", check.reason().orElse(null));
        return out;
    }
}
