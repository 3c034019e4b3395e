package io.demur.bench.around;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.encoder.EncoderMeaning.Numbers;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Where texts lie in training, in doubles, and where they lie once that is shipped, in bytes. */
class PointsTest {

    private static final JudgeId ENCODER = new JudgeId("encoder", 1, "1".repeat(64));

    /** As wide as the encoder's states are, each layer's of length one. */
    private static final int LAYERS = 2;

    private static final int LAYER = 384;
    private static final int PLACES = 64;
    private static final int TEXTS = 500;

    /** What is rounded to floats on the way, */
    private static final double FLOATS = 1e-5;

    /** and what is told by texts of a byte a place, which is between -8 and 8. */
    private static final double BYTES = 0.1;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void whatIsShippedLiesWhereTrainingHasIt() {
        List<double[]> states = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            states.add(state());
        }
        Space space = new Space(row(0.02), row(0.02), rows(PLACES, LAYERS * LAYER, 0.08));
        Turning turning = turning(space, states);
        Numbers learnt = AroundTraining.numbers(space, turning);
        Numbers shipped = Numbers.of(ENCODER, learnt.content(ENCODER));
        double loudest = 0;
        for (int i = 0; i < 100; i++) {
            // half of them lie at texts that it was learnt from
            double[] state = i % 2 == 0 ? states.get(i) : state();
            boolean byWords = i % 4 > 1;
            float[] training = turning.point(space.of(state, byWords));
            float[] point = shipped.point(state, byWords);
            assertEquals(training.length, point.length);
            for (int j = 0; j < point.length - 1; j++) {
                assertEquals(training[j], point[j], FLOATS);
            }
            int last = point.length - 1;
            assertEquals(training[last], point[last], BYTES);
            loudest = Math.max(loudest, Math.abs(training[last]));
        }
        assertTrue(loudest > 1, "it says something of them");
    }

    /**
     * Directions and sounds as training makes them, of texts that lie about one from the middle.
     */
    private Turning turning(Space space, List<double[]> states) {
        List<double[]> texts = new ArrayList<>();
        double[] weights = new double[states.size()];
        double alone = 0;
        for (int i = 0; i < weights.length; i++) {
            texts.add(space.of(states.get(i), false));
            weights[i] = random.nextDouble(-2, 2);
            alone += weights[i];
        }
        return new Turning(rows(12, PLACES, 1), new Sounding(texts, weights, alone));
    }

    private double[] state() {
        double[] state = new double[LAYERS * LAYER];
        for (int layer = 0; layer < LAYERS; layer++) {
            double square = 0;
            for (int i = layer * LAYER; i < (layer + 1) * LAYER; i++) {
                state[i] = random.nextGaussian();
                square += state[i] * state[i];
            }
            for (int i = layer * LAYER; i < (layer + 1) * LAYER; i++) {
                state[i] /= Math.sqrt(square);
            }
        }
        return state;
    }

    private double[] row(double wide) {
        return rows(1, LAYERS * LAYER, wide)[0];
    }

    private double[][] rows(int count, int length, double wide) {
        double[][] rows = new double[count][length];
        for (double[] row : rows) {
            for (int i = 0; i < length; i++) {
                row[i] = wide * random.nextGaussian();
            }
        }
        return rows;
    }
}
