package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How often steady streams are said to have changed, and how soon changed ones are. {@code
 * -Dthorough=true} takes 10,000 streams and prints the tables of the reference.
 */
class DriftSimulationTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");
    private static final int STREAMS = THOROUGH ? 10_000 : 240;
    private static final double[] RATES = {0.95, 0.9, 0.05, 0.7, 0.99, 0.5};

    /** Of streams that do not change: shares with an alarm and with a hint, and hints in each. */
    private record Wrong(double alarm, double hint, double hints) {

        /** Of these streams, each the alarms and hints that it gave. */
        static Wrong of(int[][] given) {
            return new Wrong(
                    Arrays.stream(given).mapToInt(it -> Math.min(1, it[0])).average().orElseThrow(),
                    Arrays.stream(given).mapToInt(it -> Math.min(1, it[1])).average().orElseThrow(),
                    Arrays.stream(given).mapToInt(it -> it[1]).average().orElseThrow());
        }

        /** How much more than this share of so many streams chance may make it. */
        static double chance(double share, int streams) {
            return 2.5 * Math.sqrt(share * (1 - share) / streams);
        }
    }

    /** Alarms and hints of a stream at one rate, in the first half of a year and in all of it. */
    private static int[][] steady(int seed, double rate) {
        SplittableRandom random = new SplittableRandom(seed);
        Stream stream = Stream.start();
        int[][] given = new int[2][2];
        for (int i = 0; i < Stream.YEAR; i++) {
            stream = stream.next(random.nextDouble() < rate);
            if (stream.noticed().isPresent()) {
                int which = stream.noticed().get().certain() ? 0 : 1;
                given[0][which] += i < Stream.YEAR / 2 ? 1 : 0;
                given[1][which]++;
            }
        }
        return given;
    }

    @Test
    void aSteadyStreamSeldomGivesAnAlarmWithinAYearAndAHintOnce() {
        int[][][] given = new int[2][STREAMS][];
        for (int s = 0; s < STREAMS; s++) {
            int[][] one = steady(s, RATES[s % RATES.length]);
            given[0][s] = one[0];
            given[1][s] = one[1];
        }
        Wrong all = Wrong.of(given[1]);
        say("%,d steady streams, a year of 50 a day: %s", STREAMS, all);
        say("  of 25 a day: %s", Wrong.of(given[0]));
        double chance = THOROUGH ? 0 : Wrong.chance(Stream.ALPHA, STREAMS);
        assertTrue(all.alarm() <= Stream.ALPHA + chance, all.toString());
        assertTrue(all.hints() <= 1 + 2 / Math.sqrt(STREAMS), all.toString());
        for (int r = 0; r < RATES.length; r++) {
            int of = r;
            int[][] each =
                    IntStream.range(0, STREAMS)
                            .filter(s -> s % RATES.length == of)
                            .mapToObj(s -> given[1][s])
                            .toArray(int[][]::new);
            Wrong one = Wrong.of(each);
            say("  %,d at a rate of %s: %s", each.length, RATES[r], one);
            assertTrue(
                    one.alarm() <= Stream.ALPHA + Wrong.chance(Stream.ALPHA, each.length),
                    RATES[r] + ": " + one);
        }
    }

    /** Of steady models, each a year of drills that go through a {@link Watch}. */
    @Test
    void aSteadyModelWithOddAnswersIsSeldomSaidToFlip() {
        int models = THOROUGH ? 1_000 : 20;
        List<SteadyModel.Sort> sorts =
                THOROUGH ? List.of(SteadyModel.Sort.values()) : List.of(SteadyModel.Sort.SELDOM);
        for (SteadyModel.Sort sort : sorts) {
            long flipped = 0;
            long any = 0;
            long hinted = 0;
            for (int seed = 0; seed < models; seed++) {
                List<Alarm> noticed = SteadyModel.year(seed, sort);
                List<Alarm> alarms =
                        noticed.stream().filter(it -> !it.found().startsWith("maybe")).toList();
                flipped += alarms.stream().anyMatch(it -> it.stream().equals("flipped")) ? 1 : 0;
                any += alarms.isEmpty() ? 0 : 1;
                hinted += noticed.size() - alarms.size();
            }
            String found =
                    ("of %,d steady models (%s), a year of 50 a day: %d alarms of flips,"
                                    + " %d of any, %,d hints")
                            .formatted(models, sort, flipped, any, hinted);
            say("%s", found);
            double most = Stream.ALPHA + Wrong.chance(Stream.ALPHA, models);
            assertTrue(flipped <= most * models, found);
        }
    }

    /** Median and ninth tenth of days until hint and alarm. */
    private record Days(double hint, double hintNinth, double alarm, double alarmNinth) {
        static Days of(double before, double after, int results, int aDay, int streams, int first) {
            double[] hints = new double[streams];
            double[] alarms = new double[streams];
            for (int s = 0; s < streams; s++) {
                SplittableRandom random = new SplittableRandom(first + s);
                Stream stream = Stream.start();
                for (int i = 0; i < results; i++) {
                    stream = stream.next(random.nextDouble() < before);
                }
                Planned.Delay delay = Planned.Delay.of(stream, after, random, 8_000);
                hints[s] = delay.hint() / aDay;
                alarms[s] = delay.alarm() / aDay;
            }
            Arrays.sort(hints);
            Arrays.sort(alarms);
            return new Days(
                    hints[streams / 2],
                    hints[streams * 9 / 10],
                    alarms[streams / 2],
                    alarms[streams * 9 / 10]);
        }
    }

    @Test
    void aFallFromNinetyFiveToNinetyInAHundredIsHintedAtWithinFiveDaysOfFifty() {
        Days days = Days.of(0.95, 0.9, 3_000, 50, STREAMS, 1_000_000);
        say("%,d streams, 0.95 to 0.90, 3,000 results before, 50 a day: %s", STREAMS, days);
        double chance = THOROUGH ? 1 : 1.1;
        assertTrue(days.hint() <= 5 * chance, days.toString());
        assertTrue(days.hintNinth() <= 11.5 * chance, days.toString());
        assertTrue(days.alarm() <= 9.5 * chance, days.toString());
        Days rise = Days.of(0.05, 0.025, 3_000, 50, STREAMS / 10, 1_000_000);
        assertTrue(rise.alarm() < 30, "a fall of a rate that is low already: " + rise);
    }

    /** What is within reach, for the reference. */
    @Test
    void theLongerAStreamHasBeenWatchedTheSoonerAFallIsNoticed() {
        double[][] falls = {{0.95, 0.9}, {0.95, 0.85}, {0.95, 0.75}, {0.9, 0.8}, {0.7, 0.55}};
        for (double[] fall : falls) {
            double last = Double.POSITIVE_INFINITY;
            int[] lengths =
                    THOROUGH ? new int[] {400, 1_000, 2_500, 10_000} : new int[] {400, 2_500};
            for (int before : lengths) {
                Days days = Days.of(fall[0], fall[1], before, 50, STREAMS / 10, 2_000_000);
                say("%s to %s, %,d before, 50 a day: %s", fall[0], fall[1], before, days);
                // a great fall is seen at once either way, and few streams tell no difference
                double chance = THOROUGH || fall[0] - fall[1] < 0.19 ? 1 : 1.5;
                assertTrue(
                        days.hint() <= last * chance, fall[0] + " after " + before + ": " + days);
                last = days.hint();
            }
        }
    }

    @Test
    void whatTheScheduleSaysIsWhatHappens() {
        double[][] grid = {
            {0.95, 0.05, 25}, {0.95, 0.1, 25}, {0.9, 0.1, 25},
            {0.95, 0.05, 50}, {0.8, 0.1, 50}, {0.99, 0.04, 40}
        };
        List<Integer> quiet = THOROUGH ? Planned.DAYS : List.of(60);
        int streams = THOROUGH ? 500 : 300;
        for (double[] each : grid) {
            int aDay = (int) each[2];
            double after = each[0] - each[1];
            for (Planned said : Planned.of(each[0], each[1], aDay, quiet)) {
                int results = said.days() * aDay;
                Days seen = Days.of(each[0], after, results, aDay, streams, 3_000_000);
                String both = said + ", seen " + seen;
                say("%s of %s", both, Arrays.toString(each));
                assertEquals(1, said.hint() / seen.hint(), 0.2, both);
                if (seen.alarm() < 30) {
                    assertEquals(1, said.alarm() / seen.alarm(), 0.2, both);
                }
            }
        }
    }

    private static void say(String format, Object... arguments) {
        if (THOROUGH) {
            System.out.printf(format + "%n", arguments);
        }
    }
}
