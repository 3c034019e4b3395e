package io.demur.bench.around;

import io.demur.testkit.asked.Around;

import java.util.List;
import java.util.function.Function;

/**
 * Directions in which a request and its rewordings lie close, and harmless requests from the same
 * topic lie apart: linear discriminants of the differences within groups; and how much a text
 * sounds like what is refused.
 *
 * @param rows the directions, within a {@link Space}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turning(double[][] rows, Sounding sounding) {

    /** How far the directions of meaning follow what rewording changes, */
    private static final double SHRINK_MEANING = 0.3;

    /** and those of the topic, which hardly do. */
    private static final double SHRINK_TOPIC = 40;

    /** How much requests of different groups count beside those of one. */
    private static final double BETWEEN = 2;

    /** Where a text lies in a {@link Space}. */
    interface Places extends Function<String, double[]> {}

    static Turning learn(List<Around> groups, Places places, int count) {
        int n = places.apply(groups.getFirst().request()).length;
        double[][] within = new double[n][n];
        double[][] apart = new double[n][n];
        for (int g = 0; g < groups.size(); g++) {
            Around group = groups.get(g);
            double[] request = places.apply(group.request());
            for (String paraphrase : group.paraphrases()) {
                double[] off = minus(places.apply(paraphrase), request);
                Matrix.addSquare(within, off, 1.0 / groups.size());
            }
            for (String translation : group.translations().values()) {
                double[] off = minus(places.apply(translation), request);
                Matrix.addSquare(within, off, 0.3 / groups.size());
            }
            for (String neighbour : group.neighbours()) {
                double[] off = minus(places.apply(neighbour), request);
                Matrix.addSquare(apart, off, 0.1 / groups.size());
            }
            Around other = groups.get((g + 1) % groups.size());
            double[] far = minus(places.apply(other.request()), request);
            Matrix.addSquare(apart, far, BETWEEN / groups.size());
        }
        double[][] rows = new double[2 * count][];
        double[][] meaning = directions(within, apart, count, SHRINK_MEANING);
        double[][] topic = directions(within, apart, count, SHRINK_TOPIC);
        System.arraycopy(meaning, 0, rows, 0, count);
        System.arraycopy(topic, 0, rows, count, count);
        return new Turning(rows, Sounding.learn(groups, places));
    }

    /** Where what is apart is widest, in a space where what is within is as wide all round. */
    private static double[][] directions(
            double[][] within, double[][] apart, int places, double shrink) {
        int n = within.length;
        double even = shrink * Matrix.trace(within) / n;
        double[][] evened = new double[n][];
        for (int i = 0; i < n; i++) {
            evened[i] = within[i].clone();
            evened[i][i] += even;
        }
        double[][] root = Matrix.inverseRoot(evened);
        double[][] turned = Matrix.product(Matrix.product(root, apart), Matrix.transposed(root));
        return Matrix.product(Matrix.widest(turned, places), root);
    }

    private static double[] minus(double[] one, double[] other) {
        double[] minus = one.clone();
        for (int i = 0; i < minus.length; i++) {
            minus[i] -= other[i];
        }
        return minus;
    }

    float[] point(double[] place) {
        float[] point = new float[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            point[i] = (float) Matrix.dot(rows[i], place);
        }
        point[rows.length] = (float) sounding.of(place);
        return point;
    }
}
