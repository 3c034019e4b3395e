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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Learns from groups of {@code data/around}: first the space in which their texts lie, then the
 * directions, then, with points of groups that their directions were not learnt from, how much each
 * sign counts, then from which sum on two requests are taken for the same.
 */
final class Training {

    /** Places for meaning, and as many for the topic. */
    static final int PLACES = 60;

    private static final double PENALTY = 2;

    /** More where many signs say nearly the same and few pairs decide. */
    private static final double PENALTY_POINT = 50;

    /** Share of harmless pairs that may be in doubt. */
    private static final double DOUBTFUL_MAX = 0.03;

    /**
     * Of the thousandth of harmless requests that may be found, letters get seven tenths: one of
     * 1,400 may be above their limit,
     */
    private static final double LETTERS_MAX = 1 / 1_400.0;

    /** and points and words what is left, beside 256 refused requests: one of 3,900, */
    private static final double MEANT_MAX = 1 / 3_900.0;

    /** which is one of so many pairs. */
    private static final double PAIRS_AN_ALARM = 1e6;

    /** Of sequences that are no pieces one of so many groups may be. */
    private static final double PIECES_MAX = 1 / 300.0;

    /** So many of the highest show how they fall off. */
    private static final int TAIL = 20;

    /** So many times directions are learnt from the other groups, to see what is new to them. */
    private static final int FOLDS = 4;

    /** The encoder's states of one text, one layer behind the other. */
    interface States extends Function<String, double[]> {}

    private final List<Around> groups;
    private final Function<String, Harm> judge;
    private final Function<String, Harm> quick;
    private final Space space;
    private final Turning.Places places;

    Training(
            List<Around> groups,
            Function<String, Harm> judge,
            Function<String, Harm> quick,
            States states) {
        this.groups = groups;
        this.judge = judge;
        this.quick = quick;
        List<double[]> english = new ArrayList<>();
        List<double[]> byWords = new ArrayList<>();
        for (Around group : groups) {
            english.add(states.apply(group.request()));
            group.paraphrases().forEach(text -> english.add(states.apply(text)));
            group.neighbours().forEach(text -> english.add(states.apply(text)));
            group.translations().values().forEach(text -> byWords.add(states.apply(text)));
        }
        space = Space.learn(english, byWords);
        Map<String, double[]> known = new HashMap<>();
        places =
                text ->
                        known.computeIfAbsent(
                                text,
                                one ->
                                        space.of(
                                                states.apply(one),
                                                !Meaning.inEnglish(one).equals(one)));
    }

    Space space() {
        return space;
    }

    /** What all groups together teach. */
    Turning turning() {
        return Turning.learn(groups, places, PLACES);
    }

    /** The points that a turning gives. */
    Texts.Points points(Turning turning) {
        return text -> Optional.of(turning.point(places.apply(text)));
    }

    Map<Kind, Row> rows() {
        List<Lessons> lessons = new ArrayList<>();
        List<Texts> texts = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            Turning turning = Turning.learn(fold(fold, false), places, PLACES);
            texts.add(new Texts(judge, points(turning)));
            lessons.add(new Lessons());
            lessons.get(fold).learn(fold(fold, true), texts.get(fold), true);
        }
        Texts words = new Texts(quick, text -> Optional.empty());
        lessons.add(new Lessons());
        lessons.getLast().learn(groups, words, false);
        for (int round = 0; round < 2; round++) {
            Map<Kind, Row> rows = rows(lessons);
            lessons.getLast().mine(groups, groups, words, rows);
            for (int fold = 0; fold < FOLDS; fold++) {
                lessons.get(fold).mine(fold(fold, true), groups, texts.get(fold), rows);
            }
        }
        Map<Kind, Row> rows = rows(lessons);
        Row point = Objects.requireNonNull(rows.get(Kind.POINT));
        rows.put(Kind.POINT, new Row(limit(lessons, texts), point.doubtful(), point.of()));
        return rows;
    }

    /** Each fold by what the others teach, of directions and of signs alike. */
    private double limit(List<Lessons> lessons, List<Texts> texts) {
        List<Double> highest = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            List<Lessons> others = new ArrayList<>(lessons);
            others.remove(fold);
            Row row = row(Kind.POINT, others);
            highest.addAll(Lessons.highest(fold(fold, true), groups, texts.get(fold), row));
        }
        highest.sort(Comparator.reverseOrder());
        return tail(highest, highest.size() * (double) groups.size() / PAIRS_AN_ALARM);
    }

    private Map<Kind, Row> rows(List<Lessons> lessons) {
        Map<Kind, Row> rows = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            rows.put(kind, row(kind, lessons));
        }
        return rows;
    }

    /** Those of a fold, or all others. */
    private List<Around> fold(int fold, boolean of) {
        List<Around> part = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            if ((i % FOLDS == fold) == of) {
                part.add(groups.get(i));
            }
        }
        return part;
    }

    /** Its limit is where so many harmless pairs are expected above it. */
    private Row row(Kind kind, List<Lessons> lessons) {
        List<Example> examples =
                lessons.stream().flatMap(lesson -> lesson.of(kind).stream()).toList();
        double[] fitted = Logistic.fit(examples, kind == Kind.POINT ? PENALTY_POINT : PENALTY);
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
        int above = (int) Math.max(1, Math.round(above(kind)));
        return new Row(
                (harmless.get(above - 1) + harmless.get(above)) / 2,
                harmless.get((int) (harmless.size() * DOUBTFUL_MAX)),
                weights);
    }

    /** How many harmless ones may be above the limit of a kind, of those of all groups. */
    private double above(Kind kind) {
        double harmless = groups.size() * (double) groups.getFirst().neighbours().size();
        return switch (kind) {
            case RUNS -> harmless * LETTERS_MAX;
            case POINT, WORDS -> harmless * MEANT_MAX;
            case POINT_OTHER, WORDS_OTHER -> harmless * Around.LANGUAGES.size() * MEANT_MAX;
            case PIECES -> groups.size() * PIECES_MAX;
        };
    }

    /**
     * Above which so many are expected: the log-odds of the highest few are taken to fall off
     * exponentially (Hill, 1975), whose mean excess is the scale.
     */
    private static double tail(List<Double> sorted, double allowed) {
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
