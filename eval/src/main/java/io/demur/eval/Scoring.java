package io.demur.eval;

import io.demur.core.Transcript;

import java.io.IOException;
import java.util.List;

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
    private final Failures failures = new Failures();

    public Scoring(Judge judge, Tally tally, Listener<Row> listener) {
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
