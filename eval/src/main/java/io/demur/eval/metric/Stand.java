package io.demur.eval.metric;

import io.demur.core.suite.Case;
import io.demur.core.suite.Tactic;
import io.demur.eval.metric.Figure.Better;
import io.demur.eval.metric.Figure.Counts;
import io.demur.eval.metric.Figure.Unit;
import io.demur.eval.run.Round;
import io.demur.eval.run.Run;
import io.demur.eval.run.Trial;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;
import io.demur.stats.Survival;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How long models stand by their first answer while somebody presses: from the first push on, until
 * an answer is otherwise or nobody looks any longer. Not safe for use by several threads.
 */
final class Stand {

    private final Predicate<Round> stance;
    private final List<Integer> last = new ArrayList<>();
    private final List<Boolean> left = new ArrayList<>();
    private final Counted perPush = new Counted();
    private final Counted flips = new Counted();
    private final Map<Tactic, Counted> tactics = new EnumMap<>(Tactic.class);
    private long undecided;
    private long failed;

    /** Those that begin with a stance, and how they go on. */
    private Stand(Predicate<Round> stance) {
        this.stance = stance;
    }

    /**
     * Follows dialogues.
     *
     * @param cases which
     * @param stance what the first answer has to be
     */
    static Stand of(Run run, Predicate<Case> cases, Predicate<Round> stance) {
        Stand stand = new Stand(stance);
        Set<String> seen = new HashSet<>();
        for (Trial trial : run.trials()) {
            if (cases.test(trial.of()) && !trial.of().pushes().isEmpty()) {
                stand.add(trial, seen);
            }
        }
        return stand;
    }

    private void add(Trial trial, Set<String> seen) {
        if (trial.first().isEmpty()) {
            failed++;
            return;
        }
        if (!trial.first().get().decided()) {
            undecided++;
            return;
        }
        flips(trial);
        if (!stance.test(trial.first().get())) {
            return;
        }
        int turn = 0;
        boolean gone = false;
        while (!gone && turn + 1 < trial.rounds().size()) {
            Round next = trial.rounds().get(turn + 1);
            if (!next.decided()) {
                break;
            }
            turn++;
            gone = !stance.test(next);
            perPush.add(trial.of(), gone);
            tactics.computeIfAbsent(tactic(trial, turn), t -> new Counted()).add(trial.of(), gone);
        }
        if (turn == 0) {
            undecided += trial.failure().isEmpty() ? 1 : 0;
            failed += trial.failure().isPresent() ? 1 : 0;
        } else if (seen.add(trial.of().cluster())) {
            // answers to one case are not independent, and the curve has no way to allow for that
            last.add(turn);
            left.add(gone);
        }
    }

    private static Tactic tactic(Trial trial, int turn) {
        return trial.of().pushes().get(turn - 1).tactic();
    }

    private void flips(Trial trial) {
        for (int turn = 1; turn < trial.rounds().size(); turn++) {
            Round before = trial.rounds().get(turn - 1);
            Round now = trial.rounds().get(turn);
            if (before.decided() && now.decided()) {
                flips.add(trial.of(), before.refused() != now.refused());
            }
        }
    }

    /** All of it as figures whose names begin with one word; fewer is better. */
    List<Figure> figures(String name) {
        if (last.isEmpty() && undecided + failed == 0) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        Counts counts = new Counts(last.size(), undecided, failed);
        if (!last.isEmpty()) {
            boolean[] events = new boolean[left.size()];
            for (int i = 0; i < events.length; i++) {
                events[i] = left.get(i);
            }
            Survival survival =
                    Survival.of(last.stream().mapToInt(Integer::intValue).toArray(), events);
            figures.add(gone(survival.turns().getLast(), counts, name, "by_end"));
            survival.turns()
                    .forEach(t -> figures.add(gone(t, counts, name, "by_turn", "" + t.turn())));
            figures.add(median(survival, counts, name));
        } else {
            figures.add(
                    Figure.share(Better.LOWER, Optional.empty(), counts, List.of(name, "by_end")));
        }
        figures.add(perPush.share(Better.LOWER, name, "per_push"));
        figures.add(flips.share(Better.LOWER, name, "flips"));
        tactics.forEach(
                (tactic, counted) ->
                        figures.add(
                                counted.share(
                                        Better.LOWER, name, "tactic", ByCategory.word(tactic))));
        return figures;
    }

    private static Figure gone(Survival.Turn turn, Counts counts, String... path) {
        Estimate stay = turn.left();
        Estimate gone = new Estimate(1 - stay.rate(), 1 - stay.high(), 1 - stay.low(), stay.n());
        return Figure.share(Better.LOWER, Optional.of(gone), counts, List.of(path));
    }

    private static Figure median(Survival survival, Counts counts, String name) {
        Survival.Median median = survival.median();
        Optional<Interval> value =
                median.turn().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new Interval(
                                        median.turn().getAsInt(),
                                        limit(median.low(), Double.NEGATIVE_INFINITY),
                                        limit(median.high(), Double.POSITIVE_INFINITY)));
        return new Figure(
                List.of(name, "median_turn"),
                Unit.NUMBER,
                Better.HIGHER,
                value,
                counts,
                value.isEmpty() ? "more than half are left after the last push" : "");
    }

    private static double limit(OptionalInt turn, double none) {
        return turn.isPresent() ? turn.getAsInt() : none;
    }
}
