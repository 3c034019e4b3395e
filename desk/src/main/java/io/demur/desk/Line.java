package io.demur.desk;

import io.demur.stats.Estimate;
import io.demur.stats.Wilson;
import io.demur.store.Ending;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the ledger: what refusing cost and prevented under one policy, in one category, of
 * one project or one model.
 *
 * @param name of what; empty where the exchanges name none
 * @param counts each of them, zeros included
 * @param took how long exchanges took that ended so, where there were any
 * @param added how much of that the gateway itself took, where that is known of any
 */
public record Line(
        String name, Map<Count, Long> counts, Map<Ending, Spent> took, Optional<Added> added) {

    /**
     * How long exchanges took, from the attempt to the outcome: the whole time, the model's own
     * included.
     *
     * @param median the one at the middle of all of them in order
     * @param p95 the one that 95 of 100 do not exceed
     */
    public record Spent(Duration median, Duration p95) {}

    /**
     * How long the gateway itself took of exchanges, however they ended: waiting neither for the
     * model nor for the caller.
     *
     * @param known of how many of them that is known
     * @param median as of {@link Spent}
     * @param p95 as of {@link Spent}
     */
    public record Added(long known, Duration median, Duration p95) {}

    private static final List<Count> DECLINED =
            List.of(Count.DECLINED_BY_GATEWAY, Count.DECLINED_BY_PROVIDER, Count.DECLINED_BY_MODEL);

    public Line {
        EnumMap<Count, Long> all = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            all.put(count, counts.getOrDefault(count, 0L));
        }
        counts = Map.copyOf(all);
        took = Map.copyOf(took);
    }

    /** One without a request. */
    static Line empty() {
        return new Line("", Map.of(), Map.of(), Optional.empty());
    }

    /** One of the counts. */
    public long of(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** How many were declined, by whomever. */
    public long declined() {
        return DECLINED.stream().mapToLong(this::of).sum();
    }

    /** Of how many the answer was kept back, all of it or a part. */
    public long keptBack() {
        return declined() + of(Count.HELD) + of(Count.PARTIAL);
    }

    /** Of what was kept back, the share that was asked elsewhere. */
    public Optional<Estimate> around() {
        return share(of(Count.ROUTED_AROUND), keptBack());
    }

    /** Of the appeals that were decided, the share that was upheld. */
    public Optional<Estimate> upheld() {
        return share(of(Count.UPHELD), of(Count.UPHELD) + of(Count.DENIED));
    }

    /** Of what was kept back, the share that went to another class of model. */
    public Optional<Estimate> left() {
        return share(of(Count.LEFT), keptBack());
    }

    /** Of those of whom it is known, the share that asked nothing more in that conversation. */
    public Optional<Estimate> abandoned() {
        return share(of(Count.ABANDONED), of(Count.OBSERVED));
    }

    /** What its two rates say together. */
    public Reading reading() {
        return Reading.of(around(), upheld());
    }

    private static Optional<Estimate> share(long some, long all) {
        return all == 0
                ? Optional.empty()
                : Optional.of(Wilson.estimate((double) some / all, all, (double) all));
    }
}
