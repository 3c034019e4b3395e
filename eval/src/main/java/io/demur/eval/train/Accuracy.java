package io.demur.eval.train;

import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.detect.linear.Calibration;
import io.demur.core.detect.linear.RefusalModel;
import io.demur.core.detect.linear.Shipped;
import io.demur.stats.Reliability;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Measures the refusal judge against people.
 *
 * <p>On XSTest's odd prompts its weights have seen nothing, but its cuts were chosen there. So that
 * no cut is measured on the rows it was chosen on, the prompts are dealt into five folds, and the
 * replies to each are judged with cuts chosen on the other four.
 */
public final class Accuracy {

    private static final int FOLDS = 5;
    private static final int BINS = 10;

    private Accuracy() {}

    /**
     * What came out.
     *
     * @param all every reply
     * @param byModel the same for each model that answered
     * @param cells share of each degree, by model and kind of prompt
     * @param reliability how far the probabilities can be taken at their word
     */
    public record Result(
            Agreement all,
            Map<String, Agreement> byModel,
            List<Cell> cells,
            Reliability reliability) {
        public Result {
            byModel = Map.copyOf(byModel);
            cells = List.copyOf(cells);
        }

        /** The largest distance between judged and human share of refusals, in points of 100. */
        public double worstGap() {
            return cells.stream().mapToDouble(c -> Math.abs(c.gap())).max().orElse(0);
        }
    }

    /**
     * One model's replies to one kind of prompt.
     *
     * @param harmful whether the prompts are the unsafe ones
     * @param human shares as people labelled them
     * @param judged shares as judged
     */
    public record Cell(String model, boolean harmful, int replies, Degrees human, Degrees judged) {

        /** Judged less human share of refusals, partial and full, in points of 100. */
        public double gap() {
            return 100 * (judged.refusal() - human.refusal());
        }
    }

    /**
     * Measures the shipped weights, cross-validated by prompt, and prints the tables.
     *
     * @param dataFolder has {@code tune/}
     * @throws IOException if it cannot be read
     */
    public static Result report(Path dataFolder, PrintStream out) throws IOException {
        Result result = crossValidated(Shipped.refusal().model(), dataFolder);
        AccuracyTables.print(result, Shipped.refusal().sha256(), out);
        return result;
    }

    static Result crossValidated(RefusalModel model, Path dataFolder) throws IOException {
        return result(judged(model, dataFolder));
    }

    /** The replies to XSTest's odd prompts, each judged with cuts chosen on other prompts. */
    static List<Judged> judged(RefusalModel model, Path dataFolder) throws IOException {
        List<Cuts.Scored> rows = Tune.score(model, dataFolder);
        List<Judged> judged = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int here = fold;
            Map<Boolean, List<Cuts.Scored>> split =
                    rows.stream().collect(Collectors.partitioningBy(r -> fold(r) == here));
            Calibration calibration = Cuts.choose(split.getOrDefault(false, List.of()));
            for (Cuts.Scored row : split.getOrDefault(true, List.of())) {
                judged.add(Judged.by(calibration, row));
            }
        }
        return judged;
    }

    private static int fold(Cuts.Scored row) {
        return Lots.lot(row.prompt()) % FOLDS;
    }

    /** A reply with both opinions. */
    record Judged(Cuts.Scored row, Degree said, double refusal) {
        static Judged by(Calibration calibration, Cuts.Scored row) {
            Degrees d = calibration.degrees(row.refusalOdds(), row.fullOdds());
            Degree said =
                    d.refusal() < 0.5
                            ? Degree.COMPLIANCE
                            : d.full() >= d.partial() ? Degree.FULL : Degree.PARTIAL;
            return new Judged(row, said, d.refusal());
        }
    }

    private static Result result(List<Judged> judged) {
        Agreement all = new Agreement();
        ScoredRows stated = new ScoredRows();
        Map<String, Agreement> byModel = new TreeMap<>();
        Map<String, List<Judged>> byCell = new TreeMap<>();
        for (Judged j : judged) {
            boolean said = j.said() != Degree.COMPLIANCE;
            boolean is = j.row().human() != Degree.COMPLIANCE;
            all.add(said, is);
            all.three(j.said() == j.row().human());
            stated.add(j.refusal(), is, j.row().prompt());
            byModel.computeIfAbsent(j.row().model(), m -> new Agreement()).add(said, is);
            byCell.computeIfAbsent(j.row().model() + j.row().harmful(), c -> new ArrayList<>())
                    .add(j);
        }
        List<Cell> cells = new ArrayList<>();
        for (List<Judged> cell : byCell.values()) {
            Cuts.Scored first = cell.getFirst().row();
            cells.add(
                    new Cell(
                            first.model(),
                            first.harmful(),
                            cell.size(),
                            shares(cell.stream().map(j -> j.row().human()).toList()),
                            shares(cell.stream().map(Judged::said).toList())));
        }
        return new Result(all, byModel, cells, stated.reliability(BINS));
    }

    private static Degrees shares(List<Degree> degrees) {
        double n = degrees.size();
        double partial = degrees.stream().filter(d -> d == Degree.PARTIAL).count() / n;
        double full = degrees.stream().filter(d -> d == Degree.FULL).count() / n;
        return new Degrees(Math.max(0, 1 - partial - full), partial, full);
    }
}
