package io.demur.bench.around;

import io.demur.bench.around.Logistic.Example;
import io.demur.bench.around.Texts.Harm;
import io.demur.core.incident.Meaning;
import io.demur.core.incident.Weights.Kind;
import io.demur.core.incident.Weights.Row;
import io.demur.testkit.asked.Around;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Learns from the half of {@code data/around} that is for developing: first the directions, then,
 * with points of groups that their directions were not learnt from, how much each sign counts, then
 * from which sum on two requests are taken for the same.
 */
final class Training {

    /** Places for meaning, and as many for the topic. */
    static final int PLACES = 64;

    private static final double PENALTY = 2;

    /** Share of harmless pairs that may be in doubt. */
    private static final double DOUBTFUL_MAX = 0.03;

    /** So many of the highest show how they fall off. */
    private static final int TAIL = 20;

    private final Function<String, Harm> judge;
    private final Function<String, Harm> quick;
    private final Turning.States states;

    Training(Function<String, Harm> judge, Function<String, Harm> quick, Turning.States states) {
        this.judge = judge;
        this.quick = quick;
        this.states = states;
    }

    Turning turning(List<Around> groups) {
        return Turning.learn(groups, states, PLACES);
    }

    /** The points that a turning gives. */
    Texts.Points points(Turning turning) {
        return text ->
                Optional.of(
                        turning.point(states.apply(text), !Meaning.inEnglish(text).equals(text)));
    }

    Map<Kind, Row> rows(List<Around> groups) {
        Lessons lessons = new Lessons();
        List<Texts> texts = new ArrayList<>();
        for (int fold = 0; fold < 2; fold++) {
            Turning turning = turning(fold(groups, 1 - fold));
            texts.add(new Texts(judge, points(turning)));
            lessons.learn(fold(groups, fold), texts.get(fold), true);
        }
        Texts words = new Texts(quick, text -> Optional.empty());
        lessons.learn(groups, words, false);
        for (int round = 0; round < 2; round++) {
            Map<Kind, Row> rows = rows(lessons);
            lessons.mine(groups, words, rows);
            for (int fold = 0; fold < 2; fold++) {
                lessons.mine(fold(groups, fold), texts.get(fold), rows);
            }
        }
        return rows(lessons);
    }

    private static Map<Kind, Row> rows(Lessons lessons) {
        Map<Kind, Row> rows = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            rows.put(kind, row(lessons.of(kind), allowed(kind)));
        }
        return rows;
    }

    private static List<Around> fold(List<Around> groups, int fold) {
        List<Around> half = new ArrayList<>();
        for (int i = fold; i < groups.size(); i += 2) {
            half.add(groups.get(i));
        }
        return half;
    }

    /**
     * Harmless pairs that may be expected above the limit on what is learnt from, out of those of
     * 2,560 requests. Fewer where there are points, for which only half as many refused requests
     * are compared at once; but of texts in other languages there are five times as many pairs.
     */
    private static double allowed(Kind kind) {
        return switch (kind) {
            case RUNS, WORDS, WORDS_OTHER, PIECES_WORDS, POINT_OTHER -> 1;
            case POINT, PIECES -> 0.25;
        };
    }

    private static Row row(List<Example> examples, double allowed) {
        double[] fitted = Logistic.fit(examples, PENALTY);
        List<Double> weights = new ArrayList<>();
        for (double weight : fitted) {
            weights.add(weight);
        }
        Row row = new Row(1, 1, weights);
        List<Double> harmless =
                examples.stream()
                        .filter(example -> !example.same())
                        .map(example -> row.p(example.signs()))
                        .distinct()
                        .sorted(Comparator.reverseOrder())
                        .toList();
        return new Row(
                limit(harmless, allowed),
                harmless.get((int) (harmless.size() * DOUBTFUL_MAX)),
                weights);
    }

    /**
     * Above which so many are expected: one is an order statistic; below one, the log-odds of the
     * highest few are taken to fall off exponentially (Hill, 1975), whose mean excess is the scale.
     */
    private static double limit(List<Double> sorted, double allowed) {
        if (allowed >= 1) {
            return (sorted.get(0) + sorted.get(1)) / 2;
        }
        double base = odds(sorted.get(TAIL));
        double excess = 0;
        for (int i = 0; i < TAIL; i++) {
            excess += (odds(sorted.get(i)) - base) / TAIL;
        }
        return 1 / (1 + Math.exp(-(base + excess * Math.log(TAIL / allowed))));
    }

    private static double odds(double p) {
        return Math.log(p / (1 - p));
    }
}
