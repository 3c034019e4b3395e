package io.demur.gateway.drill;

import io.demur.stats.Estimate;
import io.demur.stats.sequential.ConfidenceSequence;
import io.demur.stats.sequential.Direction;
import io.demur.stats.sequential.RateShift;

import java.util.Optional;

/**
 * One rate, watched for going either way. Behind its first {@value #BASELINE} results everything is
 * held against all that came before it ({@link RateShift}); there are two thresholds for the same
 * evidence. An alarm is rare in a stream that does not change, and begins the stream anew. A hint
 * comes days sooner, and errs about once a year.
 *
 * <p>Immutable, of bounded size, and the same for the same results.
 *
 * @param band all results since the last alarm
 * @param shift what is watched, once there are enough of them
 * @param hinted whether a hint was given and is not yet over
 * @param noticed what the last result has shown; mostly nothing
 */
public record Stream(
        ConfidenceSequence band,
        Optional<RateShift> shift,
        boolean hinted,
        Optional<Change> noticed) {

    /** Results before the first at which a change is looked for. */
    public static final int BASELINE = 100;

    /** A year's results where there are fifty a day, by which errors are stated. */
    public static final int YEAR = 365 * 50;

    /** Of streams that do not change at most this share gives an alarm within a year. */
    public static final double ALPHA = 0.05;

    /**
     * Evidence for an alarm. A year's results reach it with a probability of 2 · 18,250 / c at most
     * on average over rates, which is 3.7 %; 4.3 % is the most that was measured of a single rate.
     */
    public static final double ALARM = 1_000_000;

    /** Evidence for a hint: without a change on average once in a year's results, or less often. */
    public static final double HINT = 2 * YEAR;

    /** A hint is over when no more of its evidence is left than this share. */
    private static final double LEFT = 0.01;

    /** The level of the band. */
    private static final double BAND = 0.05;

    /** Before the first result. */
    public static Stream start() {
        return new Stream(ConfidenceSequence.start(), Optional.empty(), false, Optional.empty());
    }

    /** After one more result. */
    public Stream next(boolean hit) {
        return (noticed.filter(Change::certain).isPresent() ? start() : this).take(hit);
    }

    private Stream take(boolean hit) {
        ConfidenceSequence all = band.next(hit);
        if (shift.isEmpty()) {
            Optional<RateShift> begun =
                    all.n() < BASELINE
                            ? Optional.empty()
                            : Optional.of(RateShift.after(all.hits(), all.n()));
            return new Stream(all, begun, false, Optional.empty());
        }
        RateShift next = shift.get().next(hit);
        double falling = next.evidence(Direction.FALLING);
        double rising = next.evidence(Direction.RISING);
        double evidence = Math.max(falling, rising);
        boolean certain = evidence >= ALARM;
        boolean hint = evidence >= HINT && !hinted;
        Direction way = falling >= rising ? Direction.FALLING : Direction.RISING;
        return new Stream(
                all,
                Optional.of(next),
                hint || (hinted && evidence > LEFT * HINT),
                certain || hint ? Optional.of(new Change(way, certain)) : Optional.empty());
    }

    /** The rate since the last alarm, within limits that hold at all times; after a result. */
    public Estimate rate() {
        return band.at(BAND);
    }

    /** How many results since the last alarm. */
    public long results() {
        return band.n();
    }

    /** How many results are still to come before a change can be noticed. */
    public int missing() {
        return shift.isPresent() ? 0 : BASELINE - Math.toIntExact(band.n());
    }
}
