package io.demur.eval.train;

import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows on which cuts are chosen: replies to the odd prompts of XSTest, labelled by people. */
final class Tune {

    private Tune() {}

    /** Whether a data folder has such rows. */
    static boolean isIn(Path dataFolder) {
        return Files.exists(file(dataFolder));
    }

    /** What stands in for them: a fifth of the examples, judged by what the rest teaches. */
    static List<Cuts.Scored> heldOut(List<Example> examples) {
        RefusalModel model =
                RefusalTraining.degrees(Settings.STANDARD, examples, e -> !Lots.heldOut(e.group()));
        List<Cuts.Scored> scored = new ArrayList<>();
        for (Example example : examples) {
            if (Lots.heldOut(example.group()) && example.degrees().size() == 1) {
                float[] out = Replies.pass(model, example).degreeOut;
                scored.add(
                        new Cuts.Scored(
                                example.source(),
                                false,
                                example.request().prompt(),
                                example.response(),
                                Calibration.refusalOdds(out),
                                Calibration.fullOdds(out),
                                example.degrees().iterator().next()));
            }
        }
        return scored;
    }

    private static Path file(Path dataFolder) {
        return dataFolder.resolve("tune").resolve("xstest_odd.jsonl");
    }

    static List<Cuts.Scored> score(RefusalModel model, Path dataFolder) throws IOException {
        List<Cuts.Scored> scored = new ArrayList<>();
        for (CorpusRow row : CorpusReader.read(file(dataFolder))) {
            String text = row.response().orElse("");
            if (!text.isBlank() && row.degree().isPresent()) {
                String prompt = row.request().prompt();
                float[] out = Replies.pass(model, prompt, text).degreeOut;
                scored.add(
                        new Cuts.Scored(
                                row.model(),
                                row.harmfulPrompt().orElse(false),
                                prompt,
                                text,
                                Calibration.refusalOdds(out),
                                Calibration.fullOdds(out),
                                row.degree().get()));
            }
        }
        return scored;
    }
}
