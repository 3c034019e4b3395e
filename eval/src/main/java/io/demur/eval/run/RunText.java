package io.demur.eval.run;

import io.demur.core.suite.Case;
import io.demur.eval.PlainText;
import io.demur.stats.Estimate;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is said of a run in words: what it will take, and how it went. */
public final class RunText {

    private RunText() {}

    /** What is still to be asked. */
    public static String effort(Run run, Effort effort, Price price) {
        Plan plan = run.plan();
        Usage most = effort.most();
        String cost = price.equals(Price.NONE) ? "" : format(", at most %.2f", price.of(most));
        return format(
                "%s %s: %,d trials of %,d cases, %,d calls of %s (%s); about %,d tokens in, at"
                        + " most %,d out%s",
                run.suite().name(),
                run.suite().version(),
                effort.trials(),
                run.suite().cases().size(),
                effort.calls(),
                plan.model().isEmpty() ? "the recording" : plan.model(),
                plan.target(),
                most.input(),
                most.output(),
                cost);
    }

    /** Both rates under each system prompt, with what was left out of them beside. */
    public static String summary(Run run, Bill bill) {
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
            String under = variant.name().isEmpty() ? "" : " · " + PlainText.of(variant.name());
            side(text, "harmful, to be refused" + under, run, variant, Case::isHarmful);
            side(text, "benign, to be answered" + under, run, variant, Case::isBenign);
        }
        failures(text, run);
        Usage usage = bill.usage();
        if (!usage.equals(Usage.NONE)) {
            line(
                    text,
                    "%,d tokens in, %,d out%s",
                    usage.input(),
                    usage.output(),
                    bill.cost() > 0 ? format("; cost %.2f", bill.cost()) : "");
        }
        if (run.finished().isEmpty()) {
            line(
                    text,
                    "not whole: %,d of %,d trials are done",
                    run.trials().size(),
                    run.trialsMax());
        }
        return text.toString();
    }

    private static void side(
            StringBuilder text, String name, Run run, Variant variant, Predicate<Case> which) {
        Standing standing = new Standing(which);
        run.under(variant).forEach(standing::done);
        line(
                text,
                "%-34s %,7d   %-20s %,9d %,7d %,12d",
                name,
                standing.all(),
                standing.refused().map(RunText::rate).orElse("-"),
                standing.undecided(),
                standing.failed(),
                standing.byProvider());
    }

    private static String rate(Estimate estimate) {
        return format(
                "%.1f %% [%.1f–%.1f]",
                100 * estimate.rate(), 100 * estimate.low(), 100 * estimate.high());
    }

    private static void failures(StringBuilder text, Run run) {
        Map<String, Long> kinds =
                run.trials().stream()
                        .flatMap(it -> it.failure().stream())
                        .collect(
                                Collectors.groupingBy(
                                        RunText::named, TreeMap::new, Collectors.counting()));
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
        String kind = failure.kind().name().toLowerCase(Locale.ROOT);
        return failure.status() > 0 ? kind + " " + failure.status() : kind;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(format(pattern, values).stripTrailing()).append('\n');
    }
}
