package io.demur.eval.train;

import io.demur.stats.Estimate;
import io.demur.stats.Wilson;

/** Counts how often something holds. Used by one thread. */
final class Counted {

    private int hits;
    private int n;

    void add(boolean holds) {
        hits += holds ? 1 : 0;
        n++;
    }

    /** Share of those counted, of which there must be one at least. */
    Estimate share() {
        return Wilson.estimate(1.0 * hits / n, n, n);
    }

    static String text(Estimate e) {
        return "%.3f (%.3f to %.3f, n %d)".formatted(e.rate(), e.low(), e.high(), e.n());
    }
}
