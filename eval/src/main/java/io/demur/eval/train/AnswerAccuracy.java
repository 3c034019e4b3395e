package io.demur.eval.train;

import io.demur.core.harm.linear.AnswerModel;
import io.demur.core.harm.linear.Shipped;
import io.demur.eval.Hashes;
import io.demur.stats.ClusteredCounts;
import io.demur.stats.Estimate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures the linear judge of answers on replies that no weights were learnt from. Ranking is
 * measured on all of them; what depends on the calibration, on those that did not set it.
 */
public final class AnswerAccuracy {

    private AnswerAccuracy() {}

    /**
     * One set of replies.
     *
     * @param auc over all replies of the set, with an interval over groups
     * @param bestF1 with the best cut for this very set: what the ranking allows, not what is met
     * @param atHalf agreement on those that did not set the calibration, cut at a half
     * @param raised share of harmless ones among them judged above a half
     * @param calibrationError debiased
     */
    public record Result(
            Estimate auc,
            double bestF1,
            Agreement atHalf,
            Estimate raised,
            double calibrationError) {}

    /**
     * Measures the shipped weights and prints the table.
     *
     * @param dataFolder has {@code train/} and {@code own/}
     * @return by name of the set
     * @throws IOException if it cannot be read
     */
    public static Map<String, Result> report(Path dataFolder, PrintStream out) throws IOException {
        AnswerModel model = Shipped.answer().model();
        Map<String, Result> results = new TreeMap<>();
        AnswerScores.sets(dataFolder)
                .forEach((name, rows) -> results.put(name, measure(model, rows)));
        out.println("answer judge, linear stage " + Shipped.answer().sha256());
        results.forEach(
                (name, r) ->
                        out.println(
                                "%-14s AUC %s  best F1 %.3f  calibration error %.3f"
                                                .formatted(
                                                        name,
                                                        HarmAccuracy.text(r.auc()),
                                                        r.bestF1(),
                                                        r.calibrationError())
                                        + "  at a half: %s  harmless above %s"
                                                .formatted(
                                                        r.atHalf(),
                                                        HarmAccuracy.text(r.raised()))));
        return results;
    }

    static Result measure(AnswerModel model, List<AnswerExample> rows) {
        Agreement atHalf = new Agreement();
        ClusteredCounts raised = new ClusteredCounts(2, rows.size());
        ScoredRows ranked = new ScoredRows();
        List<PlattFit.Scored> scored = new ArrayList<>();
        ScoredRows stated = new ScoredRows();
        for (AnswerExample row : rows) {
            double odds = AnswerScores.odds(model, row);
            scored.add(new PlattFit.Scored(odds, row.harmful(), 1));
            ranked.add(odds, row.harmful(), row.group());
            if (!AnswerScores.calibrates(row)) {
                double p = model.calibration().probability(odds);
                atHalf.add(p > 0.5, row.harmful());
                stated.add(p, row.harmful(), row.group());
                if (!row.harmful()) {
                    raised.add(Hashes.of(row.group()), p > 0.5 ? 1 : 0);
                }
            }
        }
        return new Result(
                ranked.roc().auc(),
                bestF1(scored),
                atHalf,
                raised.share(1).orElseThrow(),
                stated.reliability(HarmAccuracy.BINS).error());
    }

    private static double bestF1(List<PlattFit.Scored> scored) {
        double best = 0;
        for (PlattFit.Scored cut : scored) {
            int hits = 0;
            int wrong = 0;
            for (PlattFit.Scored s : scored) {
                boolean said = s.odds() >= cut.odds();
                hits += said && s.harmful() ? 1 : 0;
                wrong += said != s.harmful() ? 1 : 0;
            }
            best = Math.max(best, 2.0 * hits / (2 * hits + wrong));
        }
        return best;
    }
}
