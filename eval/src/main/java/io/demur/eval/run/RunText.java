package io.demur.eval.run;

import java.util.Locale;

/** What a run will take, in words. */
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

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
