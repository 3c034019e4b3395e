package io.demur.eval.train;

import io.demur.eval.dialogue.Features;
import io.demur.eval.dialogue.Logistic;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Fits a logistic model by stochastic gradient with steps that shrink for each column on its own,
 * and shrinkage of the weights. The same rows in the same order give the same weights.
 */
final class LogisticTrainer {

    private static final int EPOCHS = 40;
    private static final float RATE = 0.15f;
    private static final long SEED = 11;

    /** A row: what is seen, whether it is so, and how much it counts. */
    record Item(Features features, boolean is, float weight) {}

    private final float[] weights;
    private final float[] squares;
    private final float shrink;

    private LogisticTrainer(int width, float shrink) {
        weights = new float[width];
        squares = new float[width];
        this.shrink = shrink;
    }

    /**
     * Fits the rows.
     *
     * @param width columns of the features
     * @param shrink how strongly weights are held near nothing
     */
    static Logistic fit(List<Item> rows, int width, float shrink) {
        LogisticTrainer trainer = new LogisticTrainer(width, shrink);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Item> order = new ArrayList<>(rows);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = order.size() - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                Item moved = order.get(i);
                order.set(i, order.get(j));
                order.set(j, moved);
            }
            order.forEach(trainer::step);
        }
        return Logistic.of(trainer.weights);
    }

    private void step(Item item) {
        Features x = item.features();
        double sum = 0;
        for (int i = 0; i < x.count(); i++) {
            sum += weights[x.column(i)] * x.value(i);
        }
        float slope = (float) (1 / (1 + Math.exp(-sum))) - (item.is() ? 1 : 0);
        for (int i = 0; i < x.count(); i++) {
            int column = x.column(i);
            float g = item.weight() * (slope * x.value(i) + shrink * weights[column]);
            squares[column] += g * g;
            weights[column] -= RATE * g / (float) Math.sqrt(squares[column] + 1e-8f);
        }
    }
}
