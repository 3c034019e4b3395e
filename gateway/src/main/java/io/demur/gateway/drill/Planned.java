package io.demur.gateway.drill;

import io.demur.stats.sequential.Direction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How many days pass until a fall is noticed, by simulation of {@link Stream}s. Infinite where half
 * of them, or one of ten, had not noticed it in time.
 *
 * @param days of drills that came before the fall; the more, the sooner it is noticed
 * @param hint median days until a hint, or an alarm
 * @param hintNinth days within which nine of ten have given one
 * @param alarm median days until an alarm
 * @param alarmNinth days within which nine of ten have given it
 */
public record Planned(int days, double hint, double hintNinth, double alarm, double alarmNinth) {

    /** Days before the fall for which it is said. */
    static final List<Integer> DAYS = List.of(30, 90, 365);

    private static final int RUNS = 300;
    private static final int MOST = 5_000;

    /** More results before a fall than these make no difference that could be seen. */
    private static final int BEFORE_MOST = 20_000;

    /**
     * Simulates; the same numbers give the same days.
     *
     * @param rate the rate now, above 0
     * @param fall by how much it falls, above 0 and at most {@code rate}
     * @param aDay results of the stream each day, at least 1
     */
    public static List<Planned> of(double rate, double fall, int aDay) {
        return of(rate, fall, aDay, DAYS);
    }

    /** The same behind so many days of drills each, in rising order. */
    static List<Planned> of(double rate, double fall, int aDay, List<Integer> quiet) {
        if (!(0 < fall && fall <= rate && rate <= 1) || aDay < 1) {
            throw new IllegalArgumentException(
                    "a fall by `%s` from `%s`, `%d` a day: the fall should be above 0 and at most"
                                    .formatted(fall, rate, aDay)
                            + " the rate, which is at most 1");
        }
        SplittableRandom random = new SplittableRandom(7);
        double[][] hints = new double[quiet.size()][RUNS];
        double[][] alarms = new double[quiet.size()][RUNS];
        for (int run = 0; run < RUNS; run++) {
            Stream stream = Stream.start();
            int results = 0;
            for (int d = 0; d < quiet.size(); d++) {
                long before = Math.min(BEFORE_MOST, (long) quiet.get(d) * aDay);
                for (; results < before; results++) {
                    stream = stream.next(random.nextDouble() < rate);
                }
                Delay delay = Delay.of(stream, rate - fall, random, MOST);
                hints[d][run] = delay.hint() / aDay;
                alarms[d][run] = delay.alarm() / aDay;
            }
        }
        List<Planned> planned = new ArrayList<>();
        for (int d = 0; d < quiet.size(); d++) {
            Arrays.sort(hints[d]);
            Arrays.sort(alarms[d]);
            planned.add(
                    new Planned(
                            quiet.get(d),
                            hints[d][RUNS / 2],
                            hints[d][RUNS * 9 / 10],
                            alarms[d][RUNS / 2],
                            alarms[d][RUNS * 9 / 10]));
        }
        return planned;
    }

    /**
     * After how many results a fall was noticed; infinite where it was not.
     *
     * @param hint until anything was said
     * @param alarm until an alarm
     */
    record Delay(double hint, double alarm) {

        /** Of a stream whose rate is that from now on. */
        static Delay of(Stream from, double rate, SplittableRandom random, int most) {
            Stream stream = from;
            double hint = Double.POSITIVE_INFINITY;
            for (int i = 1; i <= most; i++) {
                stream = stream.next(random.nextDouble() < rate);
                Change change = stream.noticed().orElse(null);
                if (change != null && change.direction() == Direction.FALLING) {
                    hint = Math.min(hint, i);
                    if (change.certain()) {
                        return new Delay(hint, i);
                    }
                }
            }
            return new Delay(hint, Double.POSITIVE_INFINITY);
        }
    }
}
