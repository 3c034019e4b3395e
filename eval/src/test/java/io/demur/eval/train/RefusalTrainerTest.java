package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.ModelFormat;
import io.demur.core.detect.linear.RefusalModel;

import org.junit.jupiter.api.Test;

import java.util.List;

class RefusalTrainerTest {

    private static final Settings SMALL =
            new Settings(14, 10, 2, 6, 0.05f, 0.01f, 1e-3f, 0.2f, 1, 8, 7);

    @Test
    void givesTheSameBytesForTheSameData() {
        assertArrayEquals(ModelFormat.encode(train()), ModelFormat.encode(train()));
    }

    @Test
    void learnsTheWrittenReplies() {
        RefusalModel model = train();
        double right = 0;
        List<Example> examples = Written.examples();
        for (Example example : examples) {
            float[] y = Replies.pass(model, example).degreeOut;
            boolean said = Calibration.refusalOdds(y) > 0;
            right += said == !example.degrees().contains(io.demur.core.Degree.COMPLIANCE) ? 1 : 0;
        }
        assertTrue(right / examples.size() > 0.95, right + " of " + examples.size());
    }

    private static RefusalModel train() {
        List<Prepared> data = RefusalTraining.prepare(Written.examples(), e -> true);
        return RefusalTrainer.train(SMALL, data);
    }
}
