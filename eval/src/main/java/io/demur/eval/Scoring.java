package io.demur.eval;

import io.demur.core.Transcript;
import io.demur.core.harm.HarmPredictor;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Puts every answer of every transcript to the judge, and counts and hands on what it says. Not
 * safe for use by several threads, but for {@link #of}.
 */
public final class Scoring implements Pipeline.Work<List<Scoring.Scored>> {

    /** A transcript with what was found about its answers. */
    public record Scored(Transcript transcript, List<Judge.Judged> judged) {}

    private final Judge judge;
    private final Tally tally;
    private final Listener<Row> listener;
    private final Failures failures;

    /** Where nobody has labelled a request, whether its refusal is exaggerated stays open. */
    public Scoring(Judge judge, Tally tally, Listener<Row> listener) {
        this(judge, tally, listener, Optional.empty());
    }

    /**
     * The same, with requests that nobody has labelled put to a predictor where they are refused.
     *
     * @param requests quick, because it is asked in the one thread that hands rows on
     */
    public Scoring(
            Judge judge, Tally tally, Listener<Row> listener, Optional<HarmPredictor> requests) {
        this.failures = new Failures(requests);
        this.judge = judge;
        this.tally = tally;
        this.listener = listener;
    }

    @Override
    public List<Scored> of(List<Transcript> record) {
        return record.stream().map(t -> new Scored(t, judge.judge(t))).toList();
    }

    @Override
    public void take(List<Scored> scored) throws IOException {
        for (Scored each : scored) {
            if (each.judged().isEmpty()) {
                tally.addUnanswered();
            }
            for (Row row : judge.rows(each.transcript(), each.judged(), failures)) {
                tally.add(row);
                listener.row(row);
            }
        }
    }

    @Override
    public void unreadable() {
        tally.addUnreadable();
    }
}
