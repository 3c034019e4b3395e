package io.demur.bench;

import io.demur.eval.train.Accuracy;
import io.demur.eval.train.HeldOut;

import java.nio.file.Path;

/**
 * The judge against people's labels: the shipped one by cross-validated cuts, then trainings that
 * leave a source out, measured on it.
 */
public final class AccuracyBenchmark {

    private AccuracyBenchmark() {}

    /**
     * Prints the tables.
     *
     * @param args the folder of labelled data
     */
    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        Accuracy.report(data, System.out);
        HeldOut.report(data, System.out);
        Accuracy.leaveOut(data, System.out);
    }
}
