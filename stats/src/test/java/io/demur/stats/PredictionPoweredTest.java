package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.SplittableRandom;

class PredictionPoweredTest {

    @Test
    void theShareAgreesWithTheClosedFormInNumpy() {
        PredictionPowered powered = new PredictionPowered(1 << 16);
        long next = add(powered, 0, 30, false, false);
        next = add(powered, next, 4, false, true);
        next = add(powered, next, 3, true, false);
        next = add(powered, next, 23, true, true);
        for (int i = 0; i < 240; i++) {
            powered.add(next++, i < 100);
        }
        PredictionPowered.Result result = powered.share().orElseThrow();
        assertEquals(0.6109484118044609, result.weight(), 1e-12);
        assertEquals(0.41296838627318466, result.estimate().rate(), 1e-12);
        assertEquals(0.32037003358829397, result.estimate().low(), 1e-9);
        assertEquals(0.5121617351407038, result.estimate().high(), 1e-9);
        assertEquals(300, result.estimate().n());
        assertEquals(60, powered.labelled());
    }

    private static long add(
            PredictionPowered to, long cluster, int n, boolean label, boolean predicted) {
        for (int i = 0; i < n; i++) {
            to.add(cluster + i, label, predicted);
        }
        return cluster + n;
    }

    @Test
    void whereAllAreLabelledPredictionsDoNotCount() {
        Property.check(
                100,
                gen -> {
                    PredictionPowered powered = new PredictionPowered(1 << 16);
                    ClusteredCounts labels = new ClusteredCounts(2, 1 << 16);
                    int n = gen.between(5, 80);
                    powered.add(0, true, true);
                    labels.add(0, 1);
                    for (int i = 1; i < n; i++) {
                        boolean label = gen.oneIn(3);
                        powered.add(i / 2, label, gen.oneIn(2));
                        labels.add(i / 2, label ? 1 : 0);
                    }
                    PredictionPowered.Result result = powered.share().orElseThrow();
                    assertEquals(0, result.weight());
                    assertEquals(
                            labels.share(1).orElseThrow().rate(), result.estimate().rate(), 1e-12);
                });
    }

    @Test
    void uselessPredictionsHardlyCount() {
        SplittableRandom random = new SplittableRandom(3);
        PredictionPowered powered = new PredictionPowered(1 << 16);
        for (int i = 0; i < 4000; i++) {
            boolean noise = random.nextBoolean();
            if (i < 400) {
                powered.add(i, random.nextInt(10) < 3, noise);
            } else {
                powered.add(i, noise);
            }
        }
        assertTrue(powered.share().orElseThrow().weight() < 0.15);
    }

    @Test
    void theIntervalHoldsTheTruthAndIsMostlyShorterThanThatOfLabelsAlone() {
        SplittableRandom random = new SplittableRandom(4);
        for (double truth : new double[] {0.05, 0.3, 0.8}) {
            for (int clusters : new int[] {52, 150}) {
                for (int perCluster : new int[] {1, 4}) {
                    check(random, truth, clusters, perCluster);
                }
            }
        }
    }

    private static void check(SplittableRandom random, double truth, int clusters, int size) {
        int tries = 600;
        int right = 0;
        double length = 0;
        double lengthAlone = 0;
        for (int i = 0; i < tries; i++) {
            PredictionPowered powered = new PredictionPowered(1 << 16);
            ClusteredCounts labels = new ClusteredCounts(2, 1 << 16);
            for (int c = 0; c < clusters + 1200 / size; c++) {
                // answers to one prompt go together: its own rate is drawn first
                boolean easy = random.nextDouble() < truth;
                for (int k = 0; k < size; k++) {
                    boolean y = random.nextInt(10) < 4 ? easy : random.nextDouble() < truth;
                    boolean f = random.nextDouble() < (y ? 0.9 : 0.08);
                    if (c < clusters) {
                        powered.add(c, y, f);
                        labels.add(c, y ? 1 : 0);
                    } else {
                        powered.add(c, f);
                    }
                }
            }
            Estimate estimate = powered.share().orElseThrow().estimate();
            Estimate alone = labels.share(1).orElseThrow();
            right += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
            length += estimate.high() - estimate.low();
            lengthAlone += alone.high() - alone.low();
        }
        String what = "truth %s, labels in %d clusters of %d".formatted(truth, clusters, size);
        assertTrue(right >= 0.93 * tries, what + ": covered " + (double) right / tries);
        // where positives are rare, predictions are no better than the guess that there are none
        assertTrue(truth < 0.1 || length < 0.9 * lengthAlone, what + ": " + length / lengthAlone);
    }

    @Test
    void labelsInOneClusterAreNoEstimate() {
        PredictionPowered powered = new PredictionPowered(1 << 16);
        powered.add(1, true, true);
        powered.add(1, false, true);
        powered.add(2, true);
        assertEquals(Optional.empty(), powered.share());
    }
}
