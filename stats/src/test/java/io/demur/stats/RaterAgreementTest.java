package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.RaterAgreement.Scale;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

class RaterAgreementTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 2_000 : 200;

    /** Ratings from 1, a row for each rater; 0 where one left the item out. */
    private static RaterAgreement rated(int categories, int[]... raters) {
        List<int[]> items = new ArrayList<>();
        for (int i = 0; i < raters[0].length; i++) {
            int[] item = new int[categories];
            for (int[] rater : raters) {
                if (rater[i] > 0) {
                    item[rater[i] - 1]++;
                }
            }
            items.add(item);
        }
        return new RaterAgreement(items);
    }

    /** Krippendorff's own example with four raters; values of the package krippendorff 0.8. */
    private static final RaterAgreement FOUR =
            rated(
                    5,
                    new int[] {1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0},
                    new int[] {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3},
                    new int[] {0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0},
                    new int[] {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0});

    private static final RaterAgreement THREE =
            rated(
                    3,
                    new int[] {1, 2, 3, 1, 1, 2, 0, 3, 1, 2},
                    new int[] {1, 2, 2, 1, 0, 2, 3, 3, 1, 1},
                    new int[] {1, 3, 3, 1, 2, 2, 3, 0, 1, 2});

    private static double value(Optional<Interval> interval) {
        return interval.orElseThrow().value();
    }

    @Test
    void alphaAgreesWithKrippendorff() {
        assertEquals(0.743421052631579, value(FOUR.alpha(Scale.NOMINAL, 100, 1)), 1e-12);
        assertEquals(0.8153875037548814, value(FOUR.alpha(Scale.ORDINAL, 100, 1)), 1e-12);
        assertEquals(0.5648535564853556, value(THREE.alpha(Scale.NOMINAL, 100, 1)), 1e-12);
        assertEquals(0.7806584362139918, value(THREE.alpha(Scale.ORDINAL, 100, 1)), 1e-12);
    }

    /** By the formula in numpy; the first is 0.775 in Gwet (2014). */
    @Test
    void ac1AgreesWithGwet() {
        assertEquals(0.775444068126995, value(FOUR.ac1(100, 1)), 1e-12);
        assertEquals(0.5513086830078936, value(THREE.ac1(100, 1)), 1e-12);
    }

    /** From statsmodels 0.15, {@code cohens_kappa}. */
    @Test
    void kappaAgreesWithStatsmodels() {
        check(new int[][] {{20, 5}, {10, 15}}, 0.4, 0.151092290476661, 0.6489077095233389);
        check(
                new int[][] {{40, 3, 2}, {4, 30, 6}, {1, 5, 9}},
                0.6612903225806452,
                0.5370974337642405,
                0.78548321139705);
        assertEquals(Optional.empty(), Kappa.of(new Confusion(2)));
    }

    private static void check(int[][] table, double kappa, double low, double high) {
        Confusion confusion = new Confusion(table.length);
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                for (int k = table[i][j]; k > 0; k--) {
                    confusion.add(i, j);
                }
            }
        }
        Interval found = Kappa.of(confusion).orElseThrow();
        assertEquals(kappa, found.value(), 1e-12);
        assertEquals(low, found.low(), 1e-9);
        assertEquals(high, found.high(), 1e-9);
    }

    @Test
    void withoutTwoRatingsOfAnItemThereIsNoAgreement() {
        RaterAgreement single = rated(2, new int[] {1, 2, 1, 2});
        assertEquals(Optional.empty(), single.alpha(Scale.NOMINAL, 10, 1));
        assertEquals(Optional.empty(), single.ac1(10, 1));
        RaterAgreement none = new RaterAgreement(List.of());
        assertEquals(Optional.empty(), none.alpha(Scale.ORDINAL, 10, 1));
        assertEquals(Optional.empty(), none.ac1(10, 1));
        RaterAgreement same = rated(2, new int[] {1, 1, 1}, new int[] {1, 1, 1});
        assertEquals(Optional.empty(), same.alpha(Scale.NOMINAL, 10, 1));
        assertEquals(1, value(same.ac1(10, 1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RaterAgreement(List.of(new int[2], new int[3])));
    }

    @Test
    void whereNearlyAllIsAlikeKappaFallsAndAc1DoesNot() {
        List<int[]> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(i < 94 ? new int[] {2, 0} : new int[] {1, 1});
        }
        RaterAgreement skewed = new RaterAgreement(items);
        assertTrue(value(skewed.alpha(Scale.NOMINAL, 50, 1)) < 0);
        assertTrue(value(skewed.ac1(50, 1)) > 0.9);
    }

    @Test
    void anyRatingsGiveAFigureWithinItsLimitsOrNone() {
        Property.check(
                200,
                gen -> {
                    List<int[]> items = new ArrayList<>();
                    Confusion confusion = new Confusion(3);
                    for (int i = gen.between(0, 12); i > 0; i--) {
                        items.add(
                                new int[] {
                                    gen.between(0, 3), gen.between(0, 2), gen.between(0, 1)
                                });
                        confusion.add(gen.between(0, 2), gen.between(0, 1));
                    }
                    RaterAgreement agreement = new RaterAgreement(items);
                    for (Scale scale : Scale.values()) {
                        agreement.alpha(scale, 20, 1).ifPresent(a -> assertTrue(a.value() <= 1));
                    }
                    agreement.ac1(20, 1).ifPresent(a -> assertTrue(a.value() <= 1 + 1e-12));
                    Kappa.of(confusion).ifPresent(k -> assertTrue(k.value() <= 1));
                });
    }

    @Test
    void intervalsHoldTheTruthNineteenTimesInTwenty() {
        // two raters see the same thing with probability s, and else guess evenly
        double s = 0.7;
        SplittableRandom random = new SplittableRandom(15);
        int[] right = new int[2];
        for (int i = 0; i < TRIES; i++) {
            List<int[]> items = new ArrayList<>();
            for (int k = 0; k < 80; k++) {
                int[] item = new int[2];
                int truth = random.nextInt(2);
                item[truth]++;
                item[random.nextDouble() < s ? truth : random.nextInt(2)]++;
                items.add(item);
            }
            RaterAgreement agreement = new RaterAgreement(items);
            right[0] += agreement.alpha(Scale.NOMINAL, 150, i).orElseThrow().holds(s) ? 1 : 0;
            right[1] += agreement.ac1(150, i).orElseThrow().holds(s) ? 1 : 0;
        }
        for (int each : right) {
            assertTrue(each >= 0.915 * TRIES, each + " of " + TRIES);
        }
    }
}
