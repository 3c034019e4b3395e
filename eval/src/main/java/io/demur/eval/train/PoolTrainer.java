package io.demur.eval.train;

import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.detect.linear.Table;
import io.demur.core.harm.linear.Pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns what sentences say from labels of whole texts: the loss is pushed through the net and the
 * pools back to the sentences and their features. One thread, one order, one seed: the same data
 * gives the same bytes.
 */
final class PoolTrainer {

    private static final int UNITS = Pool.UNITS;
    private static final int AVERAGE_EVERY = 500;

    /**
     * How training goes.
     *
     * @param rowsLog2 size of the table: two to this power rows of 16 bytes
     * @param documentsMin how many texts a feature must occur in to get a row
     * @param rate step size of the table
     * @param drop share of features left out at each look
     */
    record Plan(
            int rowsLog2,
            int documentsMin,
            int epochs,
            float rate,
            float netRate,
            float decay,
            float drop,
            int hidden,
            long seed) {}

    /**
     * One text, or two that belong together, with what is to be said of them.
     *
     * @param targets one for each output; NaN where nothing is known
     * @param weights how much each counts
     */
    @SuppressWarnings("ArrayRecordComponent") // read in the innermost loop, never compared
    record Item(List<Pooled> texts, float[] targets, float[] weights) {}

    /** What was learnt. */
    record Learnt(Layer layer, Net net) {}

    private final Plan plan;
    private final int choices;
    private final SplittableRandom random;
    private final Table table;
    private final Adagrad weights;
    private final float[] bias = new float[UNITS];
    private final Adagrad biases;
    private final NetTrainer net;
    private final float[] x;
    private final float[] dx;
    private final float[] dy;
    private final List<PoolLook> looks = new ArrayList<>();

    private PoolTrainer(Plan plan, int outputs, int choices, List<Item> items) {
        this.plan = plan;
        this.choices = choices;
        random = new SplittableRandom(plan.seed());
        List<int[]> documents = new ArrayList<>();
        for (Item item : items) {
            documents.add(
                    item.texts().stream().map(Pooled::flat).flatMapToInt(Arrays::stream).toArray());
        }
        table = Vocabulary.choose(documents, plan.rowsLog2(), plan.documentsMin());
        weights = new Adagrad(new float[table.rows() * UNITS], plan.rate(), plan.decay());
        for (int i = 0; i < weights.weights.length; i++) {
            weights.weights[i] = 0.02f * (float) (random.nextDouble() * 2 - 1);
        }
        biases = new Adagrad(bias, plan.netRate(), 0);
        int texts = items.getFirst().texts().size();
        for (int i = 0; i < texts; i++) {
            looks.add(new PoolLook(table, weights, biases, bias));
        }
        x = new float[texts * Pool.SIZE];
        dx = new float[x.length];
        dy = new float[outputs];
        net =
                new NetTrainer(
                        new Net(x.length, plan.hidden(), outputs),
                        plan.netRate(),
                        plan.decay() * 10,
                        random);
    }

    /**
     * Trains in an order drawn from the seed.
     *
     * @param choices so many first outputs exclude one another; all others are independent
     */
    static Learnt train(Plan plan, int outputs, int choices, List<Item> items) {
        PoolTrainer trainer = new PoolTrainer(plan, outputs, choices, items);
        Average average = new Average(trainer.weights.weights, trainer.bias, trainer.net.net);
        int steps = 0;
        for (int epoch = 0; epoch < plan.epochs(); epoch++) {
            for (int i : Order.shuffled(items.size(), trainer.random)) {
                trainer.step(items.get(i));
                // the first pass still moves too far
                if (++steps >= items.size() && steps % AVERAGE_EVERY == 0) {
                    average.add();
                }
            }
        }
        average.settle();
        return new Learnt(
                Quantizer.layer(trainer.table, trainer.weights.weights, trainer.bias),
                trainer.net.net);
    }

    private void step(Item item) {
        for (int t = 0; t < looks.size(); t++) {
            looks.get(t).see(item.texts().get(t), plan.drop(), random, x, t * Pool.SIZE);
        }
        loss(net.forward(x), item);
        Arrays.fill(dx, 0);
        net.backward(x, dy, dx);
        for (int t = 0; t < looks.size(); t++) {
            looks.get(t).learn(dx, t * Pool.SIZE);
        }
    }

    private void loss(float[] y, Item item) {
        float[] targets = item.targets();
        double most = Double.NEGATIVE_INFINITY;
        for (int o = 0; o < choices; o++) {
            most = Math.max(most, y[o]);
        }
        double all = 0;
        for (int o = 0; o < choices; o++) {
            all += Math.exp(y[o] - most);
        }
        for (int o = 0; o < y.length; o++) {
            if (Float.isNaN(targets[o])) {
                dy[o] = 0;
                continue;
            }
            double p = o < choices ? Math.exp(y[o] - most) / all : 1 / (1 + Math.exp(-y[o]));
            dy[o] = item.weights()[o] * (float) (p - (0.96 * targets[o] + 0.02));
        }
    }
}
