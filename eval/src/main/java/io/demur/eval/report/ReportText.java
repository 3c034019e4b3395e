package io.demur.eval.report;

import static io.demur.eval.report.Words.format;

import io.demur.eval.PlainText;
import io.demur.eval.gate.Gate.Check;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.opinion.Opinion;
import io.demur.eval.run.Run;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A report for a terminal: at most 100 columns wide, and a screen and a half long. */
final class ReportText {

    private static final int WIDTH = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** What is told behind both rates, by the figure that holds it. */
    private static final Map<String, String> FURTHER = new LinkedHashMap<>();

    static {
        FURTHER.put("curve.all.posture", "measured posture, 1 to 10");
        FURTHER.put("harmful.leakage", "refuses and gives it anyway");
        FURTHER.put("capitulation.by_end", "gives in under pressure");
        FURTHER.put("doubt.by_end", "withdraws what was right");
        FURTHER.put("unlocking.too_early", "gives in before real context");
        FURTHER.put("unlocking.unlocked", "does it once context is there");
        FURTHER.put("inconsistency.epochs.refusal", "differs when asked again");
        FURTHER.put("inconsistency.paraphrases.refusal", "differs when asked otherwise");
        FURTHER.put("pairs.all.told_apart", "tells the two of a pair apart");
        FURTHER.put("externalised.pairs.told_apart", "the same, where others bear it");
        FURTHER.put("scope.outside.refusal", "declines outside its scope");
        FURTHER.put("scope.within.refusal", "  and within it");
        FURTHER.put("capability.outside.refusal", "declines what it cannot do");
        FURTHER.put("capability.within.refusal", "  and what it can");
        FURTHER.put("conditional.in_part.right", "does one part, declines the other");
        FURTHER.put("conditional.asked_back.right", "asks back for what it needs");
        FURTHER.put("craft.explain", "refusals that explain");
        FURTHER.put("craft.redirect", "refusals that offer something");
        FURTHER.put("craft.preach", "refusals that preach");
    }

    private final StringBuilder out = new StringBuilder();
    private final RunReport report;

    private ReportText(RunReport report) {
        this.report = report;
    }

    static String of(RunReport report) {
        ReportText text = new ReportText(report);
        text.head();
        report.measured().forEach(text::rates);
        report.measured().forEach(text::details);
        text.checks();
        return text.out.toString();
    }

    private void head() {
        Run run = report.run();
        line(
                format(
                        "%s %s asked of %s (%s)%s",
                        run.suite().name(),
                        run.suite().version(),
                        run.plan().model(),
                        run.plan().target(),
                        run.plan().epochs() == 1
                                ? ""
                                : format(", each %d times", run.plan().epochs())));
        long undecided = report.measured().stream().mapToLong(Measured::undecided).sum();
        long failed = report.measured().stream().mapToLong(Measured::failed).sum();
        String beside = Words.beside(undecided, failed);
        line(
                format(
                        "%,d cases · %,d of %,d trials%s · %s · %s",
                        run.suite().cases().size(),
                        run.trials().size(),
                        run.trialsMax(),
                        beside.isEmpty() ? "" : " · " + beside,
                        TIME.format(run.started()),
                        run.id()));
        line("");
    }

    private void rates(Measured measured) {
        if (report.measured().size() > 1) {
            line("under `" + measured.variant().name() + "`");
        }
        rate(measured, "harmful.refusal", "refuses what is harmful");
        rate(measured, "benign.refusal", "refuses what is harmless");
    }

    private void rate(Measured measured, String name, String label) {
        measured.figure(name)
                .ifPresent(
                        figure ->
                                line(
                                        format(
                                                "%-25s %7s  %-13s of %,8d answers   %s",
                                                label,
                                                Words.value(figure),
                                                Words.limits(figure),
                                                figure.counts().n(),
                                                Words.beside(figure))));
    }

    private void details(Measured measured) {
        if (report.measured().size() > 1) {
            line("");
            line("under `" + measured.variant().name() + "`");
        }
        together(measured);
        line("");
        line("what stands out");
        List<String> out = StandingOut.of(measured);
        out.forEach(said -> line("  " + said));
        if (out.isEmpty()) {
            line("  nothing differs from the rest by more than chance");
        }
        line("");
        line("further");
        FURTHER.forEach((name, label) -> further(measured, name, label));
        sections(measured);
        for (Opinion opinion : report.opinions()) {
            line("");
            OpinionText.of(measured, opinion).forEach(this::line);
        }
    }

    private void together(Measured measured) {
        both(measured, "harmful.refusal_range", "benign.refusal_range", ReportText::range)
                .ifPresent(said -> line("  if the judge erred as on other texts: " + said));
        both(measured, "calibration.region.harmful", "calibration.region.benign", Words::both)
                .ifPresent(said -> line("  both at once, with 95 % confidence: " + said));
        Optional<Figure> youden = measured.figure("calibration.youden");
        Optional<Figure> sensitivity = measured.figure("calibration.sensitivity");
        if (youden.isPresent() && sensitivity.isPresent()) {
            line(
                    format(
                            "  tells them apart: J %s, d′ %s",
                            Words.both(youden.get()), Words.both(sensitivity.get())));
        }
    }

    private static Optional<String> both(
            Measured measured, String harmful, String benign, Function<Figure, String> words) {
        Optional<String> one = measured.figure(harmful).map(words);
        Optional<String> other = measured.figure(benign).map(words);
        return one.isEmpty() || other.isEmpty() || one.equals(other)
                ? one
                : Optional.of(one.get() + " and " + other.get());
    }

    /** The limits alone: what stands in the middle is the rate as counted. */
    private static String range(Figure figure) {
        return figure.interval().isEmpty() ? figure.note() : "anywhere in " + Words.limits(figure);
    }

    private void further(Measured measured, String name, String label) {
        Optional<Figure> found = measured.figure(name);
        if (found.isEmpty()) {
            return;
        }
        Figure figure = found.get();
        String tail =
                figure.interval().isEmpty() && !figure.note().isEmpty()
                        ? figure.note()
                        : format(
                                "%-13s of %,8d   %s",
                                Words.limits(figure),
                                figure.counts().n(),
                                more(measured, name).orElseGet(() -> Words.beside(figure)));
        line(format("  %-34s %7s  %s", label, Words.value(figure), tail));
    }

    /** What belongs to a figure and fits behind it. */
    private static Optional<String> more(Measured measured, String name) {
        List<String> said = new ArrayList<>();
        if (name.startsWith("curve")) {
            measured.figure("curve.all.slope").ifPresent(f -> said.add("slope " + Words.value(f)));
        }
        if (name.startsWith("capitulation")) {
            String turns =
                    measured.figures().values().stream()
                            .filter(f -> f.name().startsWith("capitulation.by_turn."))
                            .map(Words::value)
                            .map(value -> value.replace(" %", ""))
                            .collect(Collectors.joining(", "));
            said.add("by turn " + turns);
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", said));
    }

    private void sections(Measured measured) {
        line("");
        line(format("%-22s %-36s %s", "by section", "harmful: refused", "harmless: refused"));
        for (String section : measured.run().suite().sections()) {
            String harmful = cell(measured, section, "harmful");
            String benign = cell(measured, section, "benign");
            if (!harmful.isEmpty() || !benign.isEmpty()) {
                line(format("  %-20s %-36s %s", Words.group(section), harmful, benign));
            }
        }
    }

    private static String cell(Measured measured, String section, String side) {
        return measured.figure("section." + section + "." + side + ".refusal")
                .map(
                        f ->
                                format(
                                        "%7s  %-12s of %,d",
                                        Words.value(f), Words.limits(f), f.counts().n()))
                .orElse("");
    }

    private void checks() {
        if (report.checks().isEmpty()) {
            return;
        }
        line("");
        for (Check check : report.checks()) {
            line(check.reason().map("failed: "::concat).orElse("kept: " + check.what()));
        }
    }

    /** A line, folded at spaces where it is too long; what a file holds does not steer. */
    private void line(String text) {
        String rest = PlainText.of(text).stripTrailing();
        while (rest.length() > WIDTH) {
            int at = rest.lastIndexOf(' ', WIDTH);
            if (at < WIDTH / 2) {
                break;
            }
            out.append(rest, 0, at).append('\n');
            rest = "      " + rest.substring(at + 1);
        }
        out.append(rest).append('\n');
    }
}
