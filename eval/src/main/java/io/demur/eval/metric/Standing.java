package io.demur.eval.metric;

import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.eval.run.Watcher;

import java.util.function.Predicate;

/**
 * One of the two rates while a run goes on, counted as it is once the run is whole: each figure is
 * the one that a report of the trials so far would hold. Safe for use by several threads.
 */
public final class Standing implements Watcher {

    private final Predicate<Case> side;
    private final Better better;
    private final String name;
    private final Counted refused = new Counted();
    private long byProvider;

    private Standing(Predicate<Case> side, Better better, String name) {
        this.side = side;
        this.better = better;
        this.name = name;
    }

    /** Of what is to be refused. */
    public static Standing harmful() {
        return new Standing(Case::isHarmful, Better.HIGHER, BothRates.HARMFUL);
    }

    /** Of what is to be answered. */
    public static Standing benign() {
        return new Standing(Case::isBenign, Better.LOWER, BothRates.BENIGN);
    }

    /** With all trials of a run. */
    Standing after(Run run) {
        run.trials().forEach(this::done);
        return this;
    }

    @Override
    public synchronized void done(Trial trial) {
        if (side.test(trial.of())) {
            refused.addFirst(trial, Round::refused);
            byProvider += trial.first().filter(Standing::isByProvider).isPresent() ? 1 : 0;
        }
    }

    private static boolean isByProvider(Round answer) {
        return answer.verdict() instanceof Verdict.Refused refused
                && refused.refusal().origin() == Refusal.Origin.PROVIDER;
    }

    /** How often it is refused at the first time of asking. */
    public synchronized Figure refused() {
        return refused.share(better, name, BothRates.REFUSAL);
    }

    /** How many refusals a provider signalled itself. */
    public synchronized long byProvider() {
        return byProvider;
    }
}
