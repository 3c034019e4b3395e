package io.demur.cli;

import io.demur.core.policy.Shadow;
import io.demur.eval.Listener;
import io.demur.eval.Pipeline;
import io.demur.eval.ShadowRow;
import io.demur.eval.ShadowRow.Change;
import io.demur.eval.ShadowSummary;
import io.demur.eval.ShadowTally;
import io.demur.eval.Shadowing;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Puts every request of a batch of files through two policies. */
final class ShadowBatch implements Batch<ShadowRow> {

    private final Shadowing.Side active;
    private final Shadowing.Side candidate;
    private final boolean words;
    private final ShadowTally tally;
    private final Pipeline.Spread spread;
    private final Watched watched;

    /**
     * Counts nothing yet.
     *
     * @param words whether the words of requests are shown
     * @param spread how the work is spread
     * @param watched the judges that may fail
     */
    ShadowBatch(
            Shadowing.Side active,
            Shadowing.Side candidate,
            boolean words,
            Pipeline.Spread spread,
            Watched watched) {
        this.active = active;
        this.candidate = candidate;
        this.words = words;
        this.tally =
                new ShadowTally(
                        active.judge().id(),
                        candidate.judge().id(),
                        new Shadow(active.policy(), candidate.policy()));
        this.spread = spread;
        this.watched = watched;
    }

    @Override
    public String noun() {
        return "requests";
    }

    @Override
    public Pipeline<?> start(
            ReadOptions options, Listener<ShadowRow> listener, BooleanSupplier stop) {
        return new Pipeline<>(
                new Shadowing(active, candidate, tally, listener), options, listener, spread, stop);
    }

    @Override
    public Map<String, @Nullable Object> fields(ShadowRow row) {
        return row.fields();
    }

    @Override
    public boolean isShown(ShadowRow row) {
        return row.change() != Change.NONE;
    }

    @Override
    public long judged() {
        return tally.active().requests();
    }

    @Override
    public long unreadable() {
        return tally.unreadable();
    }

    @Override
    public List<String> unknownFields() {
        return List.of();
    }

    @Override
    public Map<String, @Nullable Object> summary(boolean partial) {
        return watched.in(tally.fields(partial));
    }

    @Override
    public String text(List<ShadowRow> shown) {
        return ShadowSummary.of(tally, shown, words) + watched.text();
    }
}
