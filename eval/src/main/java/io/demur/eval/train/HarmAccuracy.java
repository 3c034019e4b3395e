package io.demur.eval.train;

import io.demur.core.harm.Bearer;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Outlook;
import io.demur.core.harm.Severity;
import io.demur.core.harm.linear.HarmModel;
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
 * Measures the linear judge of requests on rows that no weights were learnt from. Ranking is
 * measured on all of them; what depends on the calibration, on those that did not set it.
 */
public final class HarmAccuracy {

    private static final double FALSE_POSITIVES = 0.05;
    private static final List<String> LOOK_ALIKES =
            List.of(HarmScores.XSTEST, HarmScores.OR_BENCH, HarmScores.OWN);
    private static final List<String> HARMFUL =
            List.of(HarmScores.XSTEST, HarmScores.OR_BENCH, HarmScores.GENERAL, HarmScores.OWN);

    private HarmAccuracy() {}

    /**
     * What came out.
     *
     * @param auc by set of look-alikes, against the harmful of the same set
     * @param found by set of harmful requests: share found when 5 % of all look-alikes are let
     *     through as harmful; {@code all} has them together
     * @param foundAt the same, but with the cut that lets through 5 % of XSTest's safe prompts
     * @param raised by set of look-alikes: share judged above a half
     * @param calibrationError by set, debiased; both kinds of requests
     * @param hazard share of own harmful requests whose hazard is the likeliest one
     * @param severity share of them whose severity of three is right
     * @param externalised share of them of which it is rightly said whether others bear it
     * @param bearer share of them whose likeliest bearers are among the labelled
     */
    public record Result(
            Map<String, Double> auc,
            Map<String, Estimate> found,
            Map<String, Estimate> foundAt,
            Map<String, Estimate> raised,
            Map<String, Double> calibrationError,
            Estimate hazard,
            Estimate severity,
            Estimate externalised,
            Estimate bearer) {
        public Result {
            auc = Map.copyOf(auc);
            found = Map.copyOf(found);
            foundAt = Map.copyOf(foundAt);
            raised = Map.copyOf(raised);
            calibrationError = Map.copyOf(calibrationError);
        }
    }

    /**
     * Measures the shipped weights and prints the tables.
     *
     * @param dataFolder has {@code train/}, {@code own/} and {@code tune/}
     * @throws IOException if it cannot be read
     */
    public static Result report(Path dataFolder, PrintStream out) throws IOException {
        Result result = measure(Shipped.harm().model(), HarmScores.sets(dataFolder));
        out.println("harm judge, linear stage " + Shipped.harm().sha256());
        out.println("AUC within a set: " + rounded(result.auc()));
        print("found at 5 % of all look-alikes", result.found(), out);
        print("found at 5 % of XSTest's safe prompts", result.foundAt(), out);
        print("look-alikes above a half", result.raised(), out);
        out.println("calibration error, debiased: " + rounded(result.calibrationError()));
        out.println("hazard, likeliest: " + Counted.text(result.hazard()));
        out.println("severity of three: " + Counted.text(result.severity()));
        out.println("externalised or not: " + Counted.text(result.externalised()));
        out.println("bearers, likeliest: " + Counted.text(result.bearer()));
        return result;
    }

    static Result measure(HarmModel model, Map<String, List<HarmExample>> sets) {
        Map<String, double[]> harmful = new TreeMap<>();
        Map<String, double[]> harmless = new TreeMap<>();
        sets.forEach(
                (name, rows) -> {
                    harmful.put(name, odds(model, rows, true));
                    harmless.put(name, odds(model, rows, false));
                });
        double[] lookAlikes = join(harmless, LOOK_ALIKES);
        Map<String, Double> auc = new TreeMap<>();
        for (String set : LOOK_ALIKES) {
            auc.put(set, new Ranking(get(harmful, set), get(harmless, set)).auc());
        }
        auc.put("all", new Ranking(join(harmful, HARMFUL), lookAlikes).auc());
        List<HarmExample> own =
                sets.getOrDefault(HarmScores.OWN, List.of()).stream()
                        .filter(HarmExample::harmful)
                        .toList();
        return new Result(
                auc,
                found(harmful, lookAlikes),
                found(harmful, get(harmless, HarmScores.XSTEST)),
                raised(model, sets),
                calibrationErrors(model, sets),
                hazard(model, own),
                severity(model, own),
                externalised(model, own),
                bearer(model, own));
    }

    private static Map<String, Estimate> found(Map<String, double[]> harmful, double[] negatives) {
        Map<String, Estimate> found = new TreeMap<>();
        for (String set : HARMFUL) {
            found.put(set, new Ranking(get(harmful, set), negatives).found(FALSE_POSITIVES));
        }
        found.put("all", new Ranking(join(harmful, HARMFUL), negatives).found(FALSE_POSITIVES));
        return found;
    }

    private static Map<String, Estimate> raised(
            HarmModel model, Map<String, List<HarmExample>> sets) {
        Map<String, Estimate> raised = new TreeMap<>();
        Counted all = new Counted();
        for (String set : LOOK_ALIKES) {
            Counted here = new Counted();
            for (HarmExample row : sets.getOrDefault(set, List.of())) {
                if (!row.harmful() && !HarmScores.calibrates(set, row)) {
                    boolean above = probability(model, row) > 0.5;
                    here.add(above);
                    all.add(above);
                }
            }
            raised.put(set, here.share());
        }
        raised.put("all", all.share());
        return raised;
    }

    private static Map<String, Double> calibrationErrors(
            HarmModel model, Map<String, List<HarmExample>> sets) {
        Map<String, Double> errors = new TreeMap<>();
        List<CalibrationError.Row> all = new ArrayList<>();
        for (String set : LOOK_ALIKES) {
            List<CalibrationError.Row> rows = new ArrayList<>();
            for (HarmExample row : sets.getOrDefault(set, List.of())) {
                if (!HarmScores.calibrates(set, row)) {
                    rows.add(new CalibrationError.Row(probability(model, row), row.harmful()));
                }
            }
            errors.put(set, CalibrationError.debiased(rows));
            all.addAll(rows);
        }
        errors.put("all", CalibrationError.debiased(all));
        return errors;
    }

    private static Estimate hazard(HarmModel model, List<HarmExample> own) {
        Counted right = new Counted();
        for (HarmExample row : own) {
            if (row.hazard().isPresent()) {
                Hazard said = outlook(model, row).hazard();
                right.add(row.hazard().get() == said);
            }
        }
        return right.share();
    }

    private static Estimate severity(HarmModel model, List<HarmExample> own) {
        Severity[] severities = {Severity.MINOR, Severity.SERIOUS, Severity.GRAVE};
        Counted right = new Counted();
        for (HarmExample row : own) {
            if (row.severity().isPresent()) {
                Severity is = severities[row.severity().getAsInt() - 1];
                right.add(outlook(model, row).severity() == is);
            }
        }
        return right.share();
    }

    private static Estimate externalised(HarmModel model, List<HarmExample> own) {
        Counted right = new Counted();
        for (HarmExample row : own) {
            if (row.externalised().isPresent()) {
                boolean said = outlook(model, row).externalised() >= 0.5;
                right.add(said == row.externalised().getAsDouble() >= 0.5);
            }
        }
        return right.share();
    }

    private static Estimate bearer(HarmModel model, List<HarmExample> own) {
        Counted right = new Counted();
        for (HarmExample row : own) {
            if (!row.bearers().isEmpty()) {
                Bearer said = outlook(model, row).bearing().getFirst();
                right.add(row.bearers().contains(said));
            }
        }
        return right.share();
    }

    private static Outlook outlook(HarmModel model, HarmExample row) {
        HarmModel.Sight sight = HarmScores.sight(model, row.text());
        float[] harms = model.harms(sight);
        return model.outlook(harms[0], harms, model.consequences(sight));
    }

    private static double probability(HarmModel model, HarmExample row) {
        return model.calibration().probability(HarmScores.odds(model, row.text()));
    }

    private static double[] odds(HarmModel model, List<HarmExample> rows, boolean harmful) {
        return rows.stream()
                .filter(row -> row.harmful() == harmful)
                .mapToDouble(row -> HarmScores.odds(model, row.text()))
                .toArray();
    }

    private static double[] get(Map<String, double[]> scores, String set) {
        return scores.getOrDefault(set, new double[0]);
    }

    private static double[] join(Map<String, double[]> scores, List<String> sets) {
        return sets.stream()
                .flatMapToDouble(set -> java.util.Arrays.stream(get(scores, set)))
                .toArray();
    }

    private static Map<String, String> rounded(Map<String, Double> values) {
        Map<String, String> rounded = new TreeMap<>();
        values.forEach((name, value) -> rounded.put(name, "%.3f".formatted(value)));
        return rounded;
    }

    private static void print(String title, Map<String, Estimate> of, PrintStream out) {
        out.println(title + ":");
        new TreeMap<>(of)
                .forEach((set, e) -> out.println("  %-10s %s".formatted(set, Counted.text(e))));
    }
}
