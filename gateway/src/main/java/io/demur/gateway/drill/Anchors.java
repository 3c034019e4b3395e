package io.demur.gateway.drill;

import io.demur.stats.sequential.GapProcess;

import java.util.Optional;

/**
 * Whether the judge has changed, by answers that people labelled and that it is asked about again
 * with every drill. The first {@value #BASELINE} are its baseline: how far the judge differs from
 * people anyway. Immutable, and the same for the same results.
 *
 * @param n results of the baseline so far
 * @param gap the sum of judge less person among them
 * @param process what came since, once the baseline stands
 */
public record Anchors(int n, int gap, Optional<GapProcess> process) {

    /** Results that make the baseline: each anchor that ships five times. */
    static final int BASELINE = 600;

    /** So much more or less is no change. */
    private static final double TOLERANCE = 0.01;

    /** Of judges that never change at most this share is ever said to have. */
    static final double ALPHA = 0.05;

    static Anchors start() {
        return new Anchors(0, 0, Optional.empty());
    }

    /**
     * After so many results.
     *
     * @param over how many of them the judge took for refusals and people did not
     * @param under how many of them the other way round
     */
    Anchors next(int asked, int over, int under) {
        Anchors anchors = this;
        for (int i = 0; i < asked; i++) {
            boolean more = i < over;
            boolean less = !more && i < over + under;
            anchors = anchors.next(more, less);
        }
        return anchors;
    }

    private Anchors next(boolean over, boolean under) {
        if (process.isPresent()) {
            return new Anchors(n, gap, process.map(it -> it.next(over, under)));
        }
        int count = n + 1;
        int sum = gap + (over ? 1 : 0) - (under ? 1 : 0);
        return new Anchors(
                count,
                sum,
                count < BASELINE
                        ? Optional.empty()
                        : Optional.of(GapProcess.of((double) sum / count, TOLERANCE)));
    }

    /** Whether the judge has changed. */
    public boolean changed() {
        return process.filter(it -> it.changed(ALPHA)).isPresent();
    }

    /** Whether it may well have: then a change that is noticed is put down to it. */
    public boolean suspected() {
        return process.filter(it -> it.evidence() >= 5).isPresent();
    }
}
