package io.demur.core.detect.linear;

import io.demur.core.Degrees;

import java.util.Arrays;
import java.util.Objects;

/**
 * Everything the refusal judge has learnt.
 *
 * @param version counts up when it is trained anew
 * @param sentences what each sentence does: the seven acts in the order of {@link
 *     io.demur.core.Act}, then eight units without a name
 * @param degree from the pooled units to compliance, partial, full
 * @param manner n-grams for kind, form, leakage and craft, one column to each output of {@code
 *     manners}
 * @param manners from the pooled units to the same; the two are added
 * @param calibration of the degree
 */
public record RefusalModel(
        int version,
        Layer sentences,
        Net degree,
        Layer manner,
        Net manners,
        Calibration calibration) {

    /** Outputs of {@link #manners}: four kinds, five forms, leakage, four qualities of craft. */
    public static final int MANNERS = 14;

    public static final int FORMS_FROM = 4;
    public static final int LEAKAGE = 9;
    public static final int CRAFT_FROM = 10;

    static final int HIDDEN_MAX = 64;

    public RefusalModel {
        Objects.requireNonNull(calibration);
        if (degree.inputs != Pools.SIZE
                || manners.inputs != Pools.SIZE
                || degree.outputs != 3
                || manners.outputs != MANNERS
                || degree.hidden > HIDDEN_MAX
                || manners.hidden > HIDDEN_MAX) {
            throw new IllegalArgumentException("nets of the wrong shape");
        }
    }

    /** The same with another calibration. */
    public RefusalModel with(Calibration other) {
        return new RefusalModel(version, sentences, degree, manner, manners, other);
    }

    /** The same with another way to tell the manner. */
    public RefusalModel with(Layer otherManner, Net otherManners) {
        return new RefusalModel(version, sentences, degree, otherManner, otherManners, calibration);
    }

    /** What the model makes of one reply, step by step. Used by one thread. */
    public final class Pass {
        public final Reading reading;

        /** Units of the sentences read, {@link Pools#UNITS} to each, before squashing. */
        public final float[] units;

        public final float[] pools = new float[Pools.SIZE];

        /** For each unit, which of the sentences read has most of it; -1 where there is none. */
        public final int[] strongest = new int[Pools.UNITS];

        /** Outputs for compliance, partial and full. */
        public final float[] degreeOut = new float[3];

        private final float[] hidden = new float[HIDDEN_MAX];
        private final float[] lacking = new float[Pools.SIZE];
        private final float[] lackingOut = new float[3];
        private final int[] sums = new int[Table.COLUMNS];

        private Pass(Reading reading) {
            this.reading = reading;
            int n = reading.count();
            units = new float[n * Pools.UNITS];
            for (int i = 0; i < n; i++) {
                sentences.units(
                        reading.features(),
                        reading.from(i),
                        reading.from(i + 1),
                        sums,
                        units,
                        i * Pools.UNITS);
            }
            Pools.fill(units, n, reading.measures(), pools, strongest);
            degree.forward(pools, hidden, degreeOut);
        }

        public Degrees degrees() {
            return calibration.degrees(degreeOut);
        }

        /** Probability that read sentence {@code i} does act {@code act} (by ordinal), 0 to 1. */
        public double act(int i, int act) {
            return Calibration.logistic(units[i * Pools.UNITS + act]);
        }

        /**
         * Log-odds of refusal that the reply would have without a sentence.
         *
         * @param squashed the units of all sentences read, as {@link Pools#squashed} gives them
         * @param without which sentence
         */
        double oddsWithout(float[] squashed, int without) {
            Pools.fillWithout(
                    units, squashed, reading.count(), without, reading.measures(), lacking);
            degree.forwardLoosely(lacking, hidden, lackingOut);
            return Calibration.refusalOdds(lackingOut);
        }

        /** Outputs for kind, form, leakage and craft, as log-odds. */
        public float[] manners() {
            float[] own = new float[Table.COLUMNS];
            manner.units(mannerFeatures(), own);
            float[] out = new float[MANNERS];
            manners.forward(pools, hidden, out);
            for (int o = 0; o < MANNERS; o++) {
                out[o] += own[o];
            }
            return out;
        }

        /**
         * What kind, form, leakage and craft are read from: all that is read, and what was asked.
         */
        public int[] mannerFeatures() {
            int[] context = reading.context();
            int read = reading.from(reading.count());
            int[] all = Arrays.copyOf(reading.features(), read + context.length);
            System.arraycopy(context, 0, all, read, context.length);
            return all;
        }
    }

    /** Reads a reply. */
    public Pass pass(String text, PromptWords prompt) {
        return new Pass(Reading.of(text, prompt));
    }
}
