package io.demur.eval.train;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** In which order examples are learnt from. */
final class Order {

    private Order() {}

    /** Each of 0 to n - 1 once; any order is as likely as any other (Fisher and Yates). */
    static int[] shuffled(int n, RandomGenerator random) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        return order;
    }
}
