package io.demur.core.harm.linear;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Outlook;
import io.demur.core.harm.Severity;
import io.demur.core.text.Sentences;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * Everything the linear judge of requests has learnt.
 *
 * @param version counts up when it is trained anew
 * @param words what words and their company say of harm and hazards
 * @param harm from the pooled units of {@code words} to harm, then the hazards in the order of
 *     their constants
 * @param effects what words say of the consequence
 * @param consequence from the pooled units of {@code effects} to MINOR, SERIOUS, GRAVE;
 *     externalised; reversible; then the bearers in the order of their constants
 * @param calibration of harm
 */
public record HarmModel(
        int version, Layer words, Net harm, Layer effects, Net consequence, Platt calibration) {

    private static final Hazard[] HAZARDS = Hazard.values();
    private static final Bearer[] BEARERS = Bearer.values();

    /** Outputs of {@link #harm}. */
    public static final int HARMS = 1 + HAZARDS.length;

    public static final int EXTERNALISED = 3;
    public static final int REVERSIBLE = 4;
    public static final int BEARERS_FROM = 5;

    /** Outputs of {@link #consequence}. */
    public static final int CONSEQUENCES = BEARERS_FROM + BEARERS.length;

    public HarmModel {
        Objects.requireNonNull(calibration);
        if (harm.inputs != Pool.SIZE
                || consequence.inputs != Pool.SIZE
                || harm.outputs != HARMS
                || consequence.outputs != CONSEQUENCES) {
            throw new IllegalArgumentException("nets of the wrong shape");
        }
    }

    /** The same with another calibration. */
    public HarmModel with(Platt other) {
        return new HarmModel(version, words, harm, effects, consequence, other);
    }

    /** Whether the hash of a word is one that training saw. */
    public boolean knows(int word) {
        return words.table().row(word) >= 0;
    }

    /** A text as both layers see it. Its size does not depend on the text's. Used by one thread. */
    public static final class Sight {
        final Pool words = new Pool();
        final Pool effects = new Pool();

        /** Takes what another has seen, as if it had been read after this. */
        public void addAll(Sight other) {
            words.addAll(other.words);
            effects.addAll(other.effects);
        }

        /** Whether no word was read. */
        public boolean isEmpty() {
            return words.isEmpty();
        }

        /** How many words were read. */
        int length() {
            return words.words();
        }
    }

    /** Reads a text, folded already, on top of what {@code sight} has seen. */
    public void read(String text, Features features, Sight sight) {
        Sentences sentences = Sentences.of(text);
        for (int i = 0; i < sentences.count(); i++) {
            read(text, sentences.start(i), sentences.end(i), features, sight);
        }
    }

    /** Reads one sentence of a text. */
    void read(String text, int from, int to, Features features, Sight sight) {
        features.read(text, from, to);
        see(features, sight);
    }

    /** Takes the sentence that {@code features} hold. */
    void see(Features features, Sight sight) {
        sight.words.add(words, features);
        sight.effects.add(effects, features);
    }

    /** Log-odds of harm, then of each hazard; harm is not calibrated yet. */
    public float[] harms(Sight sight) {
        return outputs(words, harm, sight.words);
    }

    /** Outputs for the consequence. */
    public float[] consequences(Sight sight) {
        return outputs(effects, consequence, sight.effects);
    }

    private static float[] outputs(Layer layer, Net net, Pool pool) {
        float[] x = new float[Pool.SIZE];
        float[] y = new float[net.outputs];
        pool.fill(layer, x, 0);
        net.forward(x, new float[net.hidden], y);
        return y;
    }

    /**
     * What is to be expected of a text.
     *
     * @param odds log-odds of harm, which may have been raised
     */
    public Outlook outlook(double odds, float[] harms, float[] consequences) {
        Map<Hazard, Double> hazards = new EnumMap<>(Hazard.class);
        for (int i = 0; i < HAZARDS.length; i++) {
            boolean silent = odds == Double.NEGATIVE_INFINITY;
            hazards.put(HAZARDS[i], silent ? 0 : Platt.logistic(harms[1 + i]));
        }
        Map<Bearer, Double> bearers = new EnumMap<>(Bearer.class);
        for (int i = 0; i < BEARERS.length; i++) {
            bearers.put(BEARERS[i], Platt.logistic(consequences[BEARERS_FROM + i]));
        }
        return new Outlook(
                calibration.probability(odds),
                hazards,
                severities(consequences),
                bearers,
                Platt.logistic(consequences[EXTERNALISED]),
                Platt.logistic(consequences[REVERSIBLE]));
    }

    private static Map<Severity, Double> severities(float[] y) {
        double most = Math.max(y[0], Math.max(y[1], y[2]));
        double minor = Math.exp(y[0] - most);
        double serious = Math.exp(y[1] - most);
        double grave = Math.exp(y[2] - most);
        double all = minor + serious + grave;
        return Map.of(
                Severity.MINOR, minor / all,
                Severity.SERIOUS, serious / all,
                Severity.GRAVE, grave / all);
    }
}
