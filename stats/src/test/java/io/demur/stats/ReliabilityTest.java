package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class ReliabilityTest {

    @Test
    void agreesWithTheFormulaByHand() {
        double[] p = {0.1, 0.2, 0.3, 0.6, 0.8, 0.9};
        boolean[] y = {false, true, false, true, true, false};
        Reliability reliability = Reliability.of(p, y, 2);
        assertEquals(2, reliability.bins().size());
        Reliability.Bin low = reliability.bins().get(0);
        assertEquals(0.2, low.mean(), 1e-12);
        assertEquals(1 / 3.0, low.rate(), 1e-12);
        // residuals −0.1, 0.8, −0.3: variance of their mean 0.3433…/3
        assertEquals(
                (0.2333333333 * 0.2333333333
                                + 0.6666666667 * 0.6666666667
                                + 0.4333333333 * 0.4333333333)
                        / 2
                        / 3,
                low.variance(),
                1e-9);
        assertEquals((0.1333333333 + 0.1) / 2, reliability.plain(), 1e-9);
        double second = 0.01 - (0.5 * 0.5 + 0.3 * 0.3 + 0.8 * 0.8) / 2 / 3;
        double first = 0.1333333333 * 0.1333333333 - low.variance();
        assertEquals((first + second) / 2, reliability.square(), 1e-9);
    }

    @Test
    void perfectProbabilitiesHaveNoErrorOnAverageEvenInSmallSamples() {
        SplittableRandom random = new SplittableRandom(8);
        for (int size : new int[] {1, 4}) {
            double square = 0;
            double plain = 0;
            int samples = 4000;
            for (int s = 0; s < samples; s++) {
                Reliability reliability = sample(random, 60, size, 0);
                square += reliability.square() / samples;
                plain += reliability.plain() / samples;
            }
            assertEquals(0, square, 1.5e-3, "clusters of " + size);
            assertTrue(plain > 0.08, "plain error " + plain);
        }
    }

    @Test
    void aKnownErrorIsFoundInSmallSamplesOnAverage() {
        SplittableRandom random = new SplittableRandom(9);
        double square = 0;
        int samples = 4000;
        for (int s = 0; s < samples; s++) {
            square += sample(random, 80, 1, 0.1).square() / samples;
        }
        assertEquals(0.01, square, 2e-3);
    }

    /** Clusters whose observations are alike; labels come true {@code error} too seldom. */
    private static Reliability sample(SplittableRandom random, int n, int size, double error) {
        double[] p = new double[n];
        boolean[] y = new boolean[n];
        long[] cluster = new long[n];
        for (int i = 0; i < n; i++) {
            boolean begins = i % size == 0;
            p[i] = begins ? random.nextDouble(0.1, 1) : p[i - 1];
            y[i] = begins ? random.nextDouble() < p[i] - error : y[i - 1];
            cluster[i] = i / size;
        }
        return Reliability.of(p, y, cluster, 5);
    }

    @Test
    void everyObservationIsInOneBinAndEqualOnesStayTogether() {
        Property.check(
                200,
                gen -> {
                    int n = gen.between(1, 200);
                    int bins = gen.between(1, 20);
                    double[] p = new double[n];
                    boolean[] y = new boolean[n];
                    for (int i = 0; i < n; i++) {
                        p[i] = gen.between(0, 12) / 12.0;
                        y[i] = gen.oneIn(2);
                    }
                    Reliability reliability = Reliability.of(p, y, bins);
                    assertEquals(n, reliability.n());
                    assertTrue(reliability.bins().size() <= Math.max(bins, 1));
                    for (int b = 1; b < reliability.bins().size(); b++) {
                        assertTrue(
                                reliability.bins().get(b - 1).high()
                                        < reliability.bins().get(b).low());
                    }
                    assertTrue(reliability.error() <= 1 && reliability.plain() <= 1);
                });
    }
}
