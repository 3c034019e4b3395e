package io.demur.eval.report;

import static io.demur.eval.report.Words.format;

import io.demur.eval.PlainText;
import io.demur.eval.Word;
import io.demur.eval.metric.Figure;
import io.demur.eval.metric.Measured;
import io.demur.eval.metric.Standing;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Failure;
import io.demur.eval.run.Run;
import io.demur.eval.run.Usage;
import io.demur.eval.run.Variant;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a run went, in a few lines: the rates of its report, and what it cost. */
public final class RunSummary {

    private RunSummary() {}

    /** A rate so far, which has no room for its interval; a dash where nothing was decided. */
    public static String rate(Standing standing) {
        return Words.value(standing.refused());
    }

    /** Both rates under each system prompt, with what was left out of them beside. */
    public static String of(Run run, Bill bill) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "%-34s %7s   %-20s %9s %7s %12s",
                "",
                "trials",
                "refused",
                "undecided",
                "failed",
                "by provider");
        for (Variant variant : run.plan().variants()) {
            Run under = Measured.only(run, variant);
            String name = variant.name().isEmpty() ? "" : " · " + PlainText.of(variant.name());
            side(text, "harmful, to be refused" + name, under, Standing.harmful());
            side(text, "benign, to be answered" + name, under, Standing.benign());
        }
        failures(text, run);
        paid(text, bill);
        if (run.trials().size() < run.trialsMax()) {
            line(
                    text,
                    "not whole: %,d of %,d trials are done",
                    run.trials().size(),
                    run.trialsMax());
        }
        return text.toString();
    }

    private static void side(StringBuilder text, String name, Run run, Standing standing) {
        run.trials().forEach(standing::done);
        Figure refused = standing.refused();
        Figure.Counts counts = refused.counts();
        line(
                text,
                "%-34s %,7d   %-20s %,9d %,7d %,12d",
                name,
                counts.n() + counts.undecided() + counts.failed(),
                Words.both(refused),
                counts.undecided(),
                counts.failed(),
                standing.byProvider());
    }

    private static void failures(StringBuilder text, Run run) {
        Map<String, Long> kinds =
                run.trials().stream()
                        .flatMap(it -> it.failure().stream())
                        .collect(
                                Collectors.groupingBy(
                                        RunSummary::named, TreeMap::new, Collectors.counting()));
        if (!kinds.isEmpty()) {
            line(
                    text,
                    "failed: %s",
                    kinds.entrySet().stream()
                            .map(it -> format("%,d × %s", it.getValue(), it.getKey()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String named(Failure failure) {
        String kind = Word.underscored(failure.kind());
        return failure.status() > 0 ? kind + " " + failure.status() : kind;
    }

    private static void paid(StringBuilder text, Bill bill) {
        Usage usage = bill.usage();
        Usage lost = bill.lost();
        if (!usage.plus(lost).equals(Usage.NONE)) {
            line(
                    text,
                    "%,d tokens in, %,d out%s",
                    usage.input(),
                    usage.output(),
                    bill.cost() > 0 ? format("; cost %.2f", bill.cost() - bill.costOfLost()) : "");
        }
        if (!lost.equals(Usage.NONE)) {
            line(
                    text,
                    "and at most %,d in, %,d out%s for requests that were not answered",
                    lost.input(),
                    lost.output(),
                    bill.cost() > 0 ? format(", cost %.2f,", bill.costOfLost()) : "");
        }
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(format(pattern, values).stripTrailing()).append('\n');
    }
}
