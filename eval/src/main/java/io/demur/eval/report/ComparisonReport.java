package io.demur.eval.report;

import static io.demur.eval.report.Words.format;

import io.demur.eval.PlainText;
import io.demur.eval.Word;
import io.demur.eval.compare.Comparison;
import io.demur.eval.compare.Difference;
import io.demur.eval.run.Run;
import io.demur.files.output.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two runs against each other, for people and for programs. */
public final class ComparisonReport {

    /** The forms in which it can be had. */
    public enum Form {
        TEXT,
        JSON,
        MARKDOWN
    }

    private static final String HEAD =
            "%-24s %6s %8s %8s  %-24s %7s  %s".formatted("", "cases", "A", "B", "change", "p", "");

    private ComparisonReport() {}

    /** The report in a form, with a line feed at its end. */
    public static String in(Form form, Comparison comparison) {
        return switch (form) {
            case TEXT -> text(comparison);
            case JSON -> json(comparison);
            case MARKDOWN -> "```\n" + text(comparison) + "```\n";
        };
    }

    private static String text(Comparison comparison) {
        StringBuilder out = new StringBuilder();
        out.append("A  ").append(told(comparison.first())).append('\n');
        out.append("B  ").append(told(comparison.second())).append('\n');
        out.append(format("%,d cases in common\n", comparison.common()));
        comparison.notes().forEach(note -> out.append(PlainText.of(note)).append('\n'));
        out.append('\n').append(HEAD.stripTrailing()).append('\n');
        comparison.overall().forEach(each -> out.append(line(each)));
        comparison
                .overall()
                .forEach(each -> out.append(format("  %s: %s\n", label(each), detectable(each))));
        List<Difference> found =
                comparison.categories().stream().filter(Difference::found).toList();
        out.append('\n');
        if (found.isEmpty()) {
            out.append(
                    format(
                            "in none of %,d categories more than chance (Holm)\n",
                            comparison.categories().size()));
        } else {
            out.append(
                    format(
                            "in %,d of %,d categories more than chance (Holm)\n",
                            found.size(), comparison.categories().size()));
            found.forEach(each -> out.append(line(each)));
        }
        return out.toString();
    }

    private static String told(Run run) {
        String under = run.plan().variants().getFirst().name();
        return PlainText.of(
                format(
                        "%s (%s)%s · %s %s · %s",
                        run.plan().model(),
                        run.plan().target(),
                        under.isEmpty() ? "" : " under `" + under + "`",
                        run.suite().name(),
                        run.suite().version(),
                        run.id()));
    }

    private static String line(Difference of) {
        String verdict = !of.found() ? "" : of.isWorse() ? "worse" : "better";
        return format(
                                "%-24s %,6d %7.1f%% %7.1f%%  %-24s %7.4f  %s",
                                label(of),
                                of.cases(),
                                100 * of.first(),
                                100 * of.second(),
                                change(of),
                                of.adjusted(),
                                verdict)
                        .stripTrailing()
                + "\n";
    }

    private static String label(Difference of) {
        return PlainText.of(
                of.name()
                        .replace(".harmful.refusal", ": harmful")
                        .replace(".benign.refusal", ": harmless")
                        .replace("harmful.refusal", "refuses the harmful")
                        .replace("benign.refusal", "refuses the harmless")
                        .replace("harmful.leakage", "refuses and gives it"));
    }

    private static String change(Difference of) {
        return format(
                "%+.1f [%+.1f to %+.1f]",
                100 * of.change().value(), 100 * of.change().low(), 100 * of.change().high());
    }

    private static String detectable(Difference of) {
        String left = of.leftOut() == 0 ? "" : format("; %,d cases left out", of.leftOut());
        return of.detectable().isEmpty()
                ? "too few cases to find any difference" + left
                : format(
                        "a difference of %.1f points would be found 4 times in 5%s",
                        100 * of.detectable().getAsDouble(), left);
    }

    private static String json(Comparison comparison) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("v", 1);
        out.put("first", ReportJson.head(comparison.first()));
        out.put("second", ReportJson.head(comparison.second()));
        out.put("common", comparison.common());
        out.put("notes", comparison.notes());
        out.put("overall", fields(comparison.overall()));
        out.put("categories", fields(comparison.categories()));
        return Json.document(out);
    }

    private static Map<String, Object> fields(List<Difference> differences) {
        Map<String, Object> out = new LinkedHashMap<>();
        differences.forEach(each -> out.put(each.name(), fields(each)));
        return out;
    }

    private static Map<String, @Nullable Object> fields(Difference of) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("cases", of.cases());
        out.put("left_out", of.leftOut());
        out.put("first", of.first());
        out.put("second", of.second());
        out.put("change", of.change().value());
        out.put("low", of.change().low());
        out.put("high", of.change().high());
        out.put("p", of.p());
        out.put("p_adjusted", of.adjusted());
        out.put("detectable", of.detectable().isPresent() ? of.detectable().getAsDouble() : null);
        out.put("better", Word.underscored(of.better()));
        out.put("found", of.found());
        out.put("worse", of.isWorse());
        return out;
    }
}
