package io.demur.encoder;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the encoder said of one text, read by its card. Immutable. */
final class Scores {

    private static final double HALF = 0.5;
    private static final String DEGREE = "degree";
    private static final double NEAREST = 1e-5;

    private final Card card;
    private final float[] odds;

    Scores(Card card, float[] odds) {
        if (odds.length != card.width()) {
            throw new IllegalStateException(
                    "the encoder gives %d numbers where its card says %d"
                            .formatted(odds.length, card.width()));
        }
        this.card = card;
        this.odds = odds;
    }

    /** One of the model's numbers. */
    double at(int place) {
        return odds[place];
    }

    /** The log-odds of a head's number, as the model gave them. */
    double odds(String head, int label) {
        return odds[card.head(head).from() + label];
    }

    /**
     * What a head says of a text, weighed: beside the word of an earlier judge ({@link #joined}),
     * and less where the text refuses, because what refuses delivers little. Where the card weighs
     * nothing together, the head's own calibrated log-odds, less the shift.
     */
    double weighed(String head) {
        List<Double> line = card.joint(head);
        return line.get(1) * odds(head, 0) + line.get(2) * refusalOdds();
    }

    /**
     * Probability of a head, joined with that of an earlier judge.
     *
     * @param weighed of {@link #weighed}
     * @param before what the earlier judge says, 0 to 1
     */
    static double joined(Card card, String head, double weighed, double before) {
        List<Double> line = card.joint(head);
        return logistic(line.get(0) * logOdds(before, 1 - before) + weighed + line.get(3));
    }

    /** Log-odds of partial or full refusal against compliance. */
    double refusalOdds() {
        double partial = odds(DEGREE, 1);
        double full = odds(DEGREE, 2);
        double most = Math.max(partial, full);
        return most + Math.log(Math.exp(partial - most) + Math.exp(full - most)) - odds(DEGREE, 0);
    }

    /** Of one probability against another; finite. */
    static double logOdds(double p, double against) {
        return Math.log(Math.max(p, NEAREST) / Math.max(against, NEAREST));
    }

    /** Probability of the only number of a head, 0 to 1; calibrated as {@link #p(String, int)}. */
    double p(String head) {
        return p(head, 0);
    }

    /** Probability of one label of a head, 0 to 1; calibrated where the card has more than 1 0. */
    double p(String head, int label) {
        List<Double> line = card.calibration(head, 1.0, 0.0);
        return logistic(line.get(0) * odds(head, label) + line.get(1));
    }

    /** Probability of each label of a head of which one is right; they sum to one. */
    <T> Map<T, Double> shares(String head, Function<String, T> named) {
        Map<T, Double> result = new HashMap<>();
        List<String> labels = card.head(head).labels();
        for (int i = 0; i < labels.size(); i++) {
            double sum = 0;
            for (int k = 0; k < labels.size(); k++) {
                sum += Math.exp(odds(head, k) - odds(head, i));
            }
            result.put(named.apply(labels.get(i)), 1 / sum);
        }
        return result;
    }

    /** The likeliest label of a head; the first of equals. */
    String likeliest(String head) {
        List<String> labels = card.head(head).labels();
        int best = 0;
        for (int i = 1; i < labels.size(); i++) {
            best = odds(head, i) > odds(head, best) ? i : best;
        }
        return labels.get(best);
    }

    /** Those labels of a head that are likelier than not, the likeliest first; at least one. */
    List<String> likely(String head) {
        List<String> labels = card.head(head).labels();
        List<String> result =
                IntStream.range(0, labels.size())
                        .boxed()
                        .filter(i -> p(head, i) >= HALF)
                        .sorted((a, b) -> Double.compare(odds(head, b), odds(head, a)))
                        .map(labels::get)
                        .toList();
        return result.isEmpty() ? List.of(likeliest(head)) : result;
    }

    static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
