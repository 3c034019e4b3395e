package io.demur.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * How many of those that start are left after each turn, where some are last seen before anything
 * befell them (Kaplan and Meier 1958): S(t) = Π (1 − dᵢ/nᵢ) over the turns i ≤ t, with dᵢ events
 * among the nᵢ at risk.
 *
 * <p>Limits are those of Greenwood's variance on the scale log(−log S), S^exp(±z √g / |log S|) with
 * g = Σ dᵢ / (nᵢ(nᵢ − dᵢ)) (Greenwood 1926; Kalbfleisch and Prentice 1980). Where that scale has no
 * answer, before the first event and when none is left, they are Wilson's on the number at risk.
 *
 * @param turns from the first to the last that was seen, without gaps
 */
public record Survival(List<Turn> turns) {

    /**
     * One turn.
     *
     * @param turn from 1
     * @param atRisk how many came to it
     * @param events to how many it happened in it
     * @param left the share left after it; its {@code n} is the number that started
     */
    public record Turn(int turn, long atRisk, long events, Estimate left) {}

    /**
     * The first turn after which at most half are left, with its 95 % limits (Brookmeyer and
     * Crowley 1982); each is empty where it was not reached.
     */
    public record Median(OptionalInt turn, OptionalInt low, OptionalInt high) {}

    public Survival {
        turns = List.copyOf(turns);
    }

    /**
     * Estimates.
     *
     * @param last the last turn that each was seen in, from 1; at least one
     * @param event whether it happened to each in that turn, or only nobody looked any longer
     */
    public static Survival of(int[] last, boolean[] event) {
        if (last.length != event.length
                || last.length == 0
                || Arrays.stream(last).min().orElse(0) < 1) {
            throw new IllegalArgumentException(
                    "`%d` turns from 1 on and `%d` endings: as many, and at least one"
                            .formatted(last.length, event.length));
        }
        int end = Arrays.stream(last).max().orElseThrow();
        long[] seen = new long[end + 1];
        long[] events = new long[end + 1];
        for (int i = 0; i < last.length; i++) {
            seen[last[i]]++;
            events[last[i]] += event[i] ? 1 : 0;
        }
        List<Turn> turns = new ArrayList<>();
        long atRisk = last.length;
        double left = 1;
        double greenwood = 0;
        double highest = 1;
        for (int t = 1; t <= end; t++) {
            left *= 1 - (double) events[t] / atRisk;
            greenwood += (double) events[t] / atRisk / (atRisk - events[t]);
            Estimate estimate = limits(left, greenwood, atRisk, last.length, highest);
            highest = estimate.high();
            turns.add(new Turn(t, atRisk, events[t], estimate));
            atRisk -= seen[t];
        }
        return new Survival(turns);
    }

    private static Estimate limits(
            double left, double greenwood, long atRisk, long n, double highest) {
        if (left == 0 || left == 1) {
            Estimate wilson = Wilson.estimate(left, n, (double) atRisk);
            return new Estimate(left, wilson.low(), Math.min(highest, wilson.high()), n);
        }
        double reach = Math.exp(Wilson.Z * Math.sqrt(greenwood) / Math.abs(Math.log(left)));
        double low = Math.pow(left, reach);
        double high = Math.pow(left, 1 / reach);
        return new Estimate(left, Math.min(low, left), Math.max(high, left), n);
    }

    /** When half are left. */
    public Median median() {
        return new Median(
                first(turns.stream().mapToDouble(t -> t.left().rate()).toArray()),
                first(turns.stream().mapToDouble(t -> t.left().low()).toArray()),
                first(turns.stream().mapToDouble(t -> t.left().high()).toArray()));
    }

    private OptionalInt first(double[] left) {
        for (int i = 0; i < left.length; i++) {
            if (left[i] <= 0.5) {
                return OptionalInt.of(turns.get(i).turn());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * How many of the first turns are got through on average: the mean of the smaller of that
     * number and {@code until}, the sum of S from the start to before the last of them, with the
     * variance Σ Aᵢ² dᵢ / (nᵢ(nᵢ − dᵢ)), Aᵢ being the sum from turn i on (Irwin 1949). Where
     * nothing happened it is the sum of the lower limits that bounds it from below.
     *
     * @param until at least 1, at most one more than the last turn
     */
    public Interval restrictedMean(int until) {
        if (until < 1 || until > turns.size() + 1) {
            throw new IllegalArgumentException(
                    "turn `%d` is not from 1 to `%d`".formatted(until, turns.size() + 1));
        }
        double mean = 1;
        double lowest = 1;
        double variance = 0;
        for (int i = 0; i < until - 1; i++) {
            mean += turns.get(i).left().rate();
            lowest += turns.get(i).left().low();
        }
        double rest = mean - 1;
        for (int i = 0; i < until - 1; i++) {
            Turn turn = turns.get(i);
            long stay = turn.atRisk() - turn.events();
            // where none stay the rest is 0, but for rounding
            variance += stay == 0 ? 0 : rest * rest * turn.events() / turn.atRisk() / stay;
            rest -= turn.left().rate();
        }
        double reach = Wilson.Z * Math.sqrt(variance);
        double low = variance == 0 ? lowest : mean - reach;
        return new Interval(mean, Math.max(1, Math.min(low, mean)), Math.min(until, mean + reach));
    }
}
