package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Refusal;
import io.demur.core.detect.linear.Layer;
import io.demur.core.detect.linear.Net;
import io.demur.core.detect.linear.Pools;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Learns kind, form, leakage and craft, on top of a finished judge of degree: from its pooled units
 * and from n-grams of its own.
 */
@SuppressWarnings("EnumOrdinal") // the order of the constants is that of columns in the weights
final class MannerTrainer {

    private static final int OUT = RefusalModel.MANNERS;
    private static final int EPOCHS = 8;

    /** Sources of which the kind is only concluded: all harmful requests, so all policy. */
    private static final Set<String> LEANT =
            Set.of(
                    "gptfuzz",
                    "jbb_artifacts",
                    "just_eval_safety",
                    "latent_jailbreak",
                    "med_safety",
                    "orbench_legal",
                    "past_tense",
                    "rbr_gold",
                    "refusalbench");

    /** Of the project's own replies few leak, and they in ways of their own. */
    private static final int OWN_LEAKAGE = 4;

    private static final int HIDDEN = 16;

    private final Settings settings;
    private final SplittableRandom random;
    private final Adagrad weights;
    private final float[] bias = new float[Table.COLUMNS];
    private final NetTrainer net;
    private final float[] dy = new float[OUT];

    private MannerTrainer(Settings settings, Table table, SplittableRandom random) {
        this.settings = settings;
        this.random = random;
        weights =
                new Adagrad(
                        new float[table.rows() * Table.COLUMNS],
                        settings.rate(),
                        settings.decay() / 10);
        net =
                new NetTrainer(
                        new Net(Pools.SIZE, HIDDEN, OUT),
                        settings.netRate(),
                        settings.decay() * 10,
                        random);
    }

    /** An example with what a finished judge of degree makes of it. */
    private static final class Item {
        final Example example;
        final float[] pools;
        final int[] features;
        int[] rows = {};

        Item(Example example, RefusalModel.Pass pass) {
            this.example = example;
            pools = pass.pools;
            features = pass.mannerFeatures();
        }

        /**
         * Whether its words may add to the vocabulary: of replies of which only a low or concluded
         * label is known there are too many to do so.
         */
        boolean widens() {
            boolean labelled = !LEANT.contains(example.source());
            return (labelled && example.kind().isPresent())
                    || example.leakage().orElse(0) == 1
                    || example.forms().isPresent()
                    || example.craft().stream().anyMatch(c -> c >= 0);
        }
    }

    /** The same judge of degree, with the manner added. */
    static RefusalModel train(Settings settings, List<Prepared> data, RefusalModel bare) {
        List<Item> items = new ArrayList<>();
        for (Prepared p : data) {
            if (teaches(p.example)) {
                items.add(new Item(p.example, Replies.pass(bare, p.example)));
            }
        }
        List<int[]> replies = items.stream().filter(Item::widens).map(i -> i.features).toList();
        Table table = Vocabulary.choose(replies, settings.mannerRowsLog2(), 2);
        items.forEach(item -> item.rows = Vocabulary.rows(table, item.features));
        SplittableRandom random = new SplittableRandom(settings.seed() + 1);
        MannerTrainer trainer = new MannerTrainer(settings, table, random);
        for (int step = EPOCHS * items.size(); step > 0; step--) {
            trainer.step(items.get(random.nextInt(items.size())));
        }
        return bare.with(
                Quantizer.layer(table, trainer.weights.weights, trainer.bias), trainer.net.net);
    }

    private static boolean teaches(Example e) {
        return e.kind().isPresent()
                || e.forms().isPresent()
                || e.leakage().isPresent()
                || e.craft().stream().anyMatch(c -> c >= 0);
    }

    private void step(Item item) {
        int found = 0;
        int[] used = new int[item.rows.length];
        float[] sums = new float[OUT];
        for (int row : item.rows) {
            if (row >= 0 && random.nextDouble() >= settings.drop()) {
                used[found++] = row;
                for (int o = 0; o < OUT; o++) {
                    sums[o] += weights.weights[row * Table.COLUMNS + o];
                }
            }
        }
        float norm = Layer.norm(found);
        float[] y = net.forward(item.pools);
        for (int o = 0; o < OUT; o++) {
            y[o] += sums[o] * norm;
        }
        gradient(y, item.example);
        net.backward(item.pools, dy, new float[Pools.SIZE]);
        for (int i = 0; i < found; i++) {
            for (int o = 0; o < OUT; o++) {
                if (dy[o] != 0) {
                    weights.step(used[i] * Table.COLUMNS + o, dy[o] * norm);
                }
            }
        }
    }

    private void gradient(float[] y, Example e) {
        Arrays.fill(dy, 0);
        e.kind()
                .ifPresent(
                        kind -> {
                            // policy is seven in ten of what is labelled
                            float weight = kind == Refusal.Kind.POLICY ? 0.5f : 2;
                            weight *= LEANT.contains(e.source()) ? 0.1f : 1;
                            double all = 0;
                            for (Refusal.Kind each : Refusal.Kind.values()) {
                                all += Math.exp(y[each.ordinal()]);
                            }
                            for (Refusal.Kind each : Refusal.Kind.values()) {
                                int o = each.ordinal();
                                dy[o] =
                                        weight
                                                * (float)
                                                        (Math.exp(y[o]) / all
                                                                - (each == kind ? 1 : 0));
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
                            // one labelled reply in twenty leaks
                            float share = leaks == 1 ? 2 : e.only(Degree.FULL) ? 0.5f : 1;
                            share *= e.source().startsWith("own_") ? OWN_LEAKAGE : 1;
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
