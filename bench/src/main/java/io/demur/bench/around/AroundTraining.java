package io.demur.bench.around;

import io.demur.core.charter.Settings;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.incident.Meaning;
import io.demur.core.incident.Weights;
import io.demur.encoder.CharterJudges;
import io.demur.encoder.Encoder;
import io.demur.encoder.EncoderMeaning;
import io.demur.testkit.asked.Around;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Learns what the likeness of requests is judged by, and writes it where it is shipped from. */
public final class AroundTraining {

    private AroundTraining() {}

    /**
     * Writes both files.
     *
     * @param args the repository
     */
    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Encoder encoder = Encoder.shipped();
        Map<String, double[]> known = new HashMap<>();
        Training training =
                new Training(
                        Judges.of(CharterJudges.harm(Settings.USUAL)),
                        Judges.of(LinearHarm.shipped()),
                        text ->
                                known.computeIfAbsent(
                                        text,
                                        one ->
                                                EncoderMeaning.states(
                                                        encoder, Meaning.inEnglish(one))));
        List<Around> groups = Around.half(false);
        Turning turning = training.turning(groups);
        Files.write(
                root.resolve("encoder/src/main/resources/io/demur/encoder/meaning.weights"),
                EncoderMeaning.content(
                        encoder,
                        turning.centre(),
                        turning.wordsCentre(),
                        turning.rows(),
                        turning.sounds()));
        String rows = Weights.text(training.rows(groups));
        Files.writeString(
                root.resolve("core/src/main/resources/io/demur/core/incident/likeness.weights"),
                rows);
        System.out.print(rows);
    }
}
