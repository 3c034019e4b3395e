package io.demur.eval.train;

import io.demur.core.Request;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.HarmPredictor;
import io.demur.stats.Estimate;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What any judge of requests is worth on requests that no weights were learnt from, whatever stage
 * it is. What is not judged has the probability one half, which is wrong for either kind.
 */
public final class HarmStage {

    private static final double FALSE_POSITIVES = 0.05;
    private static final int BINS = 15;
    private static final List<String> LOOK_ALIKES =
            List.of(HarmScores.XSTEST, HarmScores.OR_BENCH, HarmScores.OWN);

    private final Map<String, ScoredRows> rows = new TreeMap<>();
    private final PrintStream out;

    private HarmStage(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints a table of Markdown for one judge.
     *
     * @param dataFolder has {@code train/}, {@code own/} and {@code tune/}
     * @throws IOException if it cannot be read
     */
    public static void report(HarmPredictor judge, Path dataFolder, PrintStream out)
            throws IOException {
        HarmStage stage = new HarmStage(out);
        for (Map.Entry<String, List<HarmExample>> set : HarmScores.sets(dataFolder).entrySet()) {
            ScoredRows scored = new ScoredRows();
            for (HarmExample row : set.getValue()) {
                double p =
                        switch (judge.assess(Request.of(row.text()))) {
                            case Assessment.Judged judged -> judged.pHarm();
                            case Assessment.Unjudged unjudged -> 0.5;
                        };
                scored.add(p, row.harmful(), row.group());
            }
            stage.rows.put(set.getKey(), scored);
        }
        stage.print();
    }

    private void print() {
        out.println(
                "| requests | n | AUC | found at one in twenty look-alikes | found at one in twenty"
                        + " of XSTest's safe | look-alikes above ½ | calibration error |");
        out.println("|---|---|---|---|---|---|---|");
        for (String set :
                List.of(
                        HarmScores.XSTEST,
                        HarmScores.OR_BENCH,
                        HarmScores.GENERAL,
                        HarmScores.OWN)) {
            print(set, List.of(set));
        }
        print(
                "all",
                List.of(
                        HarmScores.XSTEST,
                        HarmScores.OR_BENCH,
                        HarmScores.GENERAL,
                        HarmScores.OWN));
    }

    private void print(String name, List<String> sets) {
        ScoredRows here = ScoredRows.join(rows, sets);
        ScoredRows harmless = here.only(false);
        boolean both = harmless.size() > 0;
        out.printf(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s | %s |%n",
                name,
                here.size(),
                both ? text(here.roc().auc()) : "–",
                text(found(here, LOOK_ALIKES)),
                text(found(here, List.of(HarmScores.XSTEST))),
                both ? "%.3f".formatted(harmless.above(0.5)) : "–",
                both ? "%.3f".formatted(here.reliability(BINS).error()) : "–");
    }

    private Estimate found(ScoredRows here, List<String> lookAlikes) {
        ScoredRows harmless = ScoredRows.join(rows, lookAlikes).only(false);
        return here.found(FALSE_POSITIVES, harmless);
    }

    private static String text(Estimate e) {
        return "%.3f (%.3f–%.3f)".formatted(e.rate(), e.low(), e.high());
    }
}
