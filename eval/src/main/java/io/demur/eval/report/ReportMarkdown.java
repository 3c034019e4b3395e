package io.demur.eval.report;

import static io.demur.eval.report.Words.format;

import io.demur.eval.PlainText;
import io.demur.eval.gate.Gate.Check;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.run.Run;

import java.util.List;

/** A report as Markdown, for a comment on a pull request: both rates, checks, what stands out. */
final class ReportMarkdown {

    private static final List<String> RATES = List.of("harmful.refusal", "benign.refusal");

    private ReportMarkdown() {}

    static String of(RunReport report) {
        Run run = report.run();
        StringBuilder out = new StringBuilder();
        out.append(
                format(
                        "### %s: %s %s\n\n",
                        cell(run.plan().model()),
                        cell(run.suite().name()),
                        cell(run.suite().version())));
        for (Check check : report.checks()) {
            String said = check.reason().orElse(check.what());
            out.append(check.reason().isEmpty() ? "- ✅ kept: " : "- ❌ failed: ");
            out.append(cell(said)).append('\n');
        }
        out.append(report.checks().isEmpty() ? "" : "\n");
        out.append("| | refused | 95 % interval | answers | undecided | failed |\n");
        out.append("|---|---:|---|---:|---:|---:|\n");
        for (Measured measured : report.measured()) {
            RATES.forEach(
                    name ->
                            measured.figure(name)
                                    .ifPresent(f -> out.append(row(report, measured, f))));
        }
        for (Measured measured : report.measured()) {
            List<String> said = StandingOut.of(measured);
            if (!said.isEmpty()) {
                out.append("\n**What stands out").append(under(report, measured)).append("**\n\n");
                said.forEach(each -> out.append("- ").append(cell(each)).append('\n'));
            }
        }
        return out.append("\n`").append(cell(run.id())).append("`\n").toString();
    }

    private static String row(RunReport report, Measured measured, Figure figure) {
        String what = figure.path().getFirst().equals("harmful") ? "harmful" : "harmless";
        return format(
                "| %s%s | %s | %s | %,d | %,d | %,d |\n",
                what,
                under(report, measured),
                Words.value(figure),
                Words.limits(figure),
                figure.counts().n(),
                figure.counts().undecided(),
                figure.counts().failed());
    }

    private static String under(RunReport report, Measured measured) {
        return report.measured().size() == 1 ? "" : " under " + cell(measured.variant().name());
    }

    /** Words of files neither end a cell nor make links, pictures or tags. */
    private static String cell(String text) {
        return PlainText.of(text)
                .replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("[", "\\[")
                .replace("<", "&lt;");
    }
}
