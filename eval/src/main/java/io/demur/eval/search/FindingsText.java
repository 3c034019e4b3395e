package io.demur.eval.search;

import io.demur.eval.PlainText;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;

import java.util.Locale;
import java.util.stream.Collectors;

/** What a search came to, in words. */
public final class FindingsText {

    private static final String COLUMNS = "%-28s %10s %10s   %-24s %7s";

    private FindingsText() {}

    /** The table, an example of each, and what is in none of it. */
    public static String of(Findings findings) {
        StringBuilder text = new StringBuilder();
        Findings.Effort effort = findings.effort();
        line(
                text,
                "harmless cases as they stand: %s",
                findings.base().map(FindingsText::rate).orElse("none could be decided"));
        if (findings.allRefused()) {
            line(text, "nearly everything is refused: there is nothing that a pattern could raise");
        } else if (findings.base().isEmpty()) {
            line(text, "so nothing was searched: there is nothing that a pattern could raise");
        } else if (findings.found().isEmpty()) {
            line(text, "nothing was found that raises refusals");
        } else {
            table(text, findings);
        }
        if (!findings.cleared().isEmpty()) {
            line(
                    text,
                    "looked suspicious, and is not found: %s",
                    findings.cleared().stream()
                            .map(it -> it.pattern().title())
                            .collect(Collectors.joining(", ")));
        }
        line(
                text,
                "%,d of %,d calls; %,d patterns looked at, %,d passed over, %,d suspected without"
                        + " budget to be sure",
                effort.calls(),
                effort.budget(),
                effort.patterns(),
                effort.passedOver(),
                effort.unconfirmed());
        line(
                text,
                "in none of this: %,d requests not asked, since the judge of harm doubted them;"
                        + " %,d answers undecided; %,d calls failed",
                effort.doubtful(),
                effort.undecided(),
                effort.failed());
        return text.toString();
    }

    private static void table(StringBuilder text, Findings findings) {
        line(text, "");
        line(text, COLUMNS, "raises refusals", "with", "without", "difference", "p");
        for (Finding found : findings.found()) {
            long n = found.counts().n();
            line(
                    text,
                    COLUMNS,
                    PlainText.of(found.pattern().title()),
                    found.with() + " of " + n,
                    found.without() + " of " + n,
                    difference(found.difference()),
                    found.adjusted() < 0.001 ? "<0.001" : format("%.3f", found.adjusted()));
            found.examples().stream()
                    .limit(1)
                    .forEach(
                            it -> {
                                line(text, "    refused   %s", PlainText.of(it.with()));
                                it.without()
                                        .forEach(
                                                other ->
                                                        line(
                                                                text,
                                                                "    answered  %s",
                                                                PlainText.of(other)));
                            });
        }
        line(text, "");
        line(
                text,
                "%,d found; at most %.0f %% of them are expected to be false ones",
                findings.found().size(),
                100 * Findings.FALSE_SHARE);
    }

    private static String rate(Estimate base) {
        return format(
                "%.1f %% refused [%.1f–%.1f] of %,d",
                100 * base.rate(), 100 * base.low(), 100 * base.high(), base.n());
    }

    private static String difference(Interval of) {
        return format(
                "%+.0f points [%+.0f to %+.0f]", 100 * of.value(), 100 * of.low(), 100 * of.high());
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(format(pattern, values).stripTrailing()).append('\n');
    }
}
