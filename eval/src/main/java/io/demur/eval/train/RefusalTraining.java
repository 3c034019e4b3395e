package io.demur.eval.train;

import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.ModelFormat;
import io.demur.core.detect.linear.RefusalModel;

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
        List<Example> examples = Examples.load(dataFolder);
        count(examples, report);
        List<Prepared> prepared = prepare(examples, e -> true);
        RefusalModel bare =
                MannerTrainer.train(
                        Settings.STANDARD,
                        prepared,
                        RefusalTrainer.train(Settings.STANDARD, prepared));
        List<Cuts.Scored> tune =
                Tune.isIn(dataFolder) ? Tune.score(bare, dataFolder) : Tune.heldOut(examples);
        Calibration calibration = Cuts.choose(tune);
        report.println("calibration: " + calibration);
        byte[] bytes = ModelFormat.encode(bare.with(calibration));
        Files.write(weightsOut, bytes);
        report.println(
                "%s: %d bytes, SHA-256 %s"
                        .formatted(
                                weightsOut.getFileName(),
                                bytes.length,
                                ModelFormat.decode(bytes).sha256()));
    }

    /** Trains the degree alone on the examples that {@code keep} holds for, not calibrated. */
    static RefusalModel degrees(
            Settings settings, List<Example> examples, Predicate<Example> keep) {
        return RefusalTrainer.train(settings, prepare(examples, keep));
    }

    static List<Prepared> prepare(List<Example> examples, Predicate<Example> keep) {
        List<Prepared> prepared = new ArrayList<>();
        for (Example example : examples) {
            if (keep.test(example)) {
                prepared.add(new Prepared(example, example.prompt()));
                if (prepared.size() % BLIND_EVERY == 0) {
                    prepared.add(new Prepared(example, ""));
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
