package io.demur.eval;

import io.demur.core.Labels;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Shadow;
import io.demur.eval.ShadowRow.Change;
import io.demur.stats.Estimate;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a candidate policy would change, as text for a terminal, at most 100 columns wide. */
public final class ShadowSummary {

    private static final int KINDS_MAX = 12;
    private static final int WORDS_WIDTH = 84;

    private final StringBuilder out = new StringBuilder();
    private final ShadowTally tally;
    private final boolean words;

    private ShadowSummary(ShadowTally tally, boolean words) {
        this.tally = tally;
        this.words = words;
    }

    /**
     * The whole summary, with a line feed at its end.
     *
     * @param shown requests that would change
     * @param words whether their words are shown, and not their ids alone
     */
    public static String of(ShadowTally tally, List<ShadowRow> shown, boolean words) {
        return new ShadowSummary(tally, words).text(shown);
    }

    private String text(List<ShadowRow> shown) {
        long all = tally.active().requests();
        line(format("requests %,d, unchanged %,d", all, tally.changed(Change.NONE)));
        line(change("would newly be held or refused", Change.NEWLY_KEPT_BACK, all));
        line(change("would newly be sent on", Change.NEWLY_SENT_ON, all));
        line(change("would be kept to more strictly", Change.STRONGER, all));
        line(change("would be kept to less strictly", Change.WEAKER, all));
        line("");
        line(format("%-41s %19s %19s", "in %, with 95 % intervals", "now", "then"));
        rates("all requests", Optional.empty());
        rates("benign, to be answered", Optional.of(Labels.Prompt.BENIGN));
        rates("harmful, to be kept back", Optional.of(Labels.Prompt.HARMFUL));
        kinds();
        if (!shown.isEmpty()) {
            line("");
            line("such as");
            shown.forEach(row -> example(row));
        }
        return out.toString();
    }

    private String change(String what, Change change, long all) {
        long n = tally.changed(change);
        return format("  %,8d  %4.1f %%  %s", n, all == 0 ? 0 : 100.0 * n / all, what);
    }

    private void rates(String name, Optional<Labels.Prompt> label) {
        for (String share : List.of("kept_back", "condition")) {
            Optional<Estimate> now = share(tally.active(), label, share);
            Optional<Estimate> then = share(tally.candidate(), label, share);
            if (now.isPresent() && then.isPresent()) {
                String what = share.equals("kept_back") ? "held or refused" : "on a condition";
                line(
                        format(
                                "%-41s %19s %19s",
                                share.equals("kept_back") ? name + ": " + what : "  " + what,
                                figure(now.get()),
                                figure(then.get())));
            }
        }
    }

    private static Optional<Estimate> share(
            RequestRates rates, Optional<Labels.Prompt> label, String share) {
        return label.isPresent() ? rates.share(label.get(), share) : rates.share(share);
    }

    private static String figure(Estimate estimate) {
        return format(
                "%.1f [%.1f–%.1f]",
                100 * estimate.rate(), 100 * estimate.low(), 100 * estimate.high());
    }

    private void kinds() {
        List<Shadow.Count> kinds =
                tally.shadow().counts().stream().filter(it -> it.kind().isChange()).toList();
        if (kinds.isEmpty()) {
            return;
        }
        line("");
        line("what changes, the most frequent first");
        for (Shadow.Count count : kinds.subList(0, Math.min(KINDS_MAX, kinds.size()))) {
            Shadow.Kind kind = count.kind();
            line(
                    format(
                            "  %,8d  %s → %s%s: %s%s%s",
                            count.requests(),
                            done(kind.active()),
                            done(kind.candidate()),
                            kind.otherwise() ? " otherwise" : "",
                            kind.hazard().map(Row::word).orElse("no named hazard"),
                            named(", role", kind.role()),
                            named(", purpose", kind.purpose())));
        }
        if (kinds.size() > KINDS_MAX) {
            line(format("  and %d more kinds of change", kinds.size() - KINDS_MAX));
        }
    }

    private static String named(String what, String name) {
        return name.equals(Axes.OTHER) ? "" : "%s `%s`".formatted(what, name);
    }

    private void example(ShadowRow row) {
        Strength now = row.kind().active();
        Strength then = row.kind().candidate();
        line(
                format(
                        "  %s: %s → %s (%s)",
                        PlainText.of(row.active().id()),
                        done(now),
                        done(then),
                        row.candidate().decision().rules().getFirst()));
        if (words) {
            String asked = row.active().of().request().prompt().replaceAll("\\s+", " ").strip();
            String cut =
                    asked.length() <= WORDS_WIDTH ? asked : asked.substring(0, WORDS_WIDTH) + "…";
            line("    asked  " + PlainText.of(cut));
        }
    }

    private static String done(Strength strength) {
        return switch (strength) {
            case ALLOW -> "answered";
            case ANNOTATE -> "answered with a note";
            case CONDITION -> "answered on a condition";
            case HOLD -> "held for a person";
            case REFUSE -> "refused";
        };
    }

    private static String format(String format, @Nullable Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
