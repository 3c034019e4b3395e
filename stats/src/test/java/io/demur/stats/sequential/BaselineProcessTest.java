package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.SplittableRandom;

class BaselineProcessTest {

    private static final int STREAMS = Boolean.getBoolean("thorough") ? 10_000 : 2_000;
    private static final int DAYS = 12;

    private static int hits(SplittableRandom random, int n, double rate) {
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += random.nextDouble() < rate ? 1 : 0;
        }
        return hits;
    }

    /** The share of streams that say so within some days, looked at each day. */
    private static double changed(
            Direction direction, int baseN, double before, double after, int streams) {
        SplittableRandom random = new SplittableRandom(29);
        int changed = 0;
        for (int s = 0; s < streams; s++) {
            int base = hits(random, baseN, before);
            BaselineProcess process = BaselineProcess.of(direction, 0, base, baseN);
            boolean found = false;
            for (int day = 0; day < DAYS && !found; day++) {
                for (int i = 0; i < 50; i++) {
                    process = process.next(random.nextDouble() < after);
                }
                found = process.changed(0.05);
            }
            changed += found ? 1 : 0;
        }
        return (double) changed / streams;
    }

    @Test
    void streamsWithoutChangeSaySoNoMoreOftenThanStatedHoweverShortTheBaseline() {
        for (int baseN : new int[] {20, 100, 400}) {
            double wrong = changed(Direction.FALLING, baseN, 0.95, 0.95, STREAMS / 4);
            assertTrue(wrong <= 0.05, baseN + ": " + wrong);
        }
        double wrong = changed(Direction.RISING, 100, 0.05, 0.05, STREAMS / 4);
        assertTrue(wrong <= 0.05, "rising: " + wrong);
    }

    @Test
    void anyCountsGiveEvidence() {
        Property.check(
                300,
                gen -> {
                    int baseN = gen.between(1, 500);
                    long n = gen.between(0, 2000);
                    BaselineProcess process =
                            new BaselineProcess(
                                    gen.oneOf(List.of(Direction.values())),
                                    gen.oneIn(3) ? 0 : gen.unit() / 2,
                                    gen.oneIn(4) ? baseN : gen.between(0, baseN),
                                    baseN,
                                    n,
                                    gen.oneIn(4) ? 0 : gen.between(0, (int) n));
                    assertTrue(process.evidence() >= 0, process.toString());
                    if (n == 0) {
                        assertTrue(process.evidence() <= 1, process.toString());
                    }
                });
    }

    @Test
    void aGreatChangeIsFoundAndSoonerWithALongerBaseline() {
        double brief = changed(Direction.FALLING, 60, 0.95, 0.82, STREAMS / 10);
        double longer = changed(Direction.FALLING, 600, 0.95, 0.82, STREAMS / 10);
        assertTrue(longer > 0.95, "longer " + longer);
        assertTrue(brief < longer, brief + " against " + longer);
        double rising = changed(Direction.RISING, 600, 0.05, 0.18, STREAMS / 10);
        assertEquals(longer, rising, 0.05);
    }

    /** The product was made least over two hundred thousand rates of the baseline. */
    @Test
    void evidenceIsTheLeastOverAllRatesOfTheBaseline() {
        double[][] expected = {
            {0.0, 380, 400, 500, 420, 727.9010359422286},
            {0.01, 380, 400, 500, 420, 196.554456423764},
            {0.0, 95, 100, 200, 150, 53.53906838021223},
            {0.0, 40, 40, 30, 20, 24.096388447909266},
            {0.02, 190, 200, 100, 97, 0.05576577928602072}
        };
        for (double[] e : expected) {
            BaselineProcess process =
                    new BaselineProcess(
                            Direction.FALLING,
                            e[0],
                            (int) e[1],
                            (int) e[2],
                            (long) e[3],
                            (long) e[4]);
            assertEquals(1, process.evidence() / e[5], 1e-4);
        }
    }
}
