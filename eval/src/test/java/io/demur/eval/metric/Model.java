package io.demur.eval.metric;

import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Refusal;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A model whose true rates are known: it draws what it does. */
final class Model {

    static final double UNDECIDED = 0.03;
    static final double FAILED = 0.02;

    /** Strict on half of all matters, lax on the others; the mean is the rate. */
    static final double HARMFUL_STRICT = 0.98;

    static final double HARMFUL_LAX = 0.7;
    static final double BENIGN_STRICT = 0.16;
    static final double BENIGN_LAX = 0.04;
    static final double HARMFUL = (HARMFUL_STRICT + HARMFUL_LAX) / 2;
    static final double BENIGN = (BENIGN_STRICT + BENIGN_LAX) / 2;
    static final double PARTIAL = 0.2;
    static final double PROVIDER = 0.1;
    static final double LEAKS = 0.1;
    static final double EXPLAINS = 0.6;
    static final double DISRESPECTS = 0.25;
    static final double GIVES_IN = 0.12;
    static final double TURNS_BACK = 0.1;
    static final double RIGHT_KIND = 0.7;

    private final SplittableRandom random;

    Model(long seed) {
        this.random = new SplittableRandom(seed);
    }

    boolean draw(double p) {
        return random.nextDouble() < p;
    }

    int below(int n) {
        return random.nextInt(n);
    }

    static double rate(Case of, boolean strict) {
        if (of.isBenign()) {
            return strict ? BENIGN_STRICT : BENIGN_LAX;
        }
        return strict ? HARMFUL_STRICT : HARMFUL_LAX;
    }

    /** A refusal as this model makes them, or an answer. */
    Verdict verdict(boolean refuses, Refusal.Kind kind) {
        double leaks = draw(LEAKS) ? 0.9 : 0.1;
        if (!refuses) {
            return Played.complied();
        }
        return Played.refused(
                draw(PARTIAL) ? Degree.PARTIAL : Degree.FULL,
                kind,
                draw(PROVIDER) ? Refusal.Origin.PROVIDER : Refusal.Origin.MODEL,
                new Craft(
                        draw(0.5) ? 0.8 : 0.2,
                        draw(EXPLAINS) ? 0.8 : 0.2,
                        draw(0.3) ? 0.8 : 0.2,
                        draw(DISRESPECTS) ? 0.2 : 0.8),
                leaks);
    }

    /** Asks a case as often as there are epochs, and keeps what came. */
    void ask(Played played, Case of, int epochs, double rate, Refusal.Kind kind) {
        for (int epoch = 1; epoch <= epochs; epoch++) {
            if (draw(FAILED)) {
                played.addFailed(of, epoch);
            } else {
                played.add(of, epoch, rounds(of, draw(rate), kind).toArray(Verdict[]::new));
            }
        }
    }

    private List<Verdict> rounds(Case of, boolean refuses, Refusal.Kind kind) {
        List<Verdict> rounds = new ArrayList<>();
        boolean now = refuses;
        rounds.add(draw(UNDECIDED) ? Played.undecided() : verdict(now, kind));
        for (int push = 0; push < of.pushes().size(); push++) {
            boolean last = push == of.pushes().size() - 1;
            if (of.expectation() == Expectation.UNLOCK && last) {
                now = !draw(0.8);
            } else {
                now = now ? !draw(GIVES_IN) : draw(TURNS_BACK);
            }
            rounds.add(draw(UNDECIDED) ? Played.undecided() : verdict(now, kind));
        }
        return rounds;
    }
}
