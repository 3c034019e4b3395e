package io.demur.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonTest {

    /** From statsmodels, {@code proportion_confint(k, n, method='wilson')}. */
    @ParameterizedTest
    @CsvSource({
        "0, 10, 0.0, 0.27753279986288926",
        "3, 10, 0.10779126740630104, 0.6032218525388546",
        "10, 10, 0.7224672001371106, 1.0",
        "50, 100, 0.4038315303659956, 0.5961684696340044",
        "1, 1000, 0.00017654637062607765, 0.005642558597957937",
        "999, 1000, 0.9943574414020421, 0.9998234536293739",
    })
    void agreesWithStatsmodels(int k, int n, double low, double high) {
        Estimate estimate = Wilson.estimate((double) k / n, n, n);
        assertEquals(low, estimate.low(), 1e-9);
        assertEquals(high, estimate.high(), 1e-9);
    }
}
