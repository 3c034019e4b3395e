package io.demur.cli;

import io.demur.core.harm.HarmPredictor;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.eval.Assessing;
import io.demur.eval.Listener;
import io.demur.eval.Pipeline;
import io.demur.eval.RequestRow;
import io.demur.eval.RequestSummary;
import io.demur.eval.RequestTally;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Judges every request of a batch of files. */
final class AssessBatch implements Batch<RequestRow> {

    private final HarmPredictor predictor;
    private final Policy policy;
    private final RequestTally tally;
    private final Pipeline.Spread spread;
    private final Watched watched;

    /**
     * Counts nothing yet.
     *
     * @param by further fields to tell the rates apart by
     * @param spread how the work is spread
     * @param watched the judges that may fail
     */
    AssessBatch(
            HarmPredictor predictor,
            Policy policy,
            List<String> by,
            Pipeline.Spread spread,
            Watched watched) {
        this.watched = watched;
        this.spread = spread;
        this.predictor = predictor;
        this.policy = policy;
        this.tally = new RequestTally(predictor.id(), policy.posture(), by);
    }

    @Override
    public String noun() {
        return "requests";
    }

    @Override
    public Pipeline<?> start(
            ReadOptions options, Listener<RequestRow> listener, BooleanSupplier stop) {
        return new Pipeline<>(
                new Assessing(predictor, policy, tally, listener), options, listener, spread, stop);
    }

    @Override
    public Map<String, @Nullable Object> fields(RequestRow row) {
        return row.fields();
    }

    @Override
    public boolean isShown(RequestRow row) {
        return row.decision().strength().compareTo(Strength.CONDITION) >= 0;
    }

    @Override
    public long judged() {
        return tally.all().requests();
    }

    @Override
    public long unreadable() {
        return tally.unreadable();
    }

    @Override
    public List<String> unknownFields() {
        return tally.unknownFields();
    }

    @Override
    public Map<String, @Nullable Object> summary(boolean partial) {
        return watched.in(tally.fields(partial));
    }

    @Override
    public String text(List<RequestRow> shown) {
        return RequestSummary.of(tally, shown) + watched.text();
    }
}
