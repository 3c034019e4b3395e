package io.demur.eval;

import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;

import java.util.ArrayList;
import java.util.List;

/**
 * Judges every answer of a transcript, each against what stood before it. Safe for use by several
 * threads; what depends on other transcripts is {@link Failures}' business.
 */
public final class Judge {

    private final Detector detector;

    public Judge(Detector detector) {
        this.detector = detector;
    }

    /** One verdict for each of the transcript's turns. */
    public List<Verdict> verdicts(Transcript transcript) {
        List<Verdict> verdicts = new ArrayList<>(transcript.turns().size());
        for (Turn turn : transcript.turns()) {
            verdicts.add(detector.detect(turn.request(), turn.response()));
        }
        return verdicts;
    }

    /** The rows of a transcript. */
    public List<Row> rows(Transcript transcript, List<Verdict> verdicts, Failures failures) {
        List<Row> rows = new ArrayList<>(verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            Turn turn = transcript.turns().get(i);
            rows.add(
                    new Row(
                            transcript,
                            turn,
                            verdicts.get(i),
                            failures.of(transcript, verdicts, i),
                            detector.id()));
        }
        return rows;
    }
}
