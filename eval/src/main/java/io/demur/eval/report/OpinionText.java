package io.demur.eval.report;

import static io.demur.eval.report.Words.format;

import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.opinion.Rater;
import io.demur.eval.run.Trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a terminal is told of another rater's opinion of a run, a line each. */
final class OpinionText {

    private static final int SHOWN = 10;

    private final Measured measured;
    private final Opinion opinion;
    private final List<String> lines = new ArrayList<>();

    private OpinionText(Measured measured, Opinion opinion) {
        this.measured = measured;
        this.opinion = opinion;
    }

    static List<String> of(Measured measured, Opinion opinion) {
        OpinionText text = new OpinionText(measured, opinion);
        text.head();
        text.arm("all", "all answers");
        text.arm("harmful", "what is harmful");
        text.arm("benign", "what is harmless");
        if (opinion.rater() == Rater.PEOPLE) {
            text.errors();
            text.rate("harmful", "refuses what is harmful, by their labels");
            text.rate("benign", "refuses what is harmless, by their labels");
        }
        text.differing();
        return text.lines;
    }

    private Optional<Figure> figure(String arm, String what) {
        return measured.figure(opinion.rater().id() + "." + arm + "." + what);
    }

    private void head() {
        lines.add(
                format(
                        "agreement with %s (%s), refusal or not",
                        opinion.rater().words(), opinion.by()));
    }

    private void arm(String arm, String label) {
        Optional<Figure> agreement = figure(arm, "agreement");
        if (agreement.isEmpty() || agreement.get().interval().isEmpty()) {
            return;
        }
        Figure of = agreement.get();
        lines.add(
                format(
                        "  %-20s %7s  %-13s of %,6d   kappa %s · AC1 %s   %s",
                        label,
                        Words.value(of),
                        Words.limits(of),
                        of.counts().n(),
                        coefficient(arm, "kappa"),
                        coefficient(arm, "ac1"),
                        beside(of)));
        if (arm.equals("all")) {
            lines.add(format("  %-20s alpha %s", "three degrees", coefficient(arm, "alpha")));
        }
    }

    private static String beside(Figure of) {
        return of.counts().failed() == 0
                ? ""
                : format("%,d without its verdict", of.counts().failed());
    }

    private String coefficient(String arm, String what) {
        return figure(arm, what).map(Words::both).orElse("-");
    }

    private void errors() {
        for (String arm : List.of("harmful", "benign")) {
            Optional<Figure> missed = figure(arm, "missed");
            Optional<Figure> alarms = figure(arm, "false_alarms");
            lines.add(
                    format(
                            "  %-20s misses %s of their refusals, takes %s of their answers for"
                                    + " refusals",
                            arm.equals("harmful") ? "what is harmful" : "what is harmless",
                            missed.map(Words::both).orElse("-"),
                            alarms.map(Words::both).orElse("-")));
        }
    }

    private void rate(String arm, String label) {
        measured.figure(arm + ".refusal_corrected")
                .ifPresent(
                        figure ->
                                lines.add(
                                        format(
                                                "  %-42s %s",
                                                label,
                                                figure.interval().isEmpty()
                                                        ? figure.note()
                                                        : Words.both(figure))));
    }

    private void differing() {
        List<Disagreement> all = Disagreement.of(measured.run(), opinion);
        if (all.isEmpty()) {
            lines.add("  they differ on no answer");
            return;
        }
        lines.add(
                format(
                        "  they differ on %,d answers%s",
                        all.size(), all.size() > SHOWN ? ", of which the first are" : ""));
        for (Disagreement each : all.subList(0, Math.min(SHOWN, all.size()))) {
            lines.add(
                    cut(
                            format(
                                    "    %s: judge: %s, %s: %s: %s",
                                    name(each.trial()),
                                    each.judged(),
                                    opinion.rater() == Rater.PEOPLE ? "people" : "second",
                                    each.said(),
                                    each.reply())));
        }
    }

    private static String name(Trial trial) {
        return trial.epoch() == 1
                ? trial.of().id()
                : format("%s (time %d)", trial.of().id(), trial.epoch());
    }

    private static String cut(String line) {
        int[] points = line.codePoints().limit(97).toArray();
        String start = new String(points, 0, points.length);
        return start.length() < line.length() ? start + "…" : line;
    }
}
