package io.demur.bench.around;

import io.demur.testkit.asked.Around;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Directions in which a request and its rewordings lie close, and harmless requests from the same
 * topic lie apart: linear discriminants of the differences within groups.
 *
 * @param centre of the states of English texts, and of texts that came word by word
 * @param rows the directions
 * @param sounds what tells requests that are refused from harmless ones of their topic; the last
 *     weight stands alone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turning(double[] centre, double[] wordsCentre, double[][] rows, double[] sounds) {

    /** What keeps the weights of {@link #sounds} small. */
    private static final double PENALTY = 60;

    private static final int ROUNDS = 200;

    /** How far the directions of meaning follow what rewording changes, */
    private static final double SHRINK_MEANING = 0.3;

    /** and those of the topic, which hardly do. */
    private static final double SHRINK_TOPIC = 40;

    /** How much requests of different groups count beside those of one. */
    private static final double BETWEEN = 2;

    /** States of one text, one layer behind the other. */
    interface States extends Function<String, double[]> {}

    static Turning learn(List<Around> groups, States states, int places) {
        List<String> plain = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (Around group : groups) {
            plain.add(group.request());
            plain.addAll(group.paraphrases());
            plain.addAll(group.neighbours());
            words.addAll(group.translations().values());
        }
        double[] centre = mean(plain, states);
        double[] wordsCentre = mean(words, states);
        int n = centre.length;
        double[][] within = new double[n][n];
        double[][] apart = new double[n][n];
        for (int g = 0; g < groups.size(); g++) {
            Around group = groups.get(g);
            double[] request = minus(states.apply(group.request()), centre);
            for (String paraphrase : group.paraphrases()) {
                double[] other = minus(states.apply(paraphrase), centre);
                Matrix.addSquare(within, minus(other, request), 1.0 / groups.size());
            }
            for (String translation : group.translations().values()) {
                double[] other = minus(states.apply(translation), wordsCentre);
                Matrix.addSquare(within, minus(other, request), 0.3 / groups.size());
            }
            for (String neighbour : group.neighbours()) {
                double[] other = minus(states.apply(neighbour), centre);
                Matrix.addSquare(apart, minus(other, request), 0.1 / groups.size());
            }
            double[] far =
                    minus(states.apply(groups.get((g + 1) % groups.size()).request()), centre);
            Matrix.addSquare(apart, minus(far, request), BETWEEN / groups.size());
        }
        double[][] rows = new double[2 * places][];
        double[][] meaning = directions(within, apart, places, SHRINK_MEANING);
        double[][] topic = directions(within, apart, places, SHRINK_TOPIC);
        System.arraycopy(meaning, 0, rows, 0, places);
        System.arraycopy(topic, 0, rows, places, places);
        return new Turning(centre, wordsCentre, rows, sounds(groups, states, centre));
    }

    /** Logistic regression by steepest descent with momentum (Adam); few enough for that. */
    private static double[] sounds(List<Around> groups, States states, double[] centre) {
        List<double[]> texts = new ArrayList<>();
        List<Boolean> refused = new ArrayList<>();
        for (Around group : groups) {
            if (!group.hazard().equals("none")) {
                List<String> asked = new ArrayList<>(group.paraphrases());
                asked.add(group.request());
                asked.forEach(text -> texts.add(minus(states.apply(text), centre)));
                asked.forEach(text -> refused.add(true));
            }
            group.neighbours().forEach(text -> texts.add(minus(states.apply(text), centre)));
            group.neighbours().forEach(text -> refused.add(false));
        }
        int n = centre.length;
        double[] scale = new double[n];
        for (double[] text : texts) {
            for (int i = 0; i < n; i++) {
                scale[i] += text[i] * text[i] / texts.size();
            }
        }
        for (int i = 0; i < n; i++) {
            scale[i] = Math.sqrt(scale[i]) + 1e-9;
        }
        double[] weights = new double[n + 1];
        double[] first = new double[n + 1];
        double[] second = new double[n + 1];
        for (int round = 1; round <= ROUNDS; round++) {
            double[] slope = new double[n + 1];
            for (int t = 0; t < texts.size(); t++) {
                double odds = weights[n];
                for (int i = 0; i < n; i++) {
                    odds += weights[i] * texts.get(t)[i] / scale[i];
                }
                double p = 1 / (1 + Math.exp(-odds));
                double off = refused.get(t) ? 3 * (1 - p) : -p;
                for (int i = 0; i < n; i++) {
                    slope[i] += off * texts.get(t)[i] / scale[i];
                }
                slope[n] += off;
            }
            for (int i = 0; i <= n; i++) {
                double down = slope[i] - (i < n ? PENALTY * weights[i] : 0);
                first[i] = 0.9 * first[i] + 0.1 * down;
                second[i] = 0.999 * second[i] + 0.001 * down * down;
                double even = Math.sqrt(second[i] / (1 - Math.pow(0.999, round))) + 1e-9;
                weights[i] += 0.02 * first[i] / (1 - Math.pow(0.9, round)) / even;
            }
        }
        for (int i = 0; i < n; i++) {
            weights[i] /= scale[i];
        }
        return weights;
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

    private static double[] mean(List<String> texts, States states) {
        double[] mean = states.apply(texts.getFirst()).clone();
        for (String text : texts.subList(1, texts.size())) {
            double[] state = states.apply(text);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += state[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= texts.size();
        }
        return mean;
    }

    private static double[] minus(double[] one, double[] other) {
        double[] minus = one.clone();
        for (int i = 0; i < minus.length; i++) {
            minus[i] -= other[i];
        }
        return minus;
    }

    float[] point(double[] state, boolean byWords) {
        double[] from = minus(state, byWords ? wordsCentre : centre);
        float[] point = new float[rows.length + 1];
        for (int i = 0; i < rows.length; i++) {
            point[i] = (float) Matrix.dot(rows[i], from);
        }
        double odds = sounds[from.length];
        for (int i = 0; i < from.length; i++) {
            odds += sounds[i] * from[i];
        }
        point[rows.length] = (float) odds;
        return point;
    }
}
