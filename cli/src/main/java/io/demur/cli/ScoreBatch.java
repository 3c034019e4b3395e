package io.demur.cli;

import io.demur.core.detect.Detector;
import io.demur.core.harm.AnswerJudge;
import io.demur.core.harm.HarmPredictor;
import io.demur.eval.Judge;
import io.demur.eval.Listener;
import io.demur.eval.Pipeline;
import io.demur.eval.Row;
import io.demur.eval.Scoring;
import io.demur.eval.SummaryText;
import io.demur.eval.Tally;
import io.demur.files.ReadOptions;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Judges every answer of a batch of files. */
final class ScoreBatch implements Batch<Row> {

    private final Judge judge;
    private final Tally tally;
    private final Optional<HarmPredictor> requests;
    private final Pipeline.Spread spread;
    private final Watched watched;

    /**
     * Counts nothing yet.
     *
     * @param harm judges answers for harm, where that is wanted
     * @param requests judges unlabelled requests that were refused, where that is wanted
     * @param by further fields to tell the rates apart by
     * @param spread how the work is spread
     * @param watched the judges that may fail
     */
    ScoreBatch(
            Detector detector,
            Optional<AnswerJudge> harm,
            Optional<HarmPredictor> requests,
            List<String> by,
            Pipeline.Spread spread,
            Watched watched) {
        this.watched = watched;
        this.requests = requests;
        this.spread = spread;
        judge = new Judge(detector, harm);
        tally = new Tally(detector.id(), by);
    }

    @Override
    public String noun() {
        return "responses";
    }

    @Override
    public Pipeline<?> start(ReadOptions options, Listener<Row> listener, BooleanSupplier stop) {
        return new Pipeline<>(
                new Scoring(judge, tally, listener, requests), options, listener, spread, stop);
    }

    @Override
    public Map<String, @Nullable Object> fields(Row row) {
        return row.fields();
    }

    @Override
    public boolean isShown(Row row) {
        return row.refused();
    }

    @Override
    public long judged() {
        return tally.all().responses();
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
    public String text(List<Row> shown) {
        return SummaryText.of(tally, shown) + watched.text();
    }
}
