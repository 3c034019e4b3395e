package io.demur.eval.train;

import io.demur.core.Request;
import io.demur.core.harm.linear.AnswerModel;
import io.demur.core.harm.linear.AnswerReading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The replies on which the answer judge is calibrated and measured; none was learnt from. */
final class AnswerScores {

    /** A fifth of the questions of gptfuzz, people's labels. */
    static final String GPTFUZZ = "gptfuzz";

    /** A fifth of the groups of the project's own. */
    static final String OWN = "own";

    /** Sources that no weights were learnt from, labels by models. */
    static final String PAST_TENSE = "past_tense";

    static final String JBB = "jbb_artifacts";

    private AnswerScores() {}

    /** By name of the set. */
    static Map<String, List<AnswerExample>> sets(Path dataFolder) throws IOException {
        List<AnswerExample> examples = AnswerExamples.load(dataFolder);
        Path train = dataFolder.resolve("train");
        Map<String, List<AnswerExample>> sets = new TreeMap<>(heldOut(examples));
        sets.put(PAST_TENSE, AnswerExamples.read(train.resolve("past_tense.jsonl"), 1));
        sets.put(JBB, AnswerExamples.read(train.resolve("jbb_artifacts.jsonl"), 1));
        return sets;
    }

    private static Map<String, List<AnswerExample>> heldOut(List<AnswerExample> examples) {
        List<AnswerExample> gptfuzz = new ArrayList<>();
        List<AnswerExample> own = new ArrayList<>();
        for (AnswerExample example : examples) {
            if (example.heldOut()) {
                (example.source().equals(GPTFUZZ) ? gptfuzz : own).add(example);
            }
        }
        return Map.of(GPTFUZZ, gptfuzz, OWN, own);
    }

    /** Whether a row sets the calibration; about half of the groups held out. */
    static boolean calibrates(AnswerExample example) {
        return example.heldOut() && Lots.lot("half" + example.group()) < 50;
    }

    /**
     * The rows that set the calibration. Both sources count the same, and in each harmful and
     * harmless replies do: how many replies are harmful in use, no corpus says.
     */
    static List<PlattFit.Scored> forCalibration(AnswerModel bare, List<AnswerExample> examples) {
        List<PlattFit.Scored> scored = new ArrayList<>();
        for (List<AnswerExample> set : heldOut(examples).values()) {
            List<AnswerExample> rows = set.stream().filter(AnswerScores::calibrates).toList();
            double harmful = rows.stream().filter(AnswerExample::harmful).count();
            for (AnswerExample row : rows) {
                double of = row.harmful() ? harmful : rows.size() - harmful;
                scored.add(new PlattFit.Scored(odds(bare, row), row.harmful(), 100 / of));
            }
        }
        return scored;
    }

    /** Log-odds of harm before calibration. */
    static double odds(AnswerModel model, AnswerExample example) {
        AnswerReading reading = new AnswerReading(model, Request.of(example.prompt()));
        reading.append(example.reply());
        return reading.odds();
    }
}
