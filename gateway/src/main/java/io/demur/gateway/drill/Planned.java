package io.demur.gateway.drill;

import io.demur.stats.sequential.Direction;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * How many days pass until a fall is noticed, by simulation of {@link Stream}s whose baseline
 * stands. Infinite where it was not noticed in time.
 *
 * @param baseline days until the baseline stands
 * @param likely median days until something is said
 * @param likelyNinth days within which nine of ten say something
 * @param proven median days until it is proven
 * @param provenNinth days within which nine of ten have proven it
 */
public record Planned(
        double baseline, double likely, double likelyNinth, double proven, double provenNinth) {

    private static final int RUNS = 200;
    private static final int MOST = 6_000;

    /**
     * Simulates; the same numbers give the same days.
     *
     * @param rate the rate now, above 0
     * @param fall by how much it falls, above 0 and at most {@code rate}
     * @param aDay results of the stream each day, at least 1
     */
    public static Planned of(double rate, double fall, int aDay) {
        if (!(0 < fall && fall <= rate && rate <= 1) || aDay < 1) {
            throw new IllegalArgumentException(
                    "a fall by `%s` from `%s`, `%d` a day: the fall should be above 0 and at most"
                                    .formatted(fall, rate, aDay)
                            + " the rate, which is at most 1");
        }
        SplittableRandom random = new SplittableRandom(7);
        double[] likely = new double[RUNS];
        double[] proven = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long[] found = run(random.split(), rate, rate - fall);
            likely[run] = found[0] == 0 ? Double.POSITIVE_INFINITY : (double) found[0] / aDay;
            proven[run] = found[1] == 0 ? Double.POSITIVE_INFINITY : (double) found[1] / aDay;
        }
        Arrays.sort(likely);
        Arrays.sort(proven);
        return new Planned(
                (double) Stream.BASELINE / aDay,
                likely[RUNS / 2],
                likely[RUNS * 9 / 10],
                proven[RUNS / 2],
                proven[RUNS * 9 / 10]);
    }

    /** After how many results something was said, and proven; 0 where not. */
    private static long[] run(SplittableRandom random, double before, double after) {
        Stream stream = Stream.start();
        for (int i = 0; i < Stream.BASELINE; i++) {
            stream = stream.next(random.nextDouble() < before);
        }
        long[] found = new long[2];
        for (int i = 1; i <= MOST && found[1] == 0; i++) {
            stream = stream.next(random.nextDouble() < after);
            Optional<Change> change =
                    stream.noticed().filter(it -> it.direction() == Direction.FALLING);
            if (change.isPresent()) {
                found[0] = found[0] == 0 ? i : found[0];
                found[1] = change.get().proven() ? i : 0;
            }
        }
        return found;
    }
}
