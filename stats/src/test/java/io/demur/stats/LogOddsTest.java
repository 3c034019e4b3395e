package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.stats.LogOdds.Count;
import io.demur.stats.LogOdds.Feature;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

class LogOddsTest {

    private static final int TRIES = Boolean.getBoolean("thorough") ? 5_000 : 400;

    /** The formula in numpy: 100 and 120 observations, a prior worth 10. */
    @Test
    void agreesWithNumpy() {
        List<Feature> features =
                LogOdds.of(
                        List.of(
                                new Count("rare", 2, 3),
                                new Count("never", 0, 8),
                                new Count("kill", 30, 5)),
                        100,
                        120,
                        10,
                        0.05);
        assertEquals(
                List.of("kill", "rare", "never"), features.stream().map(Feature::name).toList());
        check(features.get(0), 2.0189652087702106, 0.45151895467671893, true);
        check(features.get(1), -0.20547820320012988, 0.8772899018625115, false);
        check(features.get(2), -2.9780242252883227, 1.6542706870278767, false);
        // found one among three: its interval has a level of 1 − 0.05/3
        Interval odds = features.get(0).odds();
        assertEquals(2.3939797998185104 * 0.45151895467671893, odds.high() - odds.value(), 1e-9);
    }

    private static void check(Feature feature, double odds, double error, boolean found) {
        assertEquals(odds, feature.odds().value(), 1e-12);
        assertEquals(odds / error, feature.z(), 1e-9);
        assertEquals(found, feature.found());
    }

    @Test
    void impossibleCountsNameTheFeature() {
        IllegalArgumentException thrown =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> LogOdds.of(List.of(new Count("kill", 3, 0)), 2, 2, 1, 0.05));
        assertTrue(String.valueOf(thrown.getMessage()).contains("`kill`"));
        assertTrue(LogOdds.of(List.of(), 2, 2, 1, 0.05).isEmpty());
    }

    @Test
    void amongFeaturesThatTellNothingHardlyAnyIsFoundAndThoseThatTellAre() {
        SplittableRandom random = new SplittableRandom(19);
        int some = 0;
        int found = 0;
        int wrong = 0;
        for (int i = 0; i < TRIES; i++) {
            List<Count> nothing = new ArrayList<>();
            List<Count> mixed = new ArrayList<>();
            for (int f = 0; f < 60; f++) {
                double p = 0.01 + 0.3 * random.nextDouble();
                nothing.add(count("n" + f, random, p, p));
                boolean tells = f < 6;
                mixed.add(count((tells ? "t" : "n") + f, random, tells ? p + 0.3 : p, p));
            }
            some +=
                    LogOdds.of(nothing, 200, 300, 10, 0.1).stream().anyMatch(Feature::found)
                            ? 1
                            : 0;
            for (Feature feature : LogOdds.of(mixed, 200, 300, 10, 0.1)) {
                found += feature.found() ? 1 : 0;
                wrong += feature.found() && feature.name().startsWith("n") ? 1 : 0;
                assertFalse(feature.found() && feature.odds().holds(0));
            }
        }
        assertTrue(some <= 0.13 * TRIES, some + " of " + TRIES);
        assertTrue(wrong <= 0.12 * found, wrong + " of " + found);
        assertTrue(found >= 0.95 * 6 * TRIES, found + " found");
    }

    private static Count count(String name, SplittableRandom random, double first, double second) {
        int[] hits = new int[2];
        for (int i = 0; i < 300; i++) {
            hits[0] += i < 200 && random.nextDouble() < first ? 1 : 0;
            hits[1] += random.nextDouble() < second ? 1 : 0;
        }
        return new Count(name, hits[0], hits[1]);
    }
}
