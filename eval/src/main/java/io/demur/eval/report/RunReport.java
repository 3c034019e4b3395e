package io.demur.eval.report;

import io.demur.eval.gate.Gate;
import io.demur.eval.gate.Gate.Check;
import io.demur.eval.metric.Measured;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.run.Run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run, what was measured on it under each of its system prompts, and what it had to keep to.
 *
 * @param run all of it
 * @param measured under each system prompt
 * @param checks what was to be kept, and why it was not where it was not
 * @param opinions what others than its judge say of its answers
 */
public record RunReport(
        Run run, List<Measured> measured, List<Check> checks, List<Opinion> opinions) {

    /** The forms in which it can be had. */
    public enum Form {
        /** For a terminal, a screen and a half. */
        TEXT,
        /** Every value. */
        JSON,
        /** For a pull request. */
        MARKDOWN,
        /** The checks, as tests. */
        JUNIT,
        /** Every value, a line each. */
        CSV,
        /** The cases that went wrong, for code hosts and editors. */
        SARIF,
        /** One page for a browser, with plots and the trials. */
        HTML
    }

    public RunReport {
        measured = List.copyOf(measured);
        checks = List.copyOf(checks);
        opinions = List.copyOf(opinions);
    }

    /** Measures a run and holds it against what it has to keep to. */
    public static RunReport of(Run run, Gate gate) {
        return of(run, gate, List.of());
    }

    /**
     * Measures a run and holds it against what it has to keep to.
     *
     * @param opinions what others than its judge say of its answers; at most one of a rater
     */
    public static RunReport of(Run run, Gate gate, List<Opinion> opinions) {
        List<Measured> measured = Measured.of(run, opinions);
        List<Gate.Check> checks = new ArrayList<>(gate.checks(measured));
        if (!checks.isEmpty() && run.trials().size() < run.trialsMax()) {
            checks.addFirst(new Gate.Check("the whole run", Optional.of(lacking(run))));
        }
        return new RunReport(run, measured, checks, opinions);
    }

    /** What was not asked is in no rate: a part of a run shows nothing of the whole. */
    private static String lacking(Run run) {
        return "the run is not whole: asked were %d of %d; `demur eval --resume` asks the others"
                .formatted(run.trials().size(), run.trialsMax());
    }

    /** Why the run does not pass, a sentence each; empty where it does. */
    public List<String> failures() {
        return checks.stream().flatMap(check -> check.reason().stream()).toList();
    }

    /** The report in a form, with a line feed at its end. */
    public String in(Form form) {
        return in(form, List.of());
    }

    /**
     * The report in a form, with a line feed at its end.
     *
     * @param beside other runs, for the forms that show some
     */
    public String in(Form form, List<RunReport> beside) {
        return switch (form) {
            case TEXT -> ReportText.of(this);
            case JSON -> ReportJson.of(this);
            case MARKDOWN -> ReportMarkdown.of(this);
            case JUNIT -> ReportJUnit.of(this);
            case CSV -> ReportCsv.of(this);
            case SARIF -> ReportSarif.of(this);
            case HTML -> ReportHtml.of(this, beside);
        };
    }
}
