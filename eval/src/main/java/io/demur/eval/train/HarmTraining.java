package io.demur.eval.train;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.linear.HarmFormat;
import io.demur.core.harm.linear.HarmModel;
import io.demur.core.harm.linear.Platt;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Trains the linear judge of requests from a data folder: {@code train/}, {@code own/}. */
public final class HarmTraining {

    static final PoolTrainer.Plan WORDS =
            new PoolTrainer.Plan(16, 2, 4, 0.1f, 0.01f, 1e-4f, 0.2f, 16, 7);
    static final PoolTrainer.Plan EFFECTS =
            new PoolTrainer.Plan(14, 3, 6, 0.05f, 0.01f, 1e-3f, 0.3f, 16, 7);

    /** One request in so many is also read with something around it. */
    private static final int WRAPPED_EVERY = 4;

    private static final float HAZARD_SHARE = 0.3f;

    private static final Hazard[] HAZARDS = Hazard.values();
    private static final Bearer[] BEARERS = Bearer.values();

    private HarmTraining() {}

    /**
     * Trains and writes the weights. The same folder gives the same bytes.
     *
     * @param dataFolder has {@code train/} and {@code own/}, from which weights are learnt, a fifth
     *     of the groups of {@code own/} kept back, and {@code tune/}, which together with half of
     *     what was kept back sets the calibration
     * @param weightsOut the file to write
     * @param report gets what was read and written
     * @throws IOException if the data cannot be read or the weights cannot be written
     */
    public static void run(Path dataFolder, Path weightsOut, PrintStream report)
            throws IOException {
        List<HarmExample> examples = HarmExamples.load(dataFolder);
        SourceCounts counts = new SourceCounts();
        List<HarmExample> learnt = examples.stream().filter(e -> !e.heldOut()).toList();
        learnt.forEach(e -> counts.add(e.source(), e.harmful()));
        report.print(counts);
        HarmModel bare = train(WORDS, learnt);
        HarmModel model = bare.with(PlattFit.fit(HarmScores.forCalibration(bare, dataFolder)));
        report.println("calibration: " + model.calibration());
        byte[] bytes = HarmFormat.encode(model);
        Files.write(weightsOut, bytes);
        report.println(
                "%s: %d bytes, SHA-256 %s"
                        .formatted(
                                weightsOut.getFileName(),
                                bytes.length,
                                HarmFormat.decode(bytes).sha256()));
    }

    static HarmModel train(PoolTrainer.Plan plan, List<HarmExample> examples) {
        List<PoolTrainer.Item> harms = new ArrayList<>();
        List<PoolTrainer.Item> effects = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            HarmExample example = examples.get(i);
            Pooled text = Pooled.request(example.text());
            if (text.words() == 0) {
                continue;
            }
            harms.add(harm(example, text));
            if (i % WRAPPED_EVERY == 0) {
                String around = Wrappers.around(example.text(), i / WRAPPED_EVERY);
                HarmExample wrapped = example.wrapped(around, example.weight() / 2);
                harms.add(harm(wrapped, Pooled.request(around)));
            }
            if (example.severity().isPresent()) {
                effects.add(effect(example, text));
            }
        }
        PoolTrainer.Learnt words = PoolTrainer.train(plan, HarmModel.HARMS, 0, harms);
        PoolTrainer.Learnt effect = PoolTrainer.train(EFFECTS, HarmModel.CONSEQUENCES, 3, effects);
        return new HarmModel(
                1, words.layer(), words.net(), effect.layer(), effect.net(), Platt.NONE);
    }

    private static PoolTrainer.Item harm(HarmExample example, Pooled text) {
        float[] targets = new float[HarmModel.HARMS];
        float[] weights = new float[HarmModel.HARMS];
        Arrays.fill(weights, example.weight() * HAZARD_SHARE);
        weights[0] = example.weight();
        targets[0] = example.harmful() ? 1 : 0;
        for (int i = 0; i < HAZARDS.length; i++) {
            boolean known = !example.harmful() || example.hazard().isPresent();
            boolean is = example.hazard().filter(HAZARDS[i]::equals).isPresent();
            targets[1 + i] = !known ? Float.NaN : is ? 1 : 0;
        }
        return new PoolTrainer.Item(List.of(text), targets, weights);
    }

    private static PoolTrainer.Item effect(HarmExample example, Pooled text) {
        float[] targets = new float[HarmModel.CONSEQUENCES];
        float[] weights = new float[HarmModel.CONSEQUENCES];
        Arrays.fill(targets, Float.NaN);
        Arrays.fill(weights, 1);
        for (int s = 0; s < 3; s++) {
            targets[s] = example.severity().getAsInt() == s + 1 ? 1 : 0;
        }
        example.externalised().ifPresent(e -> targets[HarmModel.EXTERNALISED] = (float) e);
        example.reversible().ifPresent(r -> targets[HarmModel.REVERSIBLE] = (float) r);
        for (int i = 0; i < BEARERS.length && !example.bearers().isEmpty(); i++) {
            targets[HarmModel.BEARERS_FROM + i] = example.bearers().contains(BEARERS[i]) ? 1 : 0;
        }
        return new PoolTrainer.Item(List.of(text), targets, weights);
    }
}
