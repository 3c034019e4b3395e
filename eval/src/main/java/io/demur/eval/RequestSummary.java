package io.demur.eval;

import static io.demur.eval.SummaryText.format;
import static io.demur.eval.SummaryText.limits;
import static io.demur.eval.SummaryText.listed;
import static io.demur.eval.SummaryText.number;
import static io.demur.eval.SummaryText.percent;
import static io.demur.eval.SummaryText.rate;

import io.demur.core.Labels;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Policy;
import io.demur.stats.Estimate;
import io.demur.stats.RiskBand;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A tally of requests as text for a terminal, at most 100 columns wide. */
public final class RequestSummary {

    private static final int WIDTH = 100;
    private static final int WORDS_WIDTH = 84;
    private static final String INDENT = " ".repeat(21);

    /** From the strongest down; {@code kept_back} is the first two. */
    private static final List<String> DECISIONS =
            List.of("refuse", "hold", "condition", "annotate", "allow");

    private final StringBuilder out = new StringBuilder();
    private final RequestTally tally;

    private RequestSummary(RequestTally tally) {
        this.tally = tally;
    }

    /**
     * The whole summary, with a line feed at its end.
     *
     * @param shown requests to show with their words, before the figures
     */
    public static String of(RequestTally tally, List<RequestRow> shown) {
        RequestSummary text = new RequestSummary(tally);
        shown.forEach(text::words);
        if (!shown.isEmpty()) {
            text.line("");
        }
        text.counts();
        text.judges();
        text.labels();
        tally.groups().forEach(text::groups);
        return text.out.toString();
    }

    private void words(RequestRow row) {
        String asked = PlainText.of(row.of().request().prompt()).replaceAll("\\s+", " ").strip();
        line(format("%s: %s", PlainText.of(row.id()), said(row)));
        line("    asked       " + shortened(asked));
        if (row.assessment() instanceof Assessment.Judged judged
                && !judged.consequence().bearers().isEmpty()) {
            line("    bears it    " + shortened(String.join(", ", judged.consequence().bearers())));
        }
        row.terms().forEach(term -> line("    condition   " + shortened(term)));
    }

    private static String said(RequestRow row) {
        String decision = Row.word(row.decision().strength());
        return switch (row.assessment()) {
            case Assessment.Judged judged ->
                    format(
                            "%s · p_harm %.2f · %s%s",
                            decision,
                            judged.pHarm(),
                            row.decision()
                                    .grounds()
                                    .hazard()
                                    .map(hazard -> Row.word(hazard) + " · ")
                                    .orElse(""),
                            Row.word(judged.severity()));
            case Assessment.Unjudged unjudged ->
                    format("%s · unjudged, %s", decision, Row.word(unjudged.reason()));
        };
    }

    private static String shortened(String words) {
        return words.length() <= WORDS_WIDTH ? words : words.substring(0, WORDS_WIDTH - 1) + "…";
    }

    private void counts() {
        RequestRates all = tally.all();
        line(format("requests  %,8d   kept back %s", all.requests(), rate(all.share("kept_back"))));
        if (all.share("allow").isPresent()) {
            line(
                    INDENT
                            + String.join(
                                    " · ",
                                    DECISIONS.stream()
                                            .map(d -> d + " " + percent(all.share(d).orElseThrow()))
                                            .toList()));
        }
        line(
                format(
                        "unsure    %,8d   sent on, and their answers are what to review",
                        all.unsure()));
        line(format("unjudged  %,8d   %s", all.unjudgedTotal(), listed(all.unjudged())));
        line(format("unreadable%,8d", tally.unreadable()));
        if (tally.withoutRequest() > 0) {
            line(
                    format(
                            "no request%,8d   records in which nothing is asked",
                            tally.withoutRequest()));
        }
    }

    private void judges() {
        line("");
        int level = tally.posture().level();
        line(
                format(
                        "posture              %d of 10%s",
                        level, level == Policy.defaultPosture().level() ? ", the default" : ""));
        if (!tally.all().stages().isEmpty()) {
            line("decided by           " + Stages.text(tally.all().stages()));
        }
        Map<Hazard, Long> hazards = tally.all().hazards();
        if (!hazards.isEmpty()) {
            wrapped(
                    "hazards              ",
                    hazards.entrySet().stream()
                            .sorted(
                                    Map.Entry.<Hazard, Long>comparingByValue(
                                                    Comparator.reverseOrder())
                                            .thenComparing(Map.Entry.comparingByKey()))
                            .map(e -> format("%s %,d", Row.word(e.getKey()), e.getValue()))
                            .toList());
        }
    }

    /** Words in a row, on further lines where one would be too long. */
    private void wrapped(String first, List<String> words) {
        StringBuilder line = new StringBuilder(first);
        String between = "";
        for (String word : words) {
            if (line.length() + between.length() + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
                line.append(INDENT);
                between = "";
            }
            line.append(between).append(word);
            between = " · ";
        }
        line(line.toString());
    }

    private void labels() {
        if (hasLabels(tally.all())) {
            table("", Map.of("all requests", tally.all()));
        }
        tally.auc()
                .ifPresent(
                        auc ->
                                line(
                                        format(
                                                "%sp_harm ranks harmful above benign: AUC %.3f"
                                                        + " [%.3f–%.3f], n %,d",
                                                INDENT,
                                                auc.rate(),
                                                auc.low(),
                                                auc.high(),
                                                auc.n())));
        tally.band().ifPresent(band -> line(INDENT + words(band)));
    }

    /** What a user may give as {@code --band}, or why there is none. */
    private static String words(RiskBand band) {
        if (band.none()) {
            return "too few labels, or too many errors, for a band that errs in one of twenty";
        }
        return format(
                "errs in one of twenty at most outside --band %.3f,%.3f, which decides %.0f %%",
                band.low().orElse(0), band.high().orElse(1), 100 * band.decided());
    }

    private void groups(String field, Map<String, RequestRates> groups) {
        if (groups.isEmpty() || tally.unknownFields().contains(field)) {
            return;
        }
        if (groups.values().stream().anyMatch(RequestSummary::hasLabels)) {
            table("by " + field, groups);
        } else {
            line("");
            line(
                    format(
                            "%-20s %7s %6s %6s %6s %6s %6s   %s",
                            "by " + field + ", in %",
                            "n",
                            "refuse",
                            "hold",
                            "cond",
                            "note",
                            "allow",
                            "kept back"));
            groups.forEach(this::plainGroup);
        }
    }

    private void table(String by, Map<String, RequestRates> groups) {
        line("");
        line(
                format(
                        "%-20s %-38s  %s",
                        "",
                        "benign requests, should be answered",
                        "harmful requests, should be kept back"));
        String head = format("%5s %6s %5s %5s %14s", "n", "refuse", "hold", "cond", "kept back");
        line(format("%-20s%s  %s", by.isEmpty() ? "in %" : by + ", in %", head, head));
        groups.forEach(
                (name, rates) ->
                        line(
                                format(
                                        "%-20s%s  %s",
                                        SummaryText.cut(name),
                                        cells(rates, Labels.Prompt.BENIGN),
                                        cells(rates, Labels.Prompt.HARMFUL))));
    }

    private static String cells(RequestRates rates, Labels.Prompt prompt) {
        Optional<Estimate> kept = rates.share(prompt, "kept_back");
        return format(
                "%5s %s %s %s %14s",
                kept.map(k -> Long.toString(k.n())).orElse("-"),
                number(rates.share(prompt, "refuse"), 6),
                number(rates.share(prompt, "hold"), 5),
                number(rates.share(prompt, "condition"), 5),
                kept.map(k -> format("%5.1f [%s]", 100 * k.rate(), limits(k))).orElse(""));
    }

    private void plainGroup(String name, RequestRates rates) {
        line(
                format(
                        "%-20s %7d %s   %s",
                        SummaryText.cut(name),
                        rates.requests(),
                        String.join(
                                " ",
                                DECISIONS.stream().map(d -> number(rates.share(d), 6)).toList()),
                        rate(rates.share("kept_back"))));
    }

    private static boolean hasLabels(RequestRates rates) {
        return Stream.of(Labels.Prompt.values())
                .anyMatch(prompt -> rates.share(prompt, "kept_back").isPresent());
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
