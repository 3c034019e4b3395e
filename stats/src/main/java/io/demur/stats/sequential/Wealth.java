package io.demur.stats.sequential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What betting against a hypothesis has made of 1, with the stake split over several bets and over
 * the times at which to begin: as long as the hypothesis holds, wealth ever reaches 1/α with a
 * probability of at most α, however often one looks (Ville 1939; Shafer 2021; Waudby-Smith and
 * Ramdas 2024).
 *
 * <p>Half of the stake is bet from the start. Of the other half ½ / (1 + ln(1 + t/{@value #SCALE}))
 * is not yet bet after t observations, so that a change that comes late is bet on with stakes that
 * nothing has yet lost; what waits counts as wealth. With m_j what bet j is worth and f_j its
 * factor for an observation, m_j ← (m_j + s/J) f_j, where s is the stake released for this
 * observation and J the number of bets.
 *
 * @param n observations so far
 * @param bets what each bet is worth, 0 or more
 * @param highest the greatest wealth so far, at least 1
 */
record Wealth(long n, List<Double> bets, double highest) {

    private static final double SCALE = 50;

    /** Beyond this wealth is not counted: what it proves is proven. */
    private static final double MOST = 1e250;

    Wealth {
        bets = List.copyOf(bets);
        if (n < 0 || bets.isEmpty() || !(highest >= 1) || bets.stream().anyMatch(b -> !(b >= 0))) {
            throw new IllegalArgumentException(
                    "`%s` after `%d`, at most `%s`, is no wealth".formatted(bets, n, highest));
        }
    }

    static Wealth of(int bets) {
        return new Wealth(0, Collections.nCopies(bets, 0.0), 1);
    }

    /** After an observation for which bets have these factors. */
    Wealth next(double[] factors) {
        double stake = (waiting(n) - waiting(n + 1)) / factors.length;
        List<Double> next = new ArrayList<>(factors.length);
        double sum = waiting(n + 1);
        for (int j = 0; j < factors.length; j++) {
            double worth = Math.min(MOST, (bets.get(j) + stake) * factors[j]);
            next.add(worth);
            sum += worth;
        }
        return new Wealth(n + 1, next, Math.max(highest, sum));
    }

    /** What it is worth now. */
    double now() {
        double sum = waiting(n);
        for (double worth : bets) {
            sum += worth;
        }
        return sum;
    }

    private static double waiting(long n) {
        return n == 0 ? 1 : 0.5 / (1 + Math.log1p((n - 1) / SCALE));
    }
}
