package io.demur.desk;

import io.demur.stats.Confusion;
import io.demur.stats.Estimate;
import io.demur.stats.Interval;
import io.demur.stats.Kappa;
import io.demur.stats.Wilson;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.Said;
import io.demur.store.ReviewCase.State;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How it stands with the queue and with those who look at it.
 *
 * @param open how many nobody has decided, by kind; known cases count as samples
 * @param oldest when the oldest of them came
 * @param late how many of them should have been decided by now
 * @param ages of them
 * @param reviewers what each has done
 * @param agreement of first and second looks
 * @param reversals by hazard, {@code none} where none was named
 */
public record Statistics(
        Map<Kind, Integer> open,
        Optional<Instant> oldest,
        int late,
        Ages ages,
        Map<String, Work> reviewers,
        Agreement agreement,
        Map<String, Reversals> reversals) {

    /** Ages by nearest rank; nothing where nothing waits. */
    public record Ages(Optional<Duration> half, Optional<Duration> ninety, Optional<Duration> all) {
        static Ages of(List<Duration> sorted) {
            return new Ages(rank(sorted, 0.5), rank(sorted, 0.9), rank(sorted, 1));
        }

        private static Optional<Duration> rank(List<Duration> sorted, double share) {
            return sorted.isEmpty()
                    ? Optional.empty()
                    : Optional.of(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
        }
    }

    /**
     * What somebody has done.
     *
     * @param decided how often, known cases included
     * @param second of these, how many were second looks
     * @param seeded of these, how many were known cases
     * @param missed of the known ones, how many they decided wrongly
     */
    public record Work(int decided, int second, int seeded, int missed) {

        private Work and(boolean again, Optional<String> right, Said said) {
            return new Work(
                    decided + 1,
                    second + (again ? 1 : 0),
                    seeded + (right.isPresent() ? 1 : 0),
                    missed + (right.filter(it -> !it.equals(said.decision())).isPresent() ? 1 : 0));
        }
    }

    /**
     * How far two who look at the same case independently say the same.
     *
     * @param cases that two have looked at
     * @param same on which both said the same
     * @param kappa Cohen's; nothing where it cannot be told
     */
    public record Agreement(long cases, long same, Optional<Interval> kappa) {}

    /**
     * How often people said that what was done was wrong.
     *
     * @param decided how many cases
     * @param reversed of these
     */
    public record Reversals(int decided, int reversed) {

        /** The share with its interval. */
        public Optional<Estimate> share() {
            return decided == 0
                    ? Optional.empty()
                    : Optional.of(Wilson.estimate((double) reversed / decided, decided, decided));
        }
    }

    /**
     * That of what waits now, and of what was said.
     *
     * @param said cases of which somebody has said something since then; what was said of them
     *     before does not count
     */
    static Statistics of(
            List<ReviewCase> waiting, List<ReviewCase> said, Instant since, Instant now) {
        Map<Kind, Integer> open = new EnumMap<>(Kind.class);
        List<Duration> ages = new ArrayList<>();
        int late = 0;
        for (ReviewCase each : waiting) {
            open.merge(CaseView.shown(each.kind()), 1, Integer::sum);
            ages.add(Duration.between(each.created(), now));
            late += each.due().isBefore(now) ? 1 : 0;
        }
        ages.sort(null);
        Map<String, Work> reviewers = new TreeMap<>();
        Map<String, Reversals> reversals = new TreeMap<>();
        Confusion looks = new Confusion(2);
        for (ReviewCase each : said) {
            Optional<String> right = Seeded.right(each);
            for (int i = 0; i < each.said().size(); i++) {
                Said it = each.said().get(i);
                boolean again = i > 0 && each.kind() != Kind.HOLD;
                if (it.at().isBefore(since)) {
                    continue;
                }
                reviewers.compute(
                        it.reviewer(),
                        (who, so) ->
                                (so == null ? new Work(0, 0, 0, 0) : so).and(again, right, it));
            }
            boolean real = each.kind() != Kind.SEEDED;
            // a case that two have looked at counts when the second has
            if (real
                    && each.kind() != Kind.HOLD
                    && each.said().size() > 1
                    && !each.said().get(1).at().isBefore(since)) {
                looks.add(reversed(each.said().get(0)), reversed(each.said().get(1)));
            }
            if (real && each.state() == State.DECIDED && !each.said().isEmpty()) {
                reversals.merge(
                        each.hazard().orElse("none"),
                        new Reversals(1, reversed(each.said().getLast())),
                        (a, b) ->
                                new Reversals(
                                        a.decided() + b.decided(), a.reversed() + b.reversed()));
            }
        }
        return new Statistics(
                open,
                waiting.stream().map(ReviewCase::created).min(Instant::compareTo),
                late,
                Ages.of(ages),
                reviewers,
                new Agreement(looks.n(), looks.count(0, 0) + looks.count(1, 1), Kappa.of(looks)),
                reversals);
    }

    /** Who releases what is held says as well that it should have been answered. */
    private static int reversed(Said said) {
        return said.decision().equals("overturn") || said.decision().equals("release") ? 1 : 0;
    }
}
