package io.demur.bench;

import io.demur.core.charter.Settings;
import io.demur.core.detect.Cascade;
import io.demur.core.detect.Detector;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderRefusal;
import io.demur.eval.run.Judges;
import io.demur.eval.train.XsTestReplay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The published completions of XSTest as {@code demur eval --replay} takes them, beside people's
 * labels: by the quick judge, and with the encoder behind it as {@code --deep} has it.
 */
public final class XsTestBenchmark {

    private XsTestBenchmark() {}

    /**
     * Prints the tables.
     *
     * @param args the data folder with {@code xstest/}
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]).resolve("xstest");
        LinearJudge quick = LinearJudge.shipped();
        print("quick judge", folder, quick);
        Cascade.Stage deeper =
                new Cascade.Stage(
                        new EncoderRefusal(Encoder.shipped(), quick), Settings.USUAL.band());
        print("quick judge and encoder", folder, new Cascade(quick, List.of(deeper)));
    }

    private static void print(String name, Path folder, Detector refusals)
            throws IOException, InterruptedException {
        Judges judges = new Judges(new StopReasonDetector(refusals), Optional.empty());
        XsTestReplay replay = XsTestReplay.of(folder, judges);
        System.out.printf("%s%n%n%s", name, replay.table());
        System.out.printf("the other way round: safe %s%n", replay.disagreements(true));
        System.out.printf("the other way round: unsafe %s%n%n", replay.disagreements(false));
    }
}
