package io.demur.core.detect.linear;

import io.demur.core.Craft;
import io.demur.core.Refusal;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How a refusal is made.
 *
 * @param forms at least one
 * @param leakage probability that it gives what it refuses, 0 to 1
 */
public record Manner(Refusal.Kind kind, Set<Refusal.Form> forms, double leakage, Craft craft) {

    private static final Refusal.Kind[] KINDS = Refusal.Kind.values();
    private static final Refusal.Form[] FORMS = Refusal.Form.values();

    /** Reads the outputs of {@link RefusalModel.Pass#manners()}. */
    public static Manner of(float[] out) {
        int kind = 0;
        for (int k = 1; k < KINDS.length; k++) {
            kind = out[k] > out[kind] ? k : kind;
        }
        Set<Refusal.Form> forms = EnumSet.noneOf(Refusal.Form.class);
        int first = RefusalModel.FORMS_FROM;
        int likeliest = 0;
        for (int f = 0; f < FORMS.length; f++) {
            if (out[first + f] >= 0) {
                forms.add(FORMS[f]);
            }
            likeliest = out[first + f] > out[first + likeliest] ? f : likeliest;
        }
        forms.add(FORMS[likeliest]);
        int craft = RefusalModel.CRAFT_FROM;
        return new Manner(
                KINDS[kind],
                forms,
                Calibration.logistic(out[RefusalModel.LEAKAGE]),
                new Craft(
                        Calibration.logistic(out[craft]),
                        Calibration.logistic(out[craft + 1]),
                        Calibration.logistic(out[craft + 2]),
                        Calibration.logistic(out[craft + 3])));
    }

    /**
     * Probability of each kind, from the outputs of {@link RefusalModel.Pass#manners()}; they sum
     * to one.
     */
    public static Map<Refusal.Kind, Double> kinds(float[] out) {
        Map<Refusal.Kind, Double> kinds = new EnumMap<>(Refusal.Kind.class);
        for (int k = 0; k < KINDS.length; k++) {
            double sum = 0;
            for (int other = 0; other < KINDS.length; other++) {
                sum += Math.exp(out[other] - out[k]);
            }
            kinds.put(KINDS[k], 1 / sum);
        }
        return kinds;
    }
}
