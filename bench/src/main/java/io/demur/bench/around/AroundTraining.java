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
        Training training = training(Around.half(false), new States(encoder));
        Files.write(
                root.resolve("encoder/src/main/resources/io/demur/encoder/meaning.weights"),
                numbers(training.space(), training.turning()).content(encoder.id()));
        String rows = Weights.text(training.rows());
        Files.writeString(
                root.resolve("core/src/main/resources/io/demur/core/incident/likeness.weights"),
                rows);
        System.out.print(rows);
    }

    /** What is shipped of what was learnt. */
    static EncoderMeaning.Numbers numbers(Space space, Turning turning) {
        Sounding sounding = turning.sounding();
        return new EncoderMeaning.Numbers(
                space.centre(),
                space.wordsCentre(),
                space.rows(),
                turning.rows(),
                sounding.asFloats(),
                sounding.weights(),
                sounding.alone(),
                Sounding.FALLS_OFF);
    }

    static Training training(List<Around> groups, States states) {
        return new Training(
                groups,
                Judges.of(CharterJudges.harm(Settings.USUAL)),
                Judges.of(LinearHarm.shipped()),
                states);
    }

    /** The encoder's states of texts, each asked for once. */
    static final class States implements Training.States {

        private final Encoder encoder;
        private final Map<String, double[]> known = new HashMap<>();

        States(Encoder encoder) {
            this.encoder = encoder;
        }

        @Override
        public double[] apply(String text) {
            return known.computeIfAbsent(
                    text, one -> EncoderMeaning.states(encoder, Meaning.inEnglish(one)));
        }
    }
}
