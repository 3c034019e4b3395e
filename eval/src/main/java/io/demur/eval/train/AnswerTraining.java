package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.harm.linear.AnswerFormat;
import io.demur.core.harm.linear.AnswerModel;
import io.demur.core.harm.linear.Platt;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Trains the linear judge of answers from a data folder: {@code train/}, {@code own/}. */
public final class AnswerTraining {

    static final PoolTrainer.Plan WORDS =
            new PoolTrainer.Plan(16, 3, 3, 0.05f, 0.01f, 1e-3f, 0.3f, 16, 7);

    /** One reply in so many is also looked at without what was asked. */
    private static final int BLIND_EVERY = 7;

    /** What is learnt beside the harm of answers counts so much. */
    private static final float BESIDE = 0.5f;

    private static final Set<String> DEGREES =
            Set.of(
                    "chatgpt_refusals",
                    "orbench_legal",
                    "own_languages",
                    "own_styles",
                    "own_kinds",
                    "own_partial",
                    "own_gaps",
                    "own_hardneg");

    private AnswerTraining() {}

    /**
     * Trains and writes the weights. The same folder gives the same bytes.
     *
     * @param dataFolder has {@code train/} and {@code own/}, from which weights are learnt, a fifth
     *     of the groups of {@code own/} and of the questions of gptfuzz kept back
     * @param weightsOut the file to write
     * @param report gets what was read and written
     * @throws IOException if the data cannot be read or the weights cannot be written
     */
    public static void run(Path dataFolder, Path weightsOut, PrintStream report)
            throws IOException {
        List<AnswerExample> examples = AnswerExamples.load(dataFolder);
        List<AnswerExample> learnt = examples.stream().filter(e -> !e.heldOut()).toList();
        SourceCounts counts = new SourceCounts();
        learnt.forEach(e -> counts.add(e.source(), e.harmful()));
        report.print(counts);
        AnswerModel bare = train(learnt, requests(dataFolder), degrees(dataFolder));
        AnswerModel model = bare.with(PlattFit.fit(AnswerScores.forCalibration(bare, examples)));
        report.println("calibration: " + model.calibration());
        byte[] bytes = AnswerFormat.encode(model);
        Files.write(weightsOut, bytes);
        report.println(
                "%s: %d bytes, SHA-256 %s"
                        .formatted(
                                weightsOut.getFileName(),
                                bytes.length,
                                AnswerFormat.decode(bytes).sha256()));
    }

    /**
     * Trains on replies, and on what else tells a harmful answer: requests, for what is harmful to
     * ask, and replies of which only the degree is known, for what is no answer at all.
     */
    static AnswerModel train(
            List<AnswerExample> examples, List<HarmExample> requests, List<Example> degrees) {
        List<PoolTrainer.Item> items = new ArrayList<>();
        for (AnswerExample example : examples) {
            Pooled reply = Pooled.windows(example.reply(), 0);
            Pooled asked = asked(example.prompt());
            items.add(item(reply, asked, 0, example.harmful(), example.weight()));
            if (items.size() % BLIND_EVERY == 0) {
                items.add(item(reply, Pooled.NONE, 0, example.harmful(), example.weight()));
            }
        }
        for (HarmExample example : requests) {
            Pooled asked = asked(example.text());
            items.add(item(Pooled.NONE, asked, 1, example.harmful(), BESIDE * example.weight()));
        }
        for (Example example : degrees) {
            boolean complied = example.only(Degree.COMPLIANCE);
            if (complied || !example.degrees().contains(Degree.COMPLIANCE)) {
                Pooled reply = Pooled.windows(example.response(), 0);
                Pooled asked = asked(example.prompt());
                items.add(item(reply, asked, 2, !complied, BESIDE * example.weight()));
            }
        }
        PoolTrainer.Learnt learnt = PoolTrainer.train(WORDS, AnswerModel.OUTPUTS, 0, items);
        return new AnswerModel(1, learnt.layer(), learnt.net(), Platt.NONE);
    }

    private static Pooled asked(String prompt) {
        return Pooled.windows(prompt, AnswerModel.ASKED);
    }

    private static PoolTrainer.Item item(
            Pooled reply, Pooled asked, int output, boolean is, float weight) {
        float[] targets = new float[AnswerModel.OUTPUTS];
        float[] weights = new float[AnswerModel.OUTPUTS];
        Arrays.fill(targets, Float.NaN);
        targets[output] = is ? 1 : 0;
        weights[output] = weight;
        return new PoolTrainer.Item(List.of(reply, asked), targets, weights);
    }

    static List<HarmExample> requests(Path dataFolder) throws IOException {
        return HarmExamples.load(dataFolder).stream().filter(e -> !e.heldOut()).toList();
    }

    /** Replies whose degree is labelled, of sources that are not kept for measuring. */
    static List<Example> degrees(Path dataFolder) throws IOException {
        return Examples.load(dataFolder).stream()
                .filter(e -> DEGREES.contains(e.source()))
                .filter(e -> !e.source().startsWith("own_") || !Lots.heldOut(e.group()))
                .toList();
    }
}
