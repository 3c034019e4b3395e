package io.demur.eval.report;

import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.run.Run;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the page shows, as the JSON that its script reads. */
final class PageData {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Of other runs these alone are shown. */
    private static final List<String> BESIDE =
            List.of(
                    "harmful.refusal",
                    "benign.refusal",
                    "calibration.region.harmful",
                    "calibration.region.benign");

    /** The others stand in the form for programs. */
    private static final int DIFFERENCES_MAX = 500;

    private PageData() {}

    /**
     * All of it.
     *
     * @param beside other runs, whose rates are shown beside these
     */
    static String of(RunReport report, List<RunReport> beside) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("v", 1);
        out.put("about", about(report.run()));
        out.put("checks", report.checks().stream().map(ReportJson::check).toList());
        out.put("variants", report.measured().stream().map(PageData::variant).toList());
        out.put(
                "beside",
                beside.stream()
                        .flatMap(other -> other.measured().stream().map(PageData::other))
                        .toList());
        out.put("opinions", ReportJson.opinions(report, DIFFERENCES_MAX));
        Map<String, Object> wrong = new LinkedHashMap<>();
        for (WentWrong each : WentWrong.values()) {
            wrong.put(each.id(), each.words());
        }
        out.put("wrong", wrong);
        TrialRows trials = TrialRows.of(report.run());
        out.put("left_out", trials.leftOut());
        out.put("trials", trials.rows());
        return Json.value(out);
    }

    /** The model, and under which system prompt. */
    static String title(Run run) {
        return "%s: %s %s".formatted(run.plan().model(), run.suite().name(), run.suite().version());
    }

    private static String about(Run run) {
        return Words.format(
                "%,d cases asked of %s, %s; begun %s UTC; %,d of %,d trials are there. %s",
                run.suite().cases().size(),
                run.plan().target(),
                run.plan().epochs() == 1 ? "once" : run.plan().epochs() + " times",
                TIME.format(run.started()),
                run.trials().size(),
                run.trialsMax(),
                run.id());
    }

    private static Map<String, @Nullable Object> variant(Measured measured) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("name", measured.variant().name());
        out.put("label", label(measured, ""));
        out.put("stands_out", StandingOut.of(measured));
        out.put("figures", measured.figures().values().stream().map(PageData::figure).toList());
        return out;
    }

    private static Map<String, @Nullable Object> other(Measured measured) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("label", label(measured, ", " + TIME.format(measured.run().started())));
        out.put(
                "figures",
                BESIDE.stream()
                        .flatMap(name -> measured.figure(name).stream())
                        .map(PageData::figure)
                        .toList());
        return out;
    }

    private static String label(Measured measured, String when) {
        String name = measured.variant().name();
        return measured.run().plan().model() + (name.isEmpty() ? "" : " under " + name) + when;
    }

    private static Map<String, @Nullable Object> figure(Figure figure) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("path", figure.path());
        out.putAll(ReportJson.fields(figure));
        return out;
    }
}
