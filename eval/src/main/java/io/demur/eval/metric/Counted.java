package io.demur.eval.metric;

import io.demur.core.suite.Case;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.metric.Figure.Counts;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.stats.ClusteredCounts;
import io.demur.stats.Share;
import io.demur.stats.Wilson;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A question with two answers, counted over trials: how often yes, how often at all, and how often
 * it could not be told. What was answered to one case, to the two of a pair or to those of a group
 * of paraphrases is a cluster: it is not independent. Not safe for use by several threads.
 */
final class Counted {

    /** More than any suite has. */
    private static final int CLUSTERS_MAX = 1 << 20;

    private static final int NO = 0;
    private static final int YES = 1;

    private final ClusteredCounts counts = new ClusteredCounts(2, CLUSTERS_MAX);
    private final Map<String, Long> clusters = new HashMap<>();
    private long undecided;
    private long failed;

    /** The question of the first answers to some cases. */
    static Counted first(Run run, Predicate<Case> cases, Predicate<Round> question) {
        Counted counted = new Counted();
        for (Trial trial : run.trials()) {
            if (cases.test(trial.of())) {
                counted.addFirst(trial, question);
            }
        }
        return counted;
    }

    /** Counts the first answer of a trial. */
    void addFirst(Trial trial, Predicate<Round> question) {
        if (trial.first().isEmpty()) {
            failed++;
        } else {
            add(trial.of(), trial.first().get(), question);
        }
    }

    /** Counts an answer. */
    void add(Case of, Round answer, Predicate<Round> question) {
        if (answer.decided()) {
            add(of, question.test(answer));
        } else {
            undecided++;
        }
    }

    /** Counts something that could be told. */
    void add(Case of, boolean yes) {
        counts.add(number(of), yes ? YES : NO);
    }

    /** Counts something that came and could not be told. */
    void addUndecided() {
        undecided++;
    }

    /** Counts something that did not come. */
    void addFailed() {
        failed++;
    }

    private long number(Case of) {
        return clusters.computeIfAbsent(of.cluster(), c -> (long) clusters.size());
    }

    /** Whether there was anything to count, told or not. */
    boolean isEmpty() {
        return counts.n() + undecided + failed == 0;
    }

    Counts counts() {
        return new Counts(counts.n(), undecided, failed);
    }

    /** The share of yes with what it is worth; empty where nothing could be told. */
    Optional<Share> worth() {
        // each on its own: nothing has to be estimated of how they hang together
        return counts.n() == clusters.size() && counts.n() > 0
                ? Optional.of(Share.of(counts.count(YES), counts.n()))
                : counts.worth(YES);
    }

    /** The share of yes as a figure. */
    Figure share(Better better, String... path) {
        return Figure.share(
                better,
                worth().map(s -> Wilson.estimate(s.rate(), counts.n(), s.worth())),
                counts(),
                List.of(path));
    }
}
