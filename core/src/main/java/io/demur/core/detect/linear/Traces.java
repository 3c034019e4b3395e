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
        boolean[] taken = new boolean[traces.count];
        boolean refused = degree != Degree.COMPLIANCE;
        traces.take(taken, refused ? 1 : -1, FOR_MAX);
        if (degree == Degree.PARTIAL) {
            traces.take(taken, -1, AGAINST_MAX);
        }
        return traces.evidence(taken, refused);
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
        float[] rest = new float[Math.max(0, count - 1) * Pools.UNITS];
        for (int i = 0; i < count; i++) {
            if (tried[i]) {
                System.arraycopy(pass.units, 0, rest, 0, i * Pools.UNITS);
                System.arraycopy(
                        pass.units,
                        (i + 1) * Pools.UNITS,
                        rest,
                        i * Pools.UNITS,
                        (count - 1 - i) * Pools.UNITS);
                pulls[i] = (float) (whole - pass.oddsOf(rest, count - 1));
            }
        }
    }

    /** Takes the sentences that pull most in one direction; the first of them in any case. */
    private void take(boolean[] taken, int direction, int most) {
        for (int k = 0; k < most; k++) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (tried[i]
                        && !taken[i]
                        && (best < 0 || direction * pulls[i] > direction * pulls[best])) {
                    best = i;
                }
            }
            if (best < 0 || (k > 0 && direction * pulls[best] < NOTABLE)) {
                return;
            }
            taken[best] = true;
        }
    }

    private List<Evidence> evidence(boolean[] taken, boolean refused) {
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (taken[i]) {
                int s = pass.reading.pick(i);
                boolean towards = refused && pulls[i] >= 0;
                evidence.add(
                        new Evidence(
                                pass.reading.sentences().start(s),
                                pass.reading.sentences().end(s),
                                act(i, towards)));
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
