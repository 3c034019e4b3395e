package io.demur.eval.train;

import io.demur.eval.Hashes;
import io.demur.stats.Estimate;
import io.demur.stats.Reliability;
import io.demur.stats.Roc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a judge says of some rows beside what they are. Used by one thread. */
final class ScoredRows {

    private record Row(double score, boolean is, long group) {}

    /** Of the resamples behind intervals. */
    private static final long SEED = 7;

    private final List<Row> rows = new ArrayList<>();

    /**
     * Adds one row.
     *
     * @param score the higher, the surer of a positive
     * @param group equal for rows that depend on each other
     */
    void add(double score, boolean is, String group) {
        rows.add(new Row(score, is, Hashes.of(group)));
    }

    void addAll(ScoredRows others) {
        rows.addAll(others.rows);
    }

    /** The rows of some of several sets; of one that is missing there are none. */
    static ScoredRows join(Map<String, ScoredRows> all, List<String> sets) {
        ScoredRows joined = new ScoredRows();
        sets.forEach(set -> joined.addAll(all.getOrDefault(set, new ScoredRows())));
        return joined;
    }

    int size() {
        return rows.size();
    }

    /** Those of one kind. */
    ScoredRows only(boolean is) {
        ScoredRows some = new ScoredRows();
        rows.stream().filter(row -> row.is() == is).forEach(some.rows::add);
        return some;
    }

    /** How well they are ranked; there must be some of both kinds. */
    Roc roc() {
        return Roc.of(scores(), labels(), groups());
    }

    /** The share of them with a score above a line; there must be one at least. */
    double above(double line) {
        return 1.0 * rows.stream().filter(row -> row.score() > line).count() / rows.size();
    }

    /**
     * The share of the positives here that lies above the limit which this share of other rows
     * exceeds.
     *
     * @param negatives the others
     */
    Estimate found(double falsePositives, ScoredRows negatives) {
        ScoredRows both = only(true);
        both.addAll(negatives);
        return both.roc().truePositives(falsePositives, SEED);
    }

    /** How far scores, which must be probabilities, can be taken at their word. */
    Reliability reliability(int bins) {
        return Reliability.of(scores(), labels(), groups(), bins);
    }

    private double[] scores() {
        return rows.stream().mapToDouble(Row::score).toArray();
    }

    private boolean[] labels() {
        boolean[] labels = new boolean[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).is();
        }
        return labels;
    }

    private long[] groups() {
        return rows.stream().mapToLong(Row::group).toArray();
    }
}
