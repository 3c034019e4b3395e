package io.demur.eval;

import io.demur.core.Request;
import io.demur.core.Transcript;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Context;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Puts the request of every record to the predictor of harm and to the posture, and counts and
 * hands on what they say. A record is one request: what was asked last, with all that stood before
 * it. Not safe for use by several threads, but for {@link #of}.
 */
public final class Assessing implements Pipeline.Work<Optional<RequestRow>> {

    private final HarmPredictor predictor;
    private final Policy policy;
    private final RequestTally tally;
    private final Listener<RequestRow> listener;

    public Assessing(
            HarmPredictor predictor,
            Policy policy,
            RequestTally tally,
            Listener<RequestRow> listener) {
        this.predictor = predictor;
        this.policy = policy;
        this.tally = tally;
        this.listener = listener;
    }

    @Override
    public Optional<RequestRow> of(List<Transcript> record) {
        if (asksNothing(record)) {
            return Optional.empty();
        }
        Transcript first = record.getFirst();
        Assessment assessment = predictor.assess(first.request());
        return Optional.of(
                new RequestRow(
                        id(record),
                        first,
                        assessment,
                        policy.sureness(assessment, Context.PLAIN, Standing.FRESH),
                        policy.decide(assessment, Context.PLAIN, Standing.FRESH),
                        predictor.id()));
    }

    /** The id of a record's request: several transcripts are alternative answers to one. */
    static String id(List<Transcript> record) {
        String first = record.getFirst().id();
        return record.size() > 1 && first.endsWith("#1")
                ? first.substring(0, first.length() - 2)
                : first;
    }

    /** Whether nothing is asked in a record. */
    static boolean asksNothing(List<Transcript> record) {
        return record.isEmpty() || asksNothing(record.getFirst().request());
    }

    private static boolean asksNothing(Request request) {
        return request.messages().stream().allMatch(message -> message.text().isBlank());
    }

    @Override
    public void take(Optional<RequestRow> row) throws IOException {
        if (row.isEmpty()) {
            tally.addWithoutRequest();
        } else {
            tally.add(row.get());
            listener.row(row.get());
        }
    }

    @Override
    public void unreadable() {
        tally.addUnreadable();
    }
}
