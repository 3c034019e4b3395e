package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.stats.Survival.Turn;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.SplittableRandom;

class SurvivalTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 10_000 : 1_000;

    /** From lifelines 0.30, {@code KaplanMeierFitter}; the mean's limits in numpy. */
    @Test
    void agreesWithLifelines() {
        int[] last = {1, 1, 2, 2, 2, 3, 3, 4, 5, 5, 6, 6, 6, 6, 6};
        int[] happened = {1, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0};
        boolean[] event = new boolean[last.length];
        for (int i = 0; i < event.length; i++) {
            event[i] = happened[i] == 1;
        }
        Survival survival = Survival.of(last, event);
        double[][] expected = {
            {0.9333333333333331, 0.6126412437748727, 0.9903322366500168},
            {0.7897435897435897, 0.47912808815373115, 0.9270702700374062},
            {0.7107692307692307, 0.3982602364569776, 0.881081424600159},
            {0.6219230769230769, 0.31041042398876556, 0.8246342448762587},
            {0.5330769230769231, 0.23518678973715473, 0.7607667205851126},
            {0.5330769230769231, 0.23518678973715473, 0.7607667205851126},
        };
        for (int t = 0; t < expected.length; t++) {
            Estimate left = survival.turns().get(t).left();
            assertEquals(expected[t][0], left.rate(), 1e-12);
            assertEquals(expected[t][1], left.low(), 1e-9);
            assertEquals(expected[t][2], left.high(), 1e-9);
        }
        assertEquals(13, survival.turns().get(1).atRisk());
        assertEquals(2, survival.turns().get(1).events());
        assertEquals(
                new Survival.Median(OptionalInt.empty(), OptionalInt.of(2), OptionalInt.empty()),
                survival.median());
        Interval mean = survival.restrictedMean(6);
        assertEquals(4.588846153846154, mean.value(), 1e-12);
        assertEquals(3.6504654338235087, mean.low(), 1e-9);
        assertEquals(5.527226873868798, mean.high(), 1e-9);
    }

    @Test
    void whereNothingHappensNothingIsCertain() {
        Survival survival = Survival.of(new int[] {3, 3, 3, 3, 3, 3}, new boolean[6]);
        for (Turn turn : survival.turns()) {
            assertEquals(1, turn.left().rate());
            assertEquals(Wilson.estimate(1, 6, 6).low(), turn.left().low());
        }
        assertEquals(OptionalInt.empty(), survival.median().turn());
        assertEquals(4, survival.restrictedMean(4).value());
        assertEquals(1 + 3 * Wilson.estimate(1, 6, 6).low(), survival.restrictedMean(4).low());
    }

    @Test
    void whereAllGiveInAtOnceTheMedianIsThatTurn() {
        boolean[] event = new boolean[30];
        Arrays.fill(event, true);
        int[] last = new int[30];
        Arrays.fill(last, 2);
        Survival survival = Survival.of(last, event);
        assertEquals(OptionalInt.of(2), survival.median().turn());
        assertEquals(OptionalInt.of(2), survival.median().high());
        assertEquals(2, survival.restrictedMean(3).value());
    }

    @Test
    void withoutAnybodyLostItIsWhatIsLeftAndItsMeanThatOfTheTurns() {
        Property.check(
                300,
                gen -> {
                    int[] last = new int[gen.between(1, 40)];
                    boolean[] event = new boolean[last.length];
                    int end = gen.between(1, 7);
                    for (int i = 0; i < last.length; i++) {
                        last[i] = gen.between(1, end);
                        event[i] = last[i] < end || gen.oneIn(2);
                    }
                    int most = Arrays.stream(last).max().orElseThrow();
                    if (gen.oneIn(2)) {
                        Arrays.fill(event, true);
                    }
                    Survival survival = Survival.of(last, event);
                    double mean = 1;
                    for (int t = 1; t <= most; t++) {
                        int left = 0;
                        for (int i = 0; i < last.length; i++) {
                            left += last[i] > t || (last[i] == t && !event[i]) ? 1 : 0;
                        }
                        double share = (double) left / last.length;
                        assertEquals(share, survival.turns().get(t - 1).left().rate(), 1e-12);
                        mean += share;
                    }
                    Interval estimate = survival.restrictedMean(most + 1);
                    assertEquals(mean, estimate.value(), 1e-12);
                    double square = 0;
                    for (int i = 0; i < last.length; i++) {
                        double turns = event[i] ? last[i] : most + 1;
                        square += (turns - mean) * (turns - mean);
                    }
                    double reach = Wilson.Z * Math.sqrt(square) / last.length;
                    assertEquals(Math.min(most + 1, mean + reach), estimate.high(), 1e-9);
                });
    }

    @Test
    void turnsThatAreNoneAreAnError() {
        assertThrows(IllegalArgumentException.class, () -> Survival.of(new int[0], new boolean[0]));
        assertThrows(
                IllegalArgumentException.class, () -> Survival.of(new int[] {0}, new boolean[1]));
        Survival one = Survival.of(new int[] {1}, new boolean[1]);
        assertThrows(IllegalArgumentException.class, () -> one.restrictedMean(3));
    }

    @Test
    void limitsHoldTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(9);
        double hazard = 0.15;
        for (int n : new int[] {40, 150}) {
            int shares = 0;
            int means = 0;
            for (int i = 0; i < TRIES; i++) {
                int[] last = new int[n];
                boolean[] event = new boolean[n];
                for (int k = 0; k < n; k++) {
                    int until = random.nextInt(6) == 0 ? 3 : 6;
                    while (last[k] < until && !event[k]) {
                        last[k]++;
                        event[k] = random.nextDouble() < hazard;
                    }
                }
                Survival survival = Survival.of(last, event);
                Estimate left = survival.turns().get(4).left();
                double truth = Math.pow(1 - hazard, 5);
                shares += left.low() <= truth && truth <= left.high() ? 1 : 0;
                double mean = (1 - Math.pow(1 - hazard, 6)) / hazard;
                means += survival.restrictedMean(6).holds(mean) ? 1 : 0;
            }
            PairedTest.assertCovers(shares, TRIES, "left of " + n);
            PairedTest.assertCovers(means, TRIES, "mean of " + n);
        }
    }
}
