package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

class RandomEffectsTest {

    private static final List<Share> PLACES =
            List.of(Share.of(45, 50), Share.of(70, 100), Share.of(28, 40), Share.of(90, 95));

    @Test
    void agreesWithDerSimonianAndLairdInNumpy() {
        assertEquals(0.015779653506144724, RandomEffects.spread(List.of(PLACES)), 1e-12);
        Share anywhere = RandomEffects.anywhere(PLACES).orElseThrow();
        assertEquals(0.8191602016255773, anywhere.rate(), 1e-12);
        assertEquals(2.8800102950607527, anywhere.worth(), 1e-9);
    }

    @Test
    void placesThatAgreeShowNoSpread() {
        List<Share> alike = List.of(Share.of(80, 100), Share.of(81, 100), Share.of(79, 100));
        assertEquals(0, RandomEffects.spread(List.of(alike)));
    }

    @Test
    void withinAGroupOnlyItsOwnKindOfSpreadCounts() {
        List<Share> high = List.of(Share.of(95, 100), Share.of(94, 100));
        List<Share> low = List.of(Share.of(60, 100), Share.of(62, 100));
        List<List<Share>> groups = List.of(high, low);
        List<Share> all = List.of(high.get(0), high.get(1), low.get(0), low.get(1));
        assertEquals(0, RandomEffects.spread(groups));
        Share within = RandomEffects.within(high, groups).orElseThrow();
        Share anywhere = RandomEffects.anywhere(all).orElseThrow();
        assertEquals(0.94, within.rate(), 0.01);
        assertTrue(within.worth() > 5 * anywhere.worth(), within + " " + anywhere);
    }

    @Test
    void groupsThatDifferNoMoreThanTheirPlacesTellNothing() {
        List<Share> one = List.of(Share.of(95, 100), Share.of(62, 100));
        List<Share> other = List.of(Share.of(93, 100), Share.of(60, 100));
        List<Share> all = List.of(one.get(0), one.get(1), other.get(0), other.get(1));
        Share within = RandomEffects.within(one, List.of(one, other)).orElseThrow();
        Share anywhere = RandomEffects.anywhere(all).orElseThrow();
        assertEquals(anywhere.rate(), within.rate(), 1e-12);
        assertEquals(anywhere.worth(), within.worth(), 1e-9);
    }

    @Test
    void twoPlacesShowNoSpread() {
        assertEquals(Optional.empty(), RandomEffects.anywhere(PLACES.subList(0, 2)));
        assertEquals(Optional.empty(), RandomEffects.within(List.of(), List.of(PLACES)));
    }

    @Test
    void aCorrectionForANewPlaceHoldsTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(5);
        int tries = 1500;
        int right = 0;
        for (int i = 0; i < tries; i++) {
            List<Share> sensitivities = new ArrayList<>();
            List<Share> specificities = new ArrayList<>();
            for (int place = 0; place < 8; place++) {
                sensitivities.add(RoganGladenTest.draw(random, around(random, 0.88), 80));
                specificities.add(RoganGladenTest.draw(random, around(random, 0.85), 90));
            }
            double share = 0.4 * around(random, 0.88) + 0.6 * (1 - around(random, 0.85));
            RoganGladen.Correction correction =
                    RoganGladen.correct(
                            RoganGladenTest.draw(random, share, 400),
                            0,
                            RandomEffects.anywhere(sensitivities).orElseThrow(),
                            RandomEffects.anywhere(specificities).orElseThrow(),
                            400);
            right +=
                    switch (correction) {
                        case RoganGladen.Correction.Corrected(Estimate e) ->
                                e.low() <= 0.4 && 0.4 <= e.high() ? 1 : 0;
                        case RoganGladen.Correction.Unknown unknown -> 1;
                    };
        }
        assertTrue(right >= 0.93 * tries, "covered %d of %d".formatted(right, tries));
    }

    /** A place whose rate lies about 7 points around the mean. */
    private static double around(SplittableRandom random, double mean) {
        return Math.min(0.995, mean + 0.07 * random.nextGaussian());
    }
}
