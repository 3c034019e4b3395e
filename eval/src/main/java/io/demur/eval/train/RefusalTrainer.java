package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.detect.linear.Pools;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Table;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Learns what sentences do from what is said of whole replies: the label of the reply is pushed
 * through the net and the pools back to the sentences and their features, while the written
 * patterns hold each named unit to its act. One thread, one order, one seed: the same data gives
 * the same bytes.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of columns in the weights
final class RefusalTrainer {

    private static final int UNITS = Pools.UNITS;
    private static final int AVERAGE_EVERY = 500;

    private final Settings settings;
    private final SplittableRandom random;
    private final Table table;
    private final Adagrad weights;
    private final float[] bias = new float[UNITS];
    private final Adagrad biases;
    private final NetTrainer net;

    private float[] z = new float[UNITS * 128];
    private float[] dz = new float[UNITS * 128];
    private final float[] pools = new float[Pools.SIZE];
    private final float[] dpools = new float[Pools.SIZE];
    private final int[] strongest = new int[UNITS];
    private int[] kept = new int[4096];
    private final int[] keptFrom = new int[130];
    private final float[] dy = new float[3];

    private RefusalTrainer(Settings settings, List<Prepared> data) {
        this.settings = settings;
        random = new SplittableRandom(settings.seed());
        List<int[]> replies = data.stream().map(p -> p.features).toList();
        table = Vocabulary.choose(replies, settings.rowsLog2(), settings.documentsMin());
        weights = new Adagrad(new float[table.rows() * UNITS], settings.rate(), settings.decay());
        for (int i = 0; i < weights.weights.length; i++) {
            weights.weights[i] = 0.02f * (float) (random.nextDouble() * 2 - 1);
        }
        biases = new Adagrad(bias, settings.netRate(), 0);
        net =
                new NetTrainer(
                        new Net(Pools.SIZE, settings.hidden(), 3),
                        settings.netRate(),
                        settings.decay() * 10,
                        random);
    }

    /** Trains the degree alone, in an order drawn from the seed. */
    static RefusalModel train(Settings settings, List<Prepared> data) {
        RefusalTrainer trainer = new RefusalTrainer(settings, data);
        int from = data.size(); // the first pass still moves too far
        int steps = 0;
        Average average = new Average(trainer.weights.weights, trainer.bias, trainer.net.net);
        for (int epoch = 0; epoch < settings.epochs(); epoch++) {
            for (int i : Order.shuffled(data.size(), trainer.random)) {
                trainer.step(data.get(i));
                if (++steps >= from && steps % AVERAGE_EVERY == 0) {
                    average.add();
                }
            }
        }
        average.settle();
        Layer layer = Quantizer.layer(trainer.table, trainer.weights.weights, trainer.bias);
        Net none = new Net(Pools.SIZE, 0, RefusalModel.MANNERS);
        return new RefusalModel(1, layer, trainer.net.net, layer, none, Calibration.NONE);
    }

    private void step(Prepared p) {
        int n = p.sentences;
        if (n == 0) {
            return;
        }
        look(p);
        Pools.fill(z, n, p.measures, pools, strongest);
        float[] y = net.forward(pools);
        Arrays.fill(dpools, 0);
        Arrays.fill(dz, 0, n * UNITS, 0);
        lossOfDegree(y, p.example);
        net.backward(pools, dy, dpools);
        intoSentences(n);
        lossOfActs(p);
        move(n);
    }

    /** Computes the units with some of the features left out. */
    private void look(Prepared p) {
        int n = p.sentences;
        int[] rows = Vocabulary.rows(table, p.features);
        if (n * UNITS > z.length) {
            z = new float[n * UNITS * 2];
            dz = new float[n * UNITS * 2];
        }
        if (kept.length < p.features.length) {
            kept = new int[p.features.length * 2];
        }
        int filled = 0;
        int drop = (int) (settings.drop() * 256);
        long bits = 0;
        int left = 0;
        for (int i = 0; i < n; i++) {
            keptFrom[i] = filled;
            for (int f = p.from[i]; f < p.from[i + 1]; f++) {
                int row = rows[f];
                if (left == 0) {
                    bits = random.nextLong();
                    left = 8;
                }
                left--;
                boolean dropped = (bits & 255) < drop;
                bits >>>= 8;
                if (row >= 0 && !dropped) {
                    kept[filled++] = row;
                }
            }
            float norm = Layer.norm(filled - keptFrom[i]);
            for (int k = 0; k < UNITS; k++) {
                float sum = 0;
                for (int f = keptFrom[i]; f < filled; f++) {
                    sum += weights.weights[kept[f] * UNITS + k];
                }
                z[i * UNITS + k] = bias[k] + sum * norm;
            }
        }
        keptFrom[n] = filled;
    }

    /** Cross-entropy against all degrees that the label leaves open. */
    private void lossOfDegree(float[] y, Example example) {
        double most = Math.max(y[0], Math.max(y[1], y[2]));
        double all = 0;
        double open = 0;
        double[] e = new double[3];
        for (Degree degree : Degree.values()) {
            int c = degree.ordinal();
            e[c] = Math.exp(y[c] - most);
            all += e[c];
            open += example.degrees().contains(degree) ? e[c] : 0;
        }
        for (Degree degree : Degree.values()) {
            int c = degree.ordinal();
            double target = example.degrees().contains(degree) ? e[c] / Math.max(open, 1e-12) : 0;
            target = 0.97 * target + 0.01;
            dy[c] = example.weight() * (float) (e[c] / all - target);
        }
    }

    private void intoSentences(int n) {
        int half = n / 2;
        for (int k = 0; k < UNITS; k++) {
            int at = k * Pools.WAYS;
            for (int i = 0; i < n; i++) {
                float g = dpools[at + 4] / n;
                g += i < 2 ? dpools[at + i] : 0;
                g += i == n - 1 ? dpools[at + 2] : 0;
                g += i == strongest[k] ? dpools[at + 3] : 0;
                g += i >= half ? dpools[at + 5] / (n - half) : 0;
                dz[i * UNITS + k] = g * Pools.slope(z[i * UNITS + k]) + dpools[at + 6] / n;
            }
        }
    }

    private void lossOfActs(Prepared p) {
        float share = settings.seeds() * p.example.weight() / (float) Math.sqrt(p.sentences);
        for (int i = 0; i < p.sentences; i++) {
            for (int k = 0; k < Prepared.ACTS; k++) {
                float trust = p.trust[i * Prepared.ACTS + k];
                if (trust > 0) {
                    float q = (float) (1 / (1 + Math.exp(-z[i * UNITS + k])));
                    dz[i * UNITS + k] += share * trust * (q - p.acts[i * Prepared.ACTS + k]);
                }
            }
        }
    }

    private void move(int n) {
        for (int i = 0; i < n; i++) {
            float norm = Layer.norm(keptFrom[i + 1] - keptFrom[i]);
            for (int k = 0; k < UNITS; k++) {
                float g = dz[i * UNITS + k];
                biases.step(k, g);
                g *= norm;
                for (int f = keptFrom[i]; f < keptFrom[i + 1]; f++) {
                    weights.step(kept[f] * UNITS + k, g);
                }
            }
        }
    }
}
