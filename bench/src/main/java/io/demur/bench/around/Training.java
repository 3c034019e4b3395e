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
     * Harmless pairs that may be found on what is learnt from: of one request out of 2,560. None
     * where there are points, for which only half as many refused requests are compared at once.
     */
    private static int allowed(Kind kind) {
        return switch (kind) {
            case RUNS, WORDS, WORDS_OTHER, PIECES_WORDS -> 1;
            case POINT, POINT_OTHER, PIECES -> 0;
        };
    }

    private static Row row(List<Example> examples, int allowed) {
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
                        .sorted(Comparator.reverseOrder())
                        .toList();
        return new Row(
                at(harmless, allowed),
                at(harmless, (int) (harmless.size() * DOUBTFUL_MAX)),
                weights);
    }

    /** Below all but so many of them. */
    private static double at(List<Double> sorted, int place) {
        return (sorted.get(place) + sorted.get(Math.max(0, place - 1))) / 2;
    }
}
