package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClopperPearsonTest {

    /** From statsmodels 0.15, {@code proportion_confint(k, n, method='beta')}. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.30849710781876083",
        "3, 10, 0.06673951117773447, 0.6524528500599973",
        "10, 10, 0.6915028921812392, 1.0",
        "50, 100, 0.39832112950330095, 0.6016788704966991",
        "1, 1000, 2.531748749129404e-05, 0.005558924279826673",
        "999, 1000, 0.9944410757201734, 0.9999746825125088",
    })
    void agreesWithStatsmodels(int k, int n, double low, double high) {
        Estimate estimate = ClopperPearson.estimate(k, n);
        assertEquals(low, estimate.low(), 1e-12);
        assertEquals(high, estimate.high(), 1e-12);
    }

    @Test
    void coversEveryTruthAtLeastAsOftenAsStated() {
        for (int n : new int[] {1, 7, 40}) {
            for (double truth = 0.01; truth < 1; truth += 0.01) {
                double covered = 0;
                for (int k = 0; k <= n; k++) {
                    Estimate estimate = ClopperPearson.estimate(k, n);
                    if (estimate.low() <= truth && truth <= estimate.high()) {
                        covered += BinomialDistribution.of(n, truth).probability(k);
                    }
                }
                assertTrue(covered >= 0.95, n + " at " + truth + ": " + covered);
            }
        }
    }
}
