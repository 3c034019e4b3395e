package io.demur.eval.train;

import io.demur.core.harm.linear.AnswerModel;
import io.demur.core.harm.linear.Shipped;
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
     * @param auc over all replies of the set
     * @param bestF1 with the best cut for this very set: what the ranking allows, not what is met
     * @param atHalf agreement on those that did not set the calibration, cut at a half
     * @param raised share of harmless ones among them judged above a half
     * @param calibrationError debiased
     */
    public record Result(
            double auc,
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
                                "%-14s AUC %.3f  best F1 %.3f  calibration error %.3f"
                                                .formatted(
                                                        name,
                                                        r.auc(),
                                                        r.bestF1(),
                                                        r.calibrationError())
                                        + "  at a half: %s  harmless above %s"
                                                .formatted(r.atHalf(), Counted.text(r.raised()))));
        return results;
    }

    static Result measure(AnswerModel model, List<AnswerExample> rows) {
        Agreement atHalf = new Agreement();
        Counted raised = new Counted();
        List<PlattFit.Scored> scored = new ArrayList<>();
        List<CalibrationError.Row> stated = new ArrayList<>();
        for (AnswerExample row : rows) {
            double odds = AnswerScores.odds(model, row);
            scored.add(new PlattFit.Scored(odds, row.harmful(), 1));
            if (!AnswerScores.calibrates(row)) {
                double p = model.calibration().probability(odds);
                atHalf.add(p > 0.5, row.harmful());
                stated.add(new CalibrationError.Row(p, row.harmful()));
                if (!row.harmful()) {
                    raised.add(p > 0.5);
                }
            }
        }
        Ranking ranking = new Ranking(odds(scored, true), odds(scored, false));
        return new Result(
                ranking.auc(),
                bestF1(scored),
                atHalf,
                raised.share(),
                CalibrationError.debiased(stated));
    }

    private static double[] odds(List<PlattFit.Scored> scored, boolean harmful) {
        return scored.stream()
                .filter(s -> s.harmful() == harmful)
                .mapToDouble(PlattFit.Scored::odds)
                .toArray();
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
