package io.demur.stats.sequential;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How many days pass until a change of a rate is found, by simulation.
 *
 * @param mean days; infinite where a run ended without finding it
 * @param median days; infinite where half of the runs did
 * @param ninth days within which nine runs of ten find it; infinite where fewer did
 * @param found the share of runs that found it in time
 */
public record Delay(double mean, double median, double ninth, double found) {

    /**
     * What is planned.
     *
     * @param before the known rate
     * @param after the rate it changes to
     * @param aDay observations each day, at least 1
     * @param quiet days at the known rate before the change, 0 or more
     * @param alpha of the e-process: the probability that it ever gives a false alarm
     * @param falseAlarmDays mean days between false alarms of the cumulative sum
     * @param daysMax after the change; then a run ends
     */
    public record Plan(
            double before,
            double after,
            int aDay,
            int quiet,
            double alpha,
            int falseAlarmDays,
            int daysMax) {
        public Plan {
            if (aDay < 1 || quiet < 0 || !(0 < alpha && alpha < 1) || falseAlarmDays < 1) {
                throw new IllegalArgumentException(
                        "`%d` a day, `%d` quiet days, level `%s`, false alarms `%d` days apart"
                                .formatted(aDay, quiet, alpha, falseAlarmDays));
            }
        }
    }

    /**
     * The delays of both detectors, and of whichever is first. Alarms count from the change on; a
     * cumulative sum that gave one before began anew, an e-process that did is left out.
     */
    public record Delays(Delay process, Delay cusum, Delay first) {}

    /**
     * Simulates.
     *
     * @param runs at least 1
     * @param seed the same gives the same delays
     */
    public static Delays simulate(Plan plan, int runs, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Cusum chart = Cusum.of(plan.before, plan.after, (double) plan.falseAlarmDays * plan.aDay);
        double[] process = new double[runs];
        double[] cusum = new double[runs];
        double[] first = new double[runs];
        for (int r = 0; r < runs; r++) {
            long[] found = run(plan, chart, random.split());
            process[r] = days(found[0], plan.aDay);
            cusum[r] = days(found[1], plan.aDay);
            first[r] = Math.min(process[r], cusum[r]);
        }
        return new Delays(of(process), of(cusum), of(first));
    }

    private static double days(long observations, int aDay) {
        return observations == 0 ? Double.POSITIVE_INFINITY : (double) observations / aDay;
    }

    /**
     * After how many observations from the change on each detector finds it; 0 where it does not.
     */
    private static long[] run(Plan plan, Cusum chart, SplittableRandom random) {
        RateProcess process = RateProcess.of(chart.direction(), plan.before, 0);
        Cusum cusum = chart;
        long quiet = (long) plan.quiet * plan.aDay;
        for (long i = 0; i < quiet; i++) {
            boolean hit = random.nextDouble() < plan.before;
            process = process.next(hit);
            cusum = cusum.next(hit);
        }
        boolean lost = process.changed(plan.alpha);
        long[] found = new long[2];
        long most = (long) plan.daysMax * plan.aDay;
        for (long i = 1; i <= most && ((found[0] == 0 && !lost) || found[1] == 0); i++) {
            boolean hit = random.nextDouble() < plan.after;
            process = process.next(hit);
            cusum = cusum.next(hit);
            found[0] = found[0] == 0 && !lost && process.changed(plan.alpha) ? i : found[0];
            found[1] = found[1] == 0 && cusum.alarmed() ? i : found[1];
        }
        return found;
    }

    private static Delay of(double[] days) {
        double[] sorted = days.clone();
        Arrays.sort(sorted);
        long found = Arrays.stream(sorted).filter(Double::isFinite).count();
        return new Delay(
                Arrays.stream(sorted).average().orElseThrow(),
                sorted[(sorted.length - 1) / 2],
                sorted[(int) Math.ceil(0.9 * sorted.length) - 1],
                (double) found / sorted.length);
    }
}
