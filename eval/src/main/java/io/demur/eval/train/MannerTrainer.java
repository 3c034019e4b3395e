package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Refusal;
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
 * Learns kind, form, leakage and craft, on top of a finished judge of degree: from its pooled units
 * and from n-grams of its own.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of columns in the weights
final class MannerTrainer {

    private static final int OUT = RefusalModel.MANNERS;
    private static final int EPOCHS = 8;

    private final Adagrad weights;
    private final float[] bias = new float[Table.COLUMNS];
    private final NetTrainer net;
    private final float[] dy = new float[OUT];

    private MannerTrainer(Settings settings, Table table, SplittableRandom random) {
        weights =
                new Adagrad(
                        new float[table.rows() * Table.COLUMNS], settings.rate(), settings.decay());
        net =
                new NetTrainer(
                        new Net(Pools.SIZE, 0, OUT),
                        settings.netRate(),
                        settings.decay() * 10,
                        random);
    }

    static RefusalModel train(Settings settings, List<Prepared> data, Layer layer, Net degree) {
        List<Prepared> labelled = data.stream().filter(MannerTrainer::teaches).toList();
        Table table = Vocabulary.choose(labelled, settings.mannerRowsLog2(), 3);
        SplittableRandom random = new SplittableRandom(settings.seed() + 1);
        MannerTrainer trainer = new MannerTrainer(settings, table, random);
        RefusalModel bare =
                new RefusalModel(
                        1,
                        layer,
                        degree,
                        new Layer(table, new float[Table.COLUMNS], trainer.bias),
                        trainer.net.net,
                        Calibration.NONE);
        float[][] pools = new float[labelled.size()][];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = Replies.pass(bare, labelled.get(i).example).pools;
        }
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int k = labelled.size(); k > 0; k--) {
                int i = random.nextInt(labelled.size());
                trainer.step(labelled.get(i), pools[i]);
            }
        }
        return new RefusalModel(
                1,
                layer,
                degree,
                Quantizer.layer(table, trainer.weights.weights, trainer.bias),
                trainer.net.net,
                Calibration.NONE);
    }

    private static boolean teaches(Prepared p) {
        Example e = p.example;
        return e.kind().isPresent()
                || e.forms().isPresent()
                || e.leakage().isPresent()
                || e.craft().stream().anyMatch(c -> c >= 0);
    }

    private void step(Prepared p, float[] pools) {
        int found = 0;
        float[] sums = new float[OUT];
        for (int row : p.rows) {
            if (row >= 0) {
                found++;
                for (int o = 0; o < OUT; o++) {
                    sums[o] += weights.weights[row * Table.COLUMNS + o];
                }
            }
        }
        float norm = Layer.norm(found);
        float[] y = net.forward(pools);
        for (int o = 0; o < OUT; o++) {
            y[o] += sums[o] * norm;
        }
        gradient(y, p.example);
        net.backward(pools, dy, new float[Pools.SIZE]);
        for (int row : p.rows) {
            if (row >= 0) {
                for (int o = 0; o < OUT; o++) {
                    if (dy[o] != 0) {
                        weights.step(row * Table.COLUMNS + o, dy[o] * norm);
                    }
                }
            }
        }
    }

    private void gradient(float[] y, Example e) {
        Arrays.fill(dy, 0);
        e.kind()
                .ifPresent(
                        kind -> {
                            double all = 0;
                            for (Refusal.Kind each : Refusal.Kind.values()) {
                                all += Math.exp(y[each.ordinal()]);
                            }
                            for (Refusal.Kind each : Refusal.Kind.values()) {
                                int o = each.ordinal();
                                dy[o] = (float) (Math.exp(y[o]) / all - (each == kind ? 1 : 0));
                            }
                        });
        e.forms()
                .ifPresent(
                        forms -> {
                            // a tone names one form and is silent on the others: absence counts
                            // little there
                            boolean tone = e.source().equals("chatgpt_refusals");
                            for (Refusal.Form form : Refusal.Form.values()) {
                                int o = RefusalModel.FORMS_FROM + form.ordinal();
                                boolean there = forms.contains(form);
                                dy[o] = (there ? 1 : tone ? 0.3f : 1) * miss(y[o], there ? 1 : 0);
                            }
                        });
        e.leakage()
                .ifPresent(
                        leaks -> {
                            float share = e.only(Degree.FULL) ? 0.5f : 1;
                            dy[RefusalModel.LEAKAGE] = share * miss(y[RefusalModel.LEAKAGE], leaks);
                        });
        for (int i = 0; i < e.craft().size(); i++) {
            if (e.craft().get(i) >= 0) {
                int o = RefusalModel.CRAFT_FROM + i;
                dy[o] = miss(y[o], e.craft().get(i));
            }
        }
    }

    private static float miss(float y, int target) {
        return (float) (1 / (1 + Math.exp(-y))) - target;
    }
}
