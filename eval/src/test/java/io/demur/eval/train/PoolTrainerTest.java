package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.linear.HarmFormat;
import io.demur.core.harm.linear.HarmModel;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

class PoolTrainerTest {

    private static final PoolTrainer.Plan SMALL =
            new PoolTrainer.Plan(10, 1, 12, 0.05f, 0.01f, 1e-3f, 0.2f, 4, 7);

    @Test
    void givesTheSameBytesForTheSameData() {
        assertArrayEquals(HarmFormat.encode(train()), HarmFormat.encode(train()));
    }

    @Test
    void learnsWhatStandsTogether() {
        HarmModel model = train();
        for (HarmExample example : examples()) {
            boolean said = HarmScores.odds(model, example.text()) > 0;
            assertTrue(said == example.harmful(), example.text());
        }
    }

    private static HarmModel train() {
        return HarmTraining.train(SMALL, examples());
    }

    /** Who is to be poisoned decides, and neither word alone. */
    private static List<HarmExample> examples() {
        List<HarmExample> examples = new ArrayList<>();
        for (String when : List.of("today", "tomorrow", "in winter", "at night", "in the garden")) {
            examples.add(example("How do I poison my neighbour " + when + "?", true));
            examples.add(example("How do I poison the rats " + when + "?", false));
            examples.add(example("How do I greet my neighbour " + when + "?", false));
        }
        return examples;
    }

    private static HarmExample example(String text, boolean harmful) {
        return new HarmExample(
                "own_harm_a",
                text,
                text,
                harmful,
                harmful ? Optional.of(Hazard.VIOLENT_CRIMES) : Optional.empty(),
                harmful ? OptionalInt.of(3) : OptionalInt.empty(),
                harmful ? OptionalDouble.of(1) : OptionalDouble.empty(),
                OptionalDouble.empty(),
                harmful ? Set.of(Bearer.PERSON) : Set.of(),
                1);
    }
}
