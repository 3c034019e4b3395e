package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.sequential.Direction;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Rates that change, and rates that do not. */
class StreamTest {

    private static final boolean THOROUGH = Boolean.getBoolean("thorough");

    /** What the first alarms of a stream were, after how many results behind the baseline. */
    private record Seen(long proven, long any, Optional<Change> first) {}

    /** A stream at one rate for so long, then at another. */
    private static Seen run(
            SplittableRandom random, double before, int quiet, double after, int most) {
        Stream stream = Stream.start();
        for (int i = 0; i < Stream.BASELINE; i++) {
            stream = stream.next(random.nextDouble() < before);
        }
        long proven = 0;
        long any = 0;
        Optional<Change> first = Optional.empty();
        for (int i = 1; i <= quiet + most && proven == 0; i++) {
            stream = stream.next(random.nextDouble() < (i <= quiet ? before : after));
            if (stream.noticed().isPresent()) {
                any = any == 0 ? i : any;
                first = first.or(stream::noticed);
                proven = stream.noticed().get().proven() ? i : 0;
            }
        }
        return new Seen(proven, any, first);
    }

    @Test
    void aRateThatDoesNotChangeIsLeftInPeace() {
        int streams = THOROUGH ? 10_000 : 16;
        int aYear = 365 * 25;
        int proven = 0;
        int any = 0;
        double[] rates = {0.95, 0.9, 0.05, 0.7};
        for (int i = 0; i < streams; i++) {
            double rate = rates[i % rates.length];
            Seen seen = run(new SplittableRandom(i), rate, aYear, rate, 0);
            proven += seen.proven() > 0 ? 1 : 0;
            any += seen.any() > 0 ? 1 : 0;
        }
        say(
                "of %d steady streams, in a year: proven %d, likely or proven %d",
                streams, proven, any);
        double most = streams * Stream.ALPHA;
        assertTrue(proven <= most + 2 * Math.sqrt(most), proven + " of " + streams);
        // a rate that was itself counted makes the companion err about twice as often as it states
        assertTrue(any <= 0.7 * streams, any + " of " + streams);
    }

    @Test
    void aFallFromNinetyFiveToNinetyInAHundredIsSeenWithinDays() {
        int streams = THOROUGH ? 2_000 : 20;
        for (int quiet : new int[] {0, 2_000}) {
            List<Double> any = new ArrayList<>();
            List<Double> proven = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                Seen seen = run(new SplittableRandom(1_000_000 + i), 0.95, quiet, 0.9, 3_000);
                any.add(days(seen.any(), quiet));
                proven.add(days(seen.proven(), quiet));
            }
            say(
                    "0.95 to 0.90 after %d quiet: first median %.1f p90 %.1f days of 50, proven"
                            + " %.1f and %.1f",
                    quiet,
                    quantile(any, 0.5),
                    quantile(any, 0.9),
                    quantile(proven, 0.5),
                    quantile(proven, 0.9));
            assertTrue(quantile(any, 0.5) <= (quiet == 0 ? 9 : 6), "median days");
        }
    }

    private static double days(long at, int quiet) {
        return at == 0 ? Double.POSITIVE_INFINITY : Math.max(0, at - quiet) / 50.0;
    }

    private static double quantile(List<Double> days, double share) {
        double[] sorted = days.stream().mapToDouble(it -> it).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    @Test
    void aRiseIsSeenAsOne() {
        Seen seen = run(new SplittableRandom(5), 0.05, 500, 0.3, 2_000);
        assertEquals(Direction.RISING, seen.first().orElseThrow().direction());
        assertTrue(seen.proven() > 500 && seen.proven() < 700, seen.toString());
    }

    @Test
    void aModelThatAlwaysRefusedAndStopsIsSeenAtOnce() {
        Seen seen = run(new SplittableRandom(5), 1, 500, 0, 2_000);
        assertTrue(seen.any() > 500 && seen.any() <= 510, seen.toString());
        assertTrue(seen.proven() <= 520, seen.toString());
    }

    @Test
    void afterAProvenChangeABaselineBeginsAnew() {
        Stream stream = Stream.start();
        for (int i = 0; i < Stream.BASELINE; i++) {
            stream = stream.next(true);
        }
        while (stream.noticed().filter(Change::proven).isEmpty()) {
            stream = stream.next(false);
        }
        stream = stream.next(false);
        assertEquals(Stream.BASELINE - 1, stream.missing());
        assertEquals(1, stream.results());
    }

    private static void say(String format, Object... arguments) {
        if (THOROUGH) {
            System.out.printf(format + "%n", Arrays.stream(arguments).toArray());
        }
    }
}
