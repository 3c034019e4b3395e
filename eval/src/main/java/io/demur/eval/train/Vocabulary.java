package io.demur.eval.train;

import io.demur.core.detect.linear.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses which features get a row in a table. */
final class Vocabulary {

    private Vocabulary() {}

    /**
     * Gives rows to the features that occur in most replies, and turns the features of the data
     * into rows, -1 where there is none.
     */
    static Table choose(List<Prepared> data, int rowsLog2, int documentsMin) {
        Table table = new Table(new byte[(Table.COLUMNS + 1) << rowsLog2]);
        for (long key : byFrequency(data, documentsMin)) {
            table.claim((int) key);
        }
        for (Prepared p : data) {
            for (int i = 0; i < p.features.length; i++) {
                p.rows[i] = table.row(p.features[i]);
            }
        }
        return table;
    }

    /** Features, the most frequent first; equal ones by their hash. */
    static long[] byFrequency(List<Prepared> data, int documentsMin) {
        Map<Integer, int[]> counts = new HashMap<>(1 << 21);
        for (int d = 0; d < data.size(); d++) {
            Prepared p = data.get(d);
            for (int feature : p.features) {
                int[] seen = counts.computeIfAbsent(feature, f -> new int[] {0, -1});
                if (seen[1] != d) {
                    seen[1] = d;
                    seen[0]++;
                }
            }
        }
        return counts.entrySet().stream()
                .filter(e -> e.getValue()[0] >= documentsMin)
                .mapToLong(e -> -((long) e.getValue()[0] << 32) + (e.getKey() & 0xFFFFFFFFL))
                .sorted()
                .toArray();
    }
}
