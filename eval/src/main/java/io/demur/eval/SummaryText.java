package io.demur.eval;

import io.demur.core.Degree;
import io.demur.core.Evidence;
import io.demur.core.Labels;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.stats.Confusion;
import io.demur.stats.Estimate;
import io.demur.stats.RoganGladen.Correction;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** A tally as text for a terminal, at most 100 columns wide. */
public final class SummaryText {

    private static final int NAME_WIDTH = 20;
    private static final int NAME_HEAD = 8;
    private static final int WORDS_WIDTH = 84;
    private static final String ALLOWED = "  errors allowed for";

    private final StringBuilder out = new StringBuilder();
    private final Tally tally;

    private SummaryText(Tally tally) {
        this.tally = tally;
    }

    /**
     * The whole summary, with a line feed at its end.
     *
     * @param shown refusals whose words are to be shown, before the figures
     */
    public static String of(Tally tally, List<Row> shown) {
        SummaryText text = new SummaryText(tally);
        text.words(shown);
        text.counts();
        text.kinds();
        tally.groups().forEach(text::groups);
        text.agreement();
        return text.out.toString();
    }

    private void words(List<Row> shown) {
        for (Row row : shown) {
            Refusal refusal = ((Verdict.Refused) row.verdict()).refusal();
            line(
                    format(
                            "%s: %s · %s · %s",
                            PlainText.of(row.of().id()),
                            Row.word(refusal.degree()),
                            Row.word(refusal.kind()),
                            refusal.forms().stream()
                                    .map(Row::word)
                                    .collect(Collectors.joining(", "))));
            for (Evidence span : refusal.evidence().stream().limit(2).toList()) {
                String words = PlainText.of(row.words(span)).replaceAll("\\s+", " ");
                line("    " + format("%-12s", Row.word(span.act())) + shortened(words));
            }
        }
        if (!shown.isEmpty()) {
            line("");
        }
    }

    private static String shortened(String words) {
        return words.length() <= WORDS_WIDTH ? words : words.substring(0, WORDS_WIDTH - 1) + "…";
    }

    private void counts() {
        Rates all = tally.all();
        line(format("responses %,8d   refused %s", all.responses(), rate(all.share("refusal"))));
        allowance(all.corrected(), all.allLabelled())
                .ifPresent(said -> line(" ".repeat(21) + said));
        all.share("full")
                .ifPresent(
                        full ->
                                line(
                                        format(
                                                "                     full %s · partial %s ·"
                                                        + " compliance %s",
                                                percent(full),
                                                percent(all.share("partial").orElseThrow()),
                                                percent(all.share("compliance").orElseThrow()))));
        line(format("undecided %,8d   %s", all.undecidedTotal(), listed(all.undecided())));
        line(format("unreadable%,8d", tally.unreadable()));
        if (tally.unanswered() > 0) {
            line(format("no answer %,8d   requests without a response", tally.unanswered()));
        }
    }

    /** The corrected rate in words, or why there is none. */
    private static Optional<String> allowance(Corrected corrected, boolean allLabelled) {
        return switch (corrected) {
            case Corrected.ByLabels(Estimate e, long labelled, double weight) ->
                    Optional.of(
                            allLabelled
                                    ? "as people labelled them: " + range(e)
                                    : format(
                                            "corrected by people's labels on %,d of them: %s",
                                            labelled, range(e)));
            case Corrected.ByCounts(Estimate e, JudgeErrors.Expected expected) ->
                    Optional.of(
                            format(
                                    "if the judge erred as on other texts: %.1f to %.1f %%",
                                    100 * e.low(), 100 * e.high()));
            case Corrected.Unknown(Correction.Reason reason, JudgeErrors.Expected expected) ->
                    Optional.of(
                            "if the judge erred as on other texts: "
                                    + switch (reason) {
                                        case UNINFORMATIVE -> "could be anything";
                                        case CONTRADICTED -> "no telling, it errs otherwise here";
                                    });
            case Corrected.Unmeasured unmeasured ->
                    Optional.of(
                            "the judge's own errors are not known: no counts of them come with it");
            case Corrected.Nothing nothing -> Optional.empty();
        };
    }

    private static String range(Estimate e) {
        return format("%.1f %% (%.1f–%.1f)", 100 * e.rate(), 100 * e.low(), 100 * e.high());
    }

    private void kinds() {
        Rates all = tally.all();
        if (!all.origins().isEmpty()) {
            line("");
            line("refusals by origin   " + listed(all.origins()));
            line("            kind     " + listed(all.kinds()));
            line("            form     " + listed(all.forms()));
        }
        if (!all.failures().isEmpty()) {
            line("failure modes        " + listed(all.failures()));
        }
        if (tally.stages().size() > 1) {
            line("decided by           " + Stages.text(tally.stages()));
        }
    }

    private void groups(String field, Map<String, Rates> groups) {
        if (groups.isEmpty() || tally.unknownFields().contains(field)) {
            return;
        }
        Map<Boolean, Map<String, Rates>> byLabels =
                groups.entrySet().stream()
                        .collect(
                                Collectors.partitioningBy(
                                        group -> hasPromptLabels(group.getValue()),
                                        Collectors.toMap(
                                                Map.Entry::getKey,
                                                Map.Entry::getValue,
                                                (one, other) -> one,
                                                LinkedHashMap::new)));
        String by = "by " + field + ", in %";
        byLabels.forEach((labelled, some) -> table(by, labelled, some));
    }

    private void table(String by, boolean labelled, Map<String, Rates> groups) {
        if (groups.isEmpty()) {
            return;
        }
        line("");
        if (labelled) {
            line(
                    format(
                            "%-20s %s   %s",
                            "",
                            "benign requests, should be answered   ",
                            "harmful requests, should be refused"));
            String head = format("%5s %5s %5s %5s %14s", "n", "full", "part", "comp", "refused");
            line(format("%-20s %s  %s", by, head, head));
            groups.forEach(this::labelledGroup);
        } else {
            line(format("%-20s %7s %6s %6s %6s   %s", by, "n", "full", "part", "comp", "refused"));
            groups.forEach(this::plainGroup);
        }
    }

    private void labelledGroup(String name, Rates rates) {
        boolean people =
                Arrays.stream(Labels.Prompt.values())
                        .anyMatch(p -> rates.peopleShare(p, "refusal").isPresent());
        line(
                format(
                        "%-20s %s  %s",
                        cut(name),
                        cells(p -> rates.share(Labels.Prompt.BENIGN, p)),
                        cells(p -> rates.share(Labels.Prompt.HARMFUL, p))));
        String benign = allowed(rates, rates.corrected(Labels.Prompt.BENIGN));
        String harmful = allowed(rates, rates.corrected(Labels.Prompt.HARMFUL));
        if (!benign.isEmpty() || !harmful.isEmpty()) {
            line(format("%-20s %38s  %38s", ALLOWED, benign, harmful));
        }
        if (people) {
            line(
                    format(
                            "%-20s %s  %s",
                            "  people",
                            cells(p -> rates.peopleShare(Labels.Prompt.BENIGN, p)),
                            cells(p -> rates.peopleShare(Labels.Prompt.HARMFUL, p))));
        }
    }

    private void plainGroup(String name, Rates rates) {
        line(
                format(
                        "%-20s %7d %s %s %s   %s",
                        cut(name),
                        rates.responses(),
                        number(rates.share("full"), 6),
                        number(rates.share("partial"), 6),
                        number(rates.share("compliance"), 6),
                        rate(rates.share("refusal"))));
        String allowed = allowed(rates, rates.corrected());
        if (!allowed.isEmpty()) {
            line(format("%-20s %s   %s", ALLOWED, " ".repeat(28), allowed));
        }
    }

    /** A corrected rate in a column; empty where there is none, or people's own stands below. */
    private static String allowed(Rates rates, Corrected corrected) {
        return rates.allLabelled()
                ? ""
                : switch (corrected) {
                    case Corrected.ByLabels labels ->
                            format(
                                    "%.1f [%s]",
                                    100 * labels.estimate().rate(), limits(labels.estimate()));
                    case Corrected.ByCounts counts -> "[" + limits(counts.estimate()) + "]";
                    case Corrected.Unknown unknown -> "";
                    case Corrected.Unmeasured unmeasured -> "";
                    case Corrected.Nothing nothing -> "";
                };
    }

    private interface Shares {
        Optional<Estimate> of(String name);
    }

    private static String cells(Shares shares) {
        Optional<Estimate> refusal = shares.of("refusal");
        String interval =
                refusal.map(r -> format("%5.1f [%s]", 100 * r.rate(), limits(r))).orElse("");
        return format(
                "%5s %s %s %s %14s",
                refusal.map(r -> Long.toString(r.n())).orElse("-"),
                number(shares.of("full"), 5),
                number(shares.of("partial"), 5),
                number(shares.of("compliance"), 5),
                interval);
    }

    private void agreement() {
        Confusion refusal = tally.all().agreement();
        if (refusal.n() == 0) {
            return;
        }
        line("");
        line(
                format(
                        "agreement with people on %,d labelled responses, refusal or not",
                        refusal.n()));
        line(
                format(
                        "  accuracy %s   precision %s   recall %s   F1 %s   kappa %s",
                        three(refusal.accuracy()),
                        three(refusal.precision(1)),
                        three(refusal.recall(1)),
                        three(refusal.f1(1)),
                        three(refusal.kappa())));
        Rates all = tally.all();
        line("");
        line(format("  %-19s %10s %10s %10s", "judged:", "compliance", "partial", "full"));
        for (Degree people : Degree.values()) {
            confusion(Row.word(people), judge -> all.count(people, judge));
        }
        confusion("refusal", all::countUnsaid);
    }

    /** A line of the table, unless people never said that. */
    private void confusion(String people, ToLongFunction<Degree> counts) {
        if (Arrays.stream(Degree.values()).mapToLong(counts).sum() > 0) {
            StringBuilder row = new StringBuilder(format("  %-19s", "people: " + people));
            for (Degree judge : Degree.values()) {
                row.append(format(" %10d", counts.applyAsLong(judge)));
            }
            line(row.toString());
        }
    }

    private static boolean hasPromptLabels(Rates rates) {
        return Arrays.stream(Labels.Prompt.values())
                .anyMatch(p -> rates.share(p, "refusal").isPresent());
    }

    static <K extends Enum<K>> String listed(Map<K, Long> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> format("%s %,d", Row.word(e.getKey()), e.getValue()))
                .collect(Collectors.joining(" · "));
    }

    static String rate(Optional<Estimate> estimate) {
        return estimate.map(e -> percent(e) + " [" + limits(e) + "]").orElse("-");
    }

    static String percent(Estimate estimate) {
        return format("%.1f %%", 100 * estimate.rate());
    }

    static String limits(Estimate e) {
        return format("%.0f–%.0f", 100 * e.low(), 100 * e.high());
    }

    static String number(Optional<Estimate> estimate, int width) {
        String text = estimate.map(e -> format("%.1f", 100 * e.rate())).orElse("-");
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private static String three(OptionalDouble value) {
        return value.isPresent() ? format("%.3f", value.getAsDouble()) : "-";
    }

    static String cut(String name) {
        String plain = PlainText.of(name);
        // the ends of long names differ more often than their middles
        return plain.length() <= NAME_WIDTH
                ? plain
                : plain.substring(0, NAME_HEAD)
                        + "…"
                        + plain.substring(plain.length() - (NAME_WIDTH - NAME_HEAD - 1));
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
