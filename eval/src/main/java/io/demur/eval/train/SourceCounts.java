package io.demur.eval.train;

import java.util.Map;
import java.util.TreeMap;

/** How many rows of each source there are, and how many of them are harmful. */
final class SourceCounts {

    private final Map<String, int[]> bySource = new TreeMap<>();

    void add(String source, boolean harmful) {
        int[] counts = bySource.computeIfAbsent(source, s -> new int[2]);
        counts[0]++;
        counts[1] += harmful ? 1 : 0;
    }

    /** One line to a source. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        bySource.forEach(
                (source, counts) ->
                        lines.append(
                                "%-20s %6d rows, %6d harmful%n"
                                        .formatted(source, counts[0], counts[1])));
        return lines.toString();
    }
}
