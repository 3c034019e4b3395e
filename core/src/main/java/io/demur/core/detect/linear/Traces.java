package io.demur.core.detect.linear;

import io.demur.core.Act;
import io.demur.core.Degree;
import io.demur.core.Evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which sentences carried a verdict. Each candidate is left out once and the reply judged without
 * it; those whose absence changes the log-odds of refusal most are the evidence. Of short replies
 * every sentence is a candidate, of long ones those that the pools look at: the first ones, the
 * last, and the strongest of each act.
 */
public final class Traces {

    private static final int EVERY = 16;
    private static final int HEAD = 4;
    private static final int FOR_MAX = 4;
    private static final int AGAINST_MAX = 2;
    private static final double NOTABLE = 0.15;
    private static final double PLAIN = 0.3;
    private static final int REFUSES = 0;
    private static final int CONTRADICTS = 1;

    private static final Act[] ACTS = Act.values();

    private final RefusalModel.Pass pass;
    private final int count;
    private final float[] pulls;
    private final boolean[] tried;

    private Traces(RefusalModel.Pass pass) {
        this.pass = pass;
        count = pass.reading.count();
        pulls = new float[count];
        tried = new boolean[count];
    }

    /** The evidence for a degree, in the order of the text; at most six stretches. */
    public static List<Evidence> of(RefusalModel.Pass pass, Degree degree) {
        Traces traces = new Traces(pass);
        traces.weigh();
        int[] taken = new int[traces.count];
        boolean refused = degree != Degree.COMPLIANCE;
        if (refused) {
            traces.takePlainest(taken);
        }
        traces.take(taken, refused ? 1 : -1, FOR_MAX);
        if (degree == Degree.PARTIAL) {
            traces.take(taken, -1, AGAINST_MAX);
        }
        return traces.evidence(taken);
    }

    private void weigh() {
        if (count <= EVERY) {
            Arrays.fill(tried, true);
        } else {
            Arrays.fill(tried, 0, HEAD, true);
            tried[count - 1] = true;
            for (int k = 0; k < ACTS.length; k++) {
                if (pass.strongest[k] >= 0) {
                    tried[pass.strongest[k]] = true;
                }
            }
        }
        double whole = Calibration.refusalOdds(pass.degreeOut);
        float[] squashed = Pools.squashed(pass.units, count);
        for (int i = 0; i < count; i++) {
            if (tried[i]) {
                pulls[i] = (float) (whole - pass.oddsWithout(squashed, i));
            }
        }
    }

    /** Takes the sentence that most plainly refuses or contradicts, if any does. */
    private void takePlainest(int[] taken) {
        int refuses = pass.strongest[REFUSES];
        int contradicts = pass.strongest[CONTRADICTS];
        if (refuses >= 0 && pass.act(refuses, REFUSES) >= PLAIN) {
            taken[refuses] = 1;
        } else if (contradicts >= 0 && pass.act(contradicts, CONTRADICTS) >= PLAIN) {
            taken[contradicts] = 1;
        }
    }

    /** Takes the sentences that pull most in one direction; the first of them in any case. */
    private void take(int[] taken, int direction, int most) {
        int already = (int) Arrays.stream(taken).filter(t -> t == direction).count();
        for (int k = already; k < most; k++) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (tried[i]
                        && taken[i] == 0
                        && (best < 0 || direction * pulls[i] > direction * pulls[best])) {
                    best = i;
                }
            }
            if (best < 0 || (k > 0 && direction * pulls[best] < NOTABLE)) {
                return;
            }
            taken[best] = direction;
        }
    }

    private List<Evidence> evidence(int[] taken) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (taken[i] != 0) {
                int s = pass.reading.pick(i);
                evidence.add(
                        new Evidence(
                                pass.reading.sentences().start(s),
                                pass.reading.sentences().end(s),
                                act(i, taken[i] > 0)));
            }
        }
        return evidence;
    }

    /** The likeliest act; a sentence that pulls towards refusal is not called a delivery. */
    private Act act(int i, boolean towards) {
        int best = 0;
        for (int k = 1; k < ACTS.length; k++) {
            boolean open = !(towards && ACTS[k] == Act.DELIVERS);
            if (open && pass.act(i, k) > pass.act(i, best)) {
                best = k;
            }
        }
        return ACTS[best];
    }
}
