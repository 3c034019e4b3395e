package io.demur.stats;

import java.util.HashMap;
import java.util.Map;

/** Clusters numbered from 0 in order of appearance. */
final class Clusters {

    private final int[] numbers;
    private final int count;

    private Clusters(int[] numbers, int count) {
        this.numbers = numbers;
        this.count = count;
    }

    static Clusters number(long[] clusters) {
        Map<Long, Integer> known = new HashMap<>();
        int[] numbers = new int[clusters.length];
        for (int i = 0; i < numbers.length; i++) {
            int next = known.size();
            numbers[i] = known.computeIfAbsent(clusters[i], c -> next);
        }
        return new Clusters(numbers, known.size());
    }

    /** Every observation is its own cluster. */
    static long[] alone(int n) {
        long[] clusters = new long[n];
        for (int i = 0; i < n; i++) {
            clusters[i] = i;
        }
        return clusters;
    }

    /** The number of an observation's cluster. */
    int of(int observation) {
        return numbers[observation];
    }

    int count() {
        return count;
    }
}
