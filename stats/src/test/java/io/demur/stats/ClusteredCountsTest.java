package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class ClusteredCountsTest {

    private static final int[] HIT = {1};

    @Test
    void agreesWithClusterRobustLeastSquaresOfStatsmodels() {
        int[][] hitsOfSize = {{1, 5}, {5, 5}, {0, 5}, {4, 5}, {2, 5}, {0, 3}, {3, 3}};
        ClusteredCounts counts = new ClusteredCounts(2, 1 << 16);
        for (int c = 0; c < hitsOfSize.length; c++) {
            for (int i = 0; i < hitsOfSize[c][1]; i++) {
                counts.add(c, i < hitsOfSize[c][0] ? 1 : 0);
            }
        }
        // OLS on an intercept with cov_type='cluster', then proportion_confint(method='wilson')
        Estimate share = counts.share(HIT).orElseThrow();
        assertEquals(15 / 31.0, share.rate(), 1e-12);
        assertEquals(0.17909962777990762, share.low(), 1e-9);
        assertEquals(0.8011316877774587, share.high(), 1e-9);
        assertEquals(31, share.n());
    }

    @Test
    void isNearlyWilsonsIntervalWhereNothingIsShared() {
        ClusteredCounts counts = new ClusteredCounts(2, 1 << 16);
        for (int i = 0; i < 1000; i++) {
            counts.add(i, i < 300 ? 1 : 0);
        }
        Estimate share = counts.share(HIT).orElseThrow();
        Estimate plain = Wilson.estimate(0.3, 1000, 1000);
        assertEquals(plain.low(), share.low(), 2e-3);
        assertEquals(plain.high(), share.high(), 2e-3);
    }

    @Test
    void answersThatOnlyRepeatTheirPromptCountOncePerPrompt() {
        ClusteredCounts counts = new ClusteredCounts(2, 1 << 16);
        for (int i = 0; i < 500; i++) {
            counts.add(i % 10, i % 10 < 3 ? 1 : 0);
        }
        Estimate share = counts.share(HIT).orElseThrow();
        Estimate tenDraws = Wilson.estimate(0.3, 10, 10);
        assertTrue(share.low() <= tenDraws.low(), share::toString);
        assertTrue(share.high() >= tenDraws.high(), share::toString);
    }

    @Test
    void sharesOfAllCategoriesSumToOneAndLieInTheirIntervals() {
        Property.check(
                300,
                gen -> {
                    ClusteredCounts counts = new ClusteredCounts(3, 1 << 16);
                    int n = gen.between(1, 200);
                    for (int i = 0; i < n; i++) {
                        counts.add(gen.between(0, 40), gen.between(0, gen.between(0, 2)));
                    }
                    double sum = 0;
                    for (int c = 0; c < 3; c++) {
                        sum += counts.share(c).orElseThrow().rate();
                    }
                    assertEquals(1, sum, 1e-12);
                    assertEquals(1, counts.share(0, 1, 2).orElseThrow().rate());
                });
    }

    @Test
    void nothingCountedIsNoRate() {
        assertEquals(Optional.empty(), new ClusteredCounts(2, 1 << 16).share(HIT));
    }

    @Test
    void memoryStaysBoundedForMillionsOfPrompts() {
        ClusteredCounts counts = new ClusteredCounts(3, 1 << 16);
        for (long i = 0; i < 2_000_000; i++) {
            counts.add(i, (int) (i % 3));
        }
        assertEquals(2_000_000, counts.n());
        Estimate share = counts.share(2).orElseThrow();
        assertEquals(0.0013, share.high() - share.low(), 0.0001);
    }
}
