package io.demur.files.suite;

import io.demur.core.suite.Case;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How far words tell the halves of pairs apart: two learners on single words and pairs of words,
 * ten folds, whole pairs held out.
 */
final class WordsAlone {

    private static final int FOLDS = 10;
    private static final int PASSES = 60;
    private static final double STEP = 0.1;
    private static final double DECAY = 0.002;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_']+");

    record Half(boolean harmful, int fold, Set<String> features) {}

    /** Learns from some halves how much each speaks for harm. */
    @FunctionalInterface
    interface Learner {
        ToDoubleFunction<Set<String>> learn(List<Half> from);
    }

    private final List<Half> halves;

    WordsAlone(List<Case> cases) {
        List<String> pairs =
                new ArrayList<>(
                        new TreeSet<>(cases.stream().map(it -> it.pair().orElseThrow()).toList()));
        SplittableRandom random = new SplittableRandom(1);
        Map<String, Integer> folds = new HashMap<>();
        for (int i = pairs.size(); i > 0; i--) {
            folds.put(pairs.remove(random.nextInt(i)), i % FOLDS);
        }
        halves =
                cases.stream()
                        .map(
                                it ->
                                        new Half(
                                                it.isHarmful(),
                                                folds.getOrDefault(it.pair().orElseThrow(), 0),
                                                features(it.request().prompt())))
                        .toList();
    }

    /** The words of a text, in lower case. */
    static List<String> words(String text) {
        return WORD.matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Set<String> features(String text) {
        List<String> words = new ArrayList<>(List.of("^"));
        words.addAll(words(text));
        Set<String> features = new LinkedHashSet<>(words);
        for (int i = 1; i < words.size(); i++) {
            features.add(words.get(i - 1) + " " + words.get(i));
        }
        return features;
    }

    /** The area under the curve of a learner on halves that it has not seen. */
    double auc(Learner learner) {
        List<Double> harmful = new ArrayList<>();
        List<Double> benign = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            int held = fold;
            ToDoubleFunction<Set<String>> learnt =
                    learner.learn(halves.stream().filter(it -> it.fold() != held).toList());
            halves.stream()
                    .filter(it -> it.fold() == held)
                    .forEach(
                            it ->
                                    (it.harmful() ? harmful : benign)
                                            .add(learnt.applyAsDouble(it.features())));
        }
        double won = 0;
        for (double h : harmful) {
            for (double b : benign) {
                won += h > b ? 1 : h == b ? 0.5 : 0;
            }
        }
        return won / harmful.size() / benign.size();
    }

    /** Naive Bayes on what a text has, of what stands in two texts or more. */
    static ToDoubleFunction<Set<String>> bayes(List<Half> from) {
        Map<String, int[]> counts = new HashMap<>();
        int[] texts = new int[2];
        for (Half half : from) {
            int side = half.harmful() ? 1 : 0;
            texts[side]++;
            half.features().forEach(it -> counts.computeIfAbsent(it, none -> new int[2])[side]++);
        }
        return features ->
                features.stream()
                        .map(counts::get)
                        .filter(count -> count != null && count[0] + count[1] > 1)
                        .mapToDouble(
                                count ->
                                        Math.log((count[1] + 0.5) / (texts[1] + 1))
                                                - Math.log((count[0] + 0.5) / (texts[0] + 1)))
                        .sum();
    }

    /** Logistic regression, by gradient descent with weights that are drawn towards nothing. */
    static ToDoubleFunction<Set<String>> logistic(List<Half> from) {
        Map<String, Integer> index = new HashMap<>();
        Map<String, Integer> seen = new HashMap<>();
        from.forEach(half -> half.features().forEach(it -> seen.merge(it, 1, Integer::sum)));
        seen.forEach(
                (feature, count) ->
                        index.putAll(count > 1 ? Map.of(feature, index.size()) : Map.of()));
        double[] weights = new double[index.size()];
        int[][] rows =
                from.stream()
                        .map(
                                half ->
                                        half.features().stream()
                                                .filter(index::containsKey)
                                                .mapToInt(index::get)
                                                .toArray())
                        .toArray(int[][]::new);
        for (int pass = 0; pass < PASSES; pass++) {
            for (int i = 0; i < rows.length; i++) {
                double error =
                        (from.get(i).harmful() ? 1 : 0)
                                - 1 / (1 + Math.exp(-sum(weights, rows[i])));
                for (int feature : rows[i]) {
                    weights[feature] +=
                            STEP * (error - DECAY * weights[feature]) / Math.sqrt(rows[i].length);
                }
            }
        }
        return features ->
                features.stream()
                        .filter(index::containsKey)
                        .mapToDouble(it -> weights[index.getOrDefault(it, 0)])
                        .sum();
    }

    private static double sum(double[] weights, int[] features) {
        return Arrays.stream(features).mapToDouble(feature -> weights[feature]).sum();
    }
}
