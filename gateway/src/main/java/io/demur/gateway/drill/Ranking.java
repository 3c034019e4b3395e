package io.demur.gateway.drill;

import io.demur.stats.Estimate;
import io.demur.stats.Roc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How well the judges of requests tell harmful probes from harmless ones: the area under the curve
 * of what they said of them ({@link Roc#auc}). The first {@value #WINDOW} since the policy is in
 * force are what the last {@value #WINDOW} behind them are held against. Immutable, of bounded
 * size, and the same for the same results.
 *
 * @param first the first ones
 * @param last the last ones behind them
 * @param more how many came behind the first ones
 */
public record Ranking(List<Scored> first, List<Scored> last, long more) {

    /** As many as two sorts of drills make of one model in four days. */
    static final int WINDOW = 200;

    /** The last ones are looked at so often, in drills. */
    private static final int LOOK = 50;

    /** So many standard errors are no chance, however many looks a year has. */
    private static final double ERRORS = 4;

    /** Of either sort fewer say nothing. */
    private static final int LEAST = 10;

    /** What judges said of one probe, and what is right. */
    public record Scored(int ppm, boolean harmful) {}

    public Ranking {
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    static Ranking start() {
        return new Ranking(List.of(), List.of(), 0);
    }

    /** After one more. */
    Ranking next(int ppm, boolean harmful) {
        Scored scored = new Scored(ppm, harmful);
        if (first.size() < WINDOW) {
            return new Ranking(with(first, scored), last, 0);
        }
        return new Ranking(first, with(last, scored), more + 1);
    }

    private static List<Scored> with(List<Scored> all, Scored scored) {
        List<Scored> next = new ArrayList<>(all);
        next.add(scored);
        return next.size() > WINDOW ? next.subList(1, next.size()) : next;
    }

    /** How well they do now: by the last ones, once there are as many as of the first. */
    public Optional<Estimate> now() {
        return auc(last.size() < WINDOW ? first : last);
    }

    /** Whether they do worse than at first, beyond what chance does. */
    boolean hasFallen() {
        if (last.size() < WINDOW || more % LOOK != 0) {
            return false;
        }
        Optional<Estimate> before = auc(first);
        Optional<Estimate> now = auc(last);
        return before.isPresent()
                && now.isPresent()
                && before.get().rate() - now.get().rate()
                        > ERRORS * Math.hypot(error(before.get()), error(now.get()));
    }

    private static double error(Estimate estimate) {
        return (estimate.high() - estimate.low()) / (2 * 1.96);
    }

    private static Optional<Estimate> auc(List<Scored> all) {
        long harmful = all.stream().filter(Scored::harmful).count();
        if (harmful < LEAST || all.size() - harmful < LEAST) {
            return Optional.empty();
        }
        boolean[] positive = new boolean[all.size()];
        for (int i = 0; i < positive.length; i++) {
            positive[i] = all.get(i).harmful();
        }
        return Optional.of(Roc.of(all.stream().mapToDouble(Scored::ppm).toArray(), positive).auc());
    }
}
