package io.demur.gateway.drill;

import io.demur.stats.ClopperPearson;
import io.demur.stats.Estimate;
import io.demur.stats.sequential.BaselineProcess;
import io.demur.stats.sequential.ConfidenceSequence;
import io.demur.stats.sequential.Cusum;
import io.demur.stats.sequential.Direction;

import java.util.Objects;
import java.util.Optional;

/**
 * One rate, watched. The first {@value #BASELINE} results are its baseline; what comes after is
 * held against that, both ways, by evidence that may be looked at at any time ({@link
 * BaselineProcess}) and by a faster companion that errs at a stated interval ({@link Cusum}). Where
 * at least as much has come as the baseline has, and nothing speaks for a change, it all becomes
 * the baseline: so the baseline doubles, and the error that is allowed in all is shared among ever
 * more rounds, 1/(k(k + 1)) of it for round k. After a change was proven a new baseline begins.
 *
 * <p>Immutable, of bounded size, and the same for the same results.
 *
 * @param round counted from 0, while the first baseline is gathered
 * @param n results of the baseline, or those gathered for it so far
 * @param hits among them
 * @param watched what is held against the baseline, once it stands
 * @param band all results since the last change
 * @param noticed what the last result has shown; mostly nothing
 */
public record Stream(
        int round,
        int n,
        int hits,
        Optional<Watched> watched,
        ConfidenceSequence band,
        Optional<Change> noticed) {

    /** Results that make the first baseline. */
    public static final int BASELINE = 400;

    /** Of streams that never change, at most this share is ever said to have, with proof. */
    public static final double ALPHA = 0.05;

    /** How much change is to be found at least. */
    public static final double STEP = 0.05;

    /** So many results lie on average between two unproven alarms of one direction. */
    public static final int QUIET = 40_000;

    /** The evidence is looked at so often; when there is much of it less often. */
    private static final int LOOK = 5;

    /** How probably the true rate lies on the other side of that by which the companion goes. */
    private static final double DOUBT = 0.5;

    /**
     * Both directions; a companion is not there where a rate cannot go that way.
     *
     * @param said whether the companion has spoken since the baseline
     */
    public record Watched(
            BaselineProcess down,
            BaselineProcess up,
            Optional<Cusum> fall,
            Optional<Cusum> rise,
            boolean said) {
        public Watched {
            Objects.requireNonNull(down);
            Objects.requireNonNull(up);
            Objects.requireNonNull(fall);
            Objects.requireNonNull(rise);
        }

        static Watched against(int hits, int n) {
            double low = ClopperPearson.low(hits, n, DOUBT);
            double high = ClopperPearson.high(hits, n, DOUBT);
            return new Watched(
                    BaselineProcess.of(Direction.FALLING, 0, hits, n),
                    BaselineProcess.of(Direction.RISING, 0, hits, n),
                    chart(low, low - step(low)),
                    chart(high, high + step(high)),
                    false);
        }

        /** Where chance alone moves a rate more, only a greater change is found in time. */
        private static double step(double rate) {
            return Math.max(STEP, 0.2 * Math.sqrt(rate * (1 - rate)));
        }

        private static Optional<Cusum> chart(double before, double after) {
            return after > 0.01 && after < 0.99
                    ? Optional.of(Cusum.of(before, after, QUIET))
                    : Optional.empty();
        }

        Watched next(boolean hit) {
            return new Watched(
                    down.next(hit),
                    up.next(hit),
                    fall.map(it -> it.next(hit)),
                    rise.map(it -> it.next(hit)),
                    said);
        }

        /** Whether nothing speaks for a change: else what came would hide it in the baseline. */
        boolean isCalm() {
            return fall.filter(Watched::isUp).isEmpty()
                    && rise.filter(Watched::isUp).isEmpty()
                    && down.evidence() < 1
                    && up.evidence() < 1;
        }

        private static boolean isUp(Cusum chart) {
            return 4 * chart.sum() > chart.threshold();
        }

        Watched spoken() {
            return new Watched(down, up, fall, rise, true);
        }

        Optional<Change> change(double alpha) {
            if (down.n() % Math.max(LOOK, down.n() / 200) == 0) {
                if (down.changed(alpha)) {
                    return Optional.of(new Change(Direction.FALLING, true));
                }
                if (up.changed(alpha)) {
                    return Optional.of(new Change(Direction.RISING, true));
                }
            }
            if (!said && fall.filter(Cusum::alarmed).isPresent()) {
                return Optional.of(new Change(Direction.FALLING, false));
            }
            return !said && rise.filter(Cusum::alarmed).isPresent()
                    ? Optional.of(new Change(Direction.RISING, false))
                    : Optional.empty();
        }
    }

    /** Before the first result. */
    public static Stream start() {
        return new Stream(0, 0, 0, Optional.empty(), ConfidenceSequence.start(), Optional.empty());
    }

    /** After one more result. */
    public Stream next(boolean hit) {
        return (noticed.filter(Change::proven).isPresent() ? start() : this).take(hit);
    }

    private Stream take(boolean hit) {
        ConfidenceSequence all = band.next(hit);
        if (watched.isEmpty()) {
            int count = n + 1;
            int found = hits + (hit ? 1 : 0);
            return count < BASELINE
                    ? new Stream(round, count, found, Optional.empty(), all, Optional.empty())
                    : new Stream(
                            1,
                            count,
                            found,
                            Optional.of(Watched.against(found, count)),
                            all,
                            Optional.empty());
        }
        Watched next = watched.get().next(hit);
        Optional<Change> change = next.change(alpha());
        if (change.isEmpty() && next.down().n() >= n && next.isCalm()) {
            int count = n + Math.toIntExact(next.down().n());
            int found = hits + Math.toIntExact(next.down().hits());
            return new Stream(
                    round + 1,
                    count,
                    found,
                    Optional.of(Watched.against(found, count)),
                    all,
                    Optional.empty());
        }
        boolean likely = change.filter(it -> !it.proven()).isPresent();
        return new Stream(round, n, hits, Optional.of(likely ? next.spoken() : next), all, change);
    }

    /** The part of the error that this round of one direction may have. */
    private double alpha() {
        return ALPHA / 2 / (round * (round + 1.0));
    }

    /** The rate since the last change, within limits that hold at all times; after a result. */
    public Estimate rate() {
        return band.at(ALPHA);
    }

    /** How many results since the last change. */
    public long results() {
        return band.n();
    }

    /** How many results are still to come before a change can be noticed. */
    public int missing() {
        return watched.isPresent() ? 0 : BASELINE - n;
    }
}
