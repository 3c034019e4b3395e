package io.demur.bench;

import io.demur.eval.train.Accuracy;

import java.nio.file.Path;

/** The judge against people's labels: cross-validated tables on data beside the repository. */
public final class AccuracyBenchmark {

    private AccuracyBenchmark() {}

    /**
     * Prints the tables.
     *
     * @param args the folder of labelled data
     */
    public static void main(String[] args) throws Exception {
        Accuracy.report(Path.of(args[0]), System.out);
    }
}
