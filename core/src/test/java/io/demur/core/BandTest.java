package io.demur.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

class BandTest {

    private static final JudgeId ONE = new JudgeId("one", 3, "1".repeat(64));
    private static final JudgeId TWO = new JudgeId("two", 5, "2".repeat(64));

    @Test
    void theLowerLimitBelongsToItAndTheUpperDoesNot() {
        Band band = new Band(0.2, 0.8);
        assertTrue(band.contains(0.2));
        assertFalse(band.contains(0.8));
        assertFalse(band.contains(0.19999));
    }

    @Test
    void allHoldsEveryProbabilityAndAnEmptyBandNone() {
        Property.check(
                200,
                gen -> {
                    double p = gen.oneIn(4) ? gen.between(0, 1) : gen.unit();
                    assertTrue(Band.ALL.contains(p));
                    double at = gen.oneIn(4) ? gen.between(0, 1) : gen.unit();
                    assertFalse(new Band(at, at).contains(p));
                });
    }

    @Test
    void limitsThatDoNotRiseOrLieOutsideDoNotConstruct() {
        for (double[] limits :
                new double[][] {
                    {0.8, 0.2}, {-0.1, 0.5}, {0.5, 1.1}, {Double.NaN, 1}, {0, Double.NaN}
                }) {
            assertThrows(IllegalArgumentException.class, () -> new Band(limits[0], limits[1]));
        }
    }

    @Test
    void aJudgeMadeOfTwoIsAnotherOneForEachBand() {
        JudgeId both = ONE.then(TWO, new Band(0.2, 0.8));
        assertEquals("one+two", both.name());
        assertEquals(3, both.version());
        assertEquals(both, ONE.then(TWO, new Band(0.2, 0.8)));
        assertNotEquals(both, ONE.then(TWO, new Band(0.2, 0.9)));
        assertNotEquals(both.sha256(), TWO.then(ONE, new Band(0.2, 0.8)).sha256());
    }
}
