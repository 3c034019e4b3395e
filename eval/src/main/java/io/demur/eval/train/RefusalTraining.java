package io.demur.eval.train;

import io.demur.core.Request;
import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.ModelFormat;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Shipped;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Trains the refusal judge from a data folder: {@code train/}, {@code own/}, {@code tune/}. */
public final class RefusalTraining {

    /** One reply in so many is also looked at without what was asked. */
    private static final int BLIND_EVERY = 7;

    private RefusalTraining() {}

    /**
     * Trains and writes the weights. The same folder gives the same bytes. Takes about half a
     * minute and two gigabytes of memory.
     *
     * @param dataFolder has {@code own/} and may have {@code train/}, from which weights are
     *     learnt, and {@code tune/}, from which only the cuts are chosen; without it they are
     *     chosen on a fifth of the examples, with a judge that learnt from the rest
     * @param weightsOut the file to write
     * @param report gets what was read and how the result does on {@code tune/}
     */
    public static void run(Path dataFolder, Path weightsOut, PrintStream report)
            throws IOException {
        train(Examples.load(dataFolder), dataFolder, weightsOut, report);
    }

    /**
     * The same, with a user's own labelled exchanges added: four fifths of their prompts are learnt
     * from, and the report shows what that has changed on the last fifth and on {@code tune/}.
     *
     * @param labels files as {@code demur score} reads them, with labels of the responses
     * @throws UnusableLabels if they cannot be read or are too few; nothing is written then
     */
    public static void run(Path dataFolder, List<Path> labels, Path weightsOut, PrintStream report)
            throws IOException {
        UserLabels own = UserLabels.read(labels);
        List<Example> examples = new ArrayList<>(Examples.load(dataFolder));
        own.learnt().forEach(row -> examples.add(row.example()));
        ModelFormat.Decoded trained = train(examples, dataFolder, weightsOut, report);
        Comparison.print(Shipped.refusal(), trained, own, dataFolder, report);
    }

    private static ModelFormat.Decoded train(
            List<Example> examples, Path dataFolder, Path weightsOut, PrintStream report)
            throws IOException {
        List<Example> learnt = examples.stream().filter(e -> !e.heldOut()).toList();
        count(learnt, report);
        List<Prepared> prepared = prepare(learnt, e -> true);
        RefusalModel bare =
                MannerTrainer.train(
                        Settings.STANDARD,
                        prepared,
                        RefusalTrainer.train(Settings.STANDARD, prepared));
        List<Cuts.Scored> tune =
                Tune.isIn(dataFolder) ? Tune.score(bare, dataFolder) : Tune.heldOut(learnt);
        Calibration calibration = Cuts.choose(tune);
        report.println("calibration: " + calibration);
        byte[] bytes = ModelFormat.encode(bare.with(calibration));
        Files.write(weightsOut, bytes);
        ModelFormat.Decoded decoded = ModelFormat.decode(bytes);
        report.println(
                "%s: %d bytes, SHA-256 %s"
                        .formatted(weightsOut.getFileName(), bytes.length, decoded.sha256()));
        return decoded;
    }

    /** Trains the degree alone on the examples that {@code keep} holds for, not calibrated. */
    static RefusalModel degrees(
            Settings settings, List<Example> examples, Predicate<Example> keep) {
        return RefusalTrainer.train(settings, prepare(examples, keep));
    }

    static List<Prepared> prepare(List<Example> examples, Predicate<Example> keep) {
        List<Prepared> prepared = new ArrayList<>();
        Excerpts excerpts = new Excerpts();
        for (Example example : examples) {
            if (keep.test(example)) {
                prepared.add(new Prepared(example, example.request()));
                if (prepared.size() % BLIND_EVERY == 0) {
                    prepared.add(new Prepared(example, Request.UNKNOWN));
                }
                for (Example excerpt : excerpts.of(example)) {
                    prepared.add(new Prepared(excerpt, excerpt.request()));
                }
            }
        }
        return prepared;
    }

    private static void count(List<Example> examples, PrintStream report) {
        TreeMap<String, int[]> bySource = new TreeMap<>();
        for (Example example : examples) {
            int[] counts = bySource.computeIfAbsent(example.source(), s -> new int[3]);
            counts[0]++;
            counts[1] += example.degrees().contains(io.demur.core.Degree.COMPLIANCE) ? 0 : 1;
        }
        bySource.forEach(
                (source, counts) ->
                        report.println(
                                "%-20s %6d replies, %6d refusals"
                                        .formatted(source, counts[0], counts[1])));
    }
}
