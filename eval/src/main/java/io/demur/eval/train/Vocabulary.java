package io.demur.eval.train;

import io.demur.core.detect.linear.Table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses which features get a row in a table. */
final class Vocabulary {

    private Vocabulary() {}

    /** Gives rows to the features that occur in most of the replies, the most frequent first. */
    static Table choose(List<int[]> replies, int rowsLog2, int documentsMin) {
        Table table = new Table(new byte[(Table.COLUMNS + 1) << rowsLog2]);
        for (long key : byFrequency(replies, documentsMin)) {
            table.claim((int) key);
        }
        return table;
    }

    /** The rows of features, -1 where there is none. */
    static int[] rows(Table table, int[] features) {
        int[] rows = new int[features.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = table.row(features[i]);
        }
        return rows;
    }

    /** Features, the most frequent first; equal ones by their hash. */
    private static long[] byFrequency(List<int[]> replies, int documentsMin) {
        Map<Integer, int[]> counts = new HashMap<>(1 << 21);
        for (int d = 0; d < replies.size(); d++) {
            for (int feature : replies.get(d)) {
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
