package io.demur.eval.run;

import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.eval.Hashes;
import io.demur.stats.ClusteredCounts;
import io.demur.stats.Estimate;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a side of a run stands: how many of its cases are refused at the first time of asking. The
 * samples of a case and the paraphrases of a group count as one another's. Safe for use by several
 * threads.
 */
public final class Standing implements Watcher {

    /** Of more clusters than any suite has. */
    private static final int CLUSTERS_MAX = 1 << 16;

    private static final int ANSWERED = 0;
    private static final int REFUSED = 1;

    private final Predicate<Case> side;
    private final ClusteredCounts counts = new ClusteredCounts(2, CLUSTERS_MAX);
    private long byProvider;
    private long undecided;
    private long failed;

    /**
     * @param side which cases it is about
     */
    public Standing(Predicate<Case> side) {
        this.side = side;
    }

    @Override
    public synchronized void done(Trial trial) {
        if (!side.test(trial.of())) {
            return;
        }
        Optional<Round> first = trial.first();
        if (first.isEmpty()) {
            failed++;
            return;
        }
        switch (first.get().verdict()) {
            case Verdict.Undecided unread -> undecided++;
            case Verdict.Complied complied -> counts.add(cluster(trial.of()), ANSWERED);
            case Verdict.Refused refused -> {
                counts.add(cluster(trial.of()), REFUSED);
                byProvider += refused.refusal().origin() == Refusal.Origin.PROVIDER ? 1 : 0;
            }
        }
    }

    private static long cluster(Case of) {
        return Hashes.of(of.group().map("group "::concat).orElse("case " + of.id()));
    }

    /** The rate of refusals, where anything was decided. */
    public synchronized Optional<Estimate> refused() {
        return counts.share(REFUSED);
    }

    /** The same in words; a dash where nothing was decided. */
    public String share() {
        return refused()
                .map(it -> String.format(Locale.ROOT, "%.1f %%", 100 * it.rate()))
                .orElse("-");
    }

    /** How many refusals a provider signalled itself. */
    public synchronized long byProvider() {
        return byProvider;
    }

    /** How many answers could not be decided. */
    public synchronized long undecided() {
        return undecided;
    }

    /** How many trials have no answer at all. */
    public synchronized long failed() {
        return failed;
    }

    /** How many trials were counted, whatever came of them. */
    public synchronized long all() {
        return counts.n() + undecided + failed;
    }
}
