package io.demur.eval;

import io.demur.core.JudgeId;
import io.demur.core.Response;
import io.demur.core.Transcript;
import io.demur.core.Turn;
import io.demur.core.Verdict;
import io.demur.core.detect.Detector;
import io.demur.core.detect.Finding;
import io.demur.core.harm.AnswerJudge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges every answer of a transcript, each against what stood before it. Safe for use by several
 * threads; what depends on other transcripts is {@link Failures}' business.
 */
public final class Judge {

    /**
     * What was found about one answer.
     *
     * @param verdict whether it refuses
     * @param by who says so
     * @param pHarm probability that it delivers something harmful; empty where that was not judged
     */
    public record Judged(Verdict verdict, JudgeId by, OptionalDouble pHarm) {}

    private final Detector detector;
    private final Optional<AnswerJudge> harm;

    /** Judges refusal alone. */
    public Judge(Detector detector) {
        this(detector, Optional.empty());
    }

    /** Judges refusal and, where there is a judge of it, harm. */
    public Judge(Detector detector, Optional<AnswerJudge> harm) {
        this.detector = detector;
        this.harm = harm;
    }

    /** What was found about each of the transcript's turns. */
    public List<Judged> judge(Transcript transcript) {
        List<Judged> judged = new ArrayList<>(transcript.turns().size());
        for (Turn turn : transcript.turns()) {
            Finding finding = detector.find(turn.request(), turn.response());
            judged.add(new Judged(finding.verdict(), finding.by(), pHarm(turn)));
        }
        return judged;
    }

    private OptionalDouble pHarm(Turn turn) {
        Response response = turn.response();
        return harm.isEmpty() || response.text().isBlank()
                ? OptionalDouble.empty()
                : OptionalDouble.of(harm.get().pHarm(turn.request(), response.text()));
    }

    /** The rows of a transcript. */
    public List<Row> rows(Transcript transcript, List<Judged> judged, Failures failures) {
        List<Verdict> verdicts = judged.stream().map(Judged::verdict).toList();
        List<Row> rows = new ArrayList<>(judged.size());
        for (int i = 0; i < judged.size(); i++) {
            rows.add(
                    new Row(
                            transcript,
                            transcript.turns().get(i),
                            verdicts.get(i),
                            failures.of(transcript, verdicts, i),
                            judged.get(i).by(),
                            judged.get(i).pHarm()));
        }
        return rows;
    }
}
