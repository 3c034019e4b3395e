package io.demur.eval.train;

import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.files.corpus.CorpusReader;
import io.demur.files.corpus.CorpusRow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rows on which cuts are chosen: replies to the odd prompts of XSTest, labelled by people. */
final class Tune {

    private Tune() {}

    static List<Cuts.Scored> score(RefusalModel model, Path dataFolder) throws IOException {
        List<Cuts.Scored> scored = new ArrayList<>();
        Path file = dataFolder.resolve("tune").resolve("xstest_odd.jsonl");
        for (CorpusRow row : CorpusReader.read(file)) {
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
