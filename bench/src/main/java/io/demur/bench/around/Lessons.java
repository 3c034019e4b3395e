package io.demur.bench.around;

import io.demur.bench.around.Logistic.Example;
import io.demur.core.incident.Likeness;
import io.demur.core.incident.Refused;
import io.demur.core.incident.Sent;
import io.demur.core.incident.Signs;
import io.demur.core.incident.Weights.Kind;
import io.demur.core.incident.Weights.Row;
import io.demur.testkit.Gen;
import io.demur.testkit.asked.Around;
import io.demur.testkit.asked.Guise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Examples of pairs that are the same underneath, and of pairs that are not. */
final class Lessons {

    private static final List<Guise> LIGHT =
            List.of(
                    Guise.LIGHT_EDIT,
                    Guise.FLATTERY,
                    Guise.URGENCY,
                    Guise.AUTHORITY,
                    Guise.ROLE_PLAY);

    /** Other groups that each group is compared with. */
    private static final int OTHERS = 24;

    /** And whose pieces. */
    private static final int OTHERS_IN_PIECES = 12;

    /** Of all harmless pairs of a text, so many of those most taken for the same. */
    private static final int HARDEST = 2;

    /** How much one of those counts of English texts with points. */
    private static final double MINED = 3;

    /** How much a harmless pair of one topic counts beside one of different topics. */
    private static final double SAME_TOPIC = 1;

    private final Map<Kind, List<Example>> examples = new EnumMap<>(Kind.class);

    private boolean points = false;

    Lessons() {
        for (Kind kind : Kind.values()) {
            examples.put(kind, new ArrayList<>());
        }
    }

    List<Example> of(Kind kind) {
        return Objects.requireNonNull(examples.get(kind));
    }

    /**
     * Learns of groups.
     *
     * @param points whether the texts have points and what the encoder says of their harm
     */
    void learn(List<Around> groups, Texts texts, boolean points) {
        this.points = points;
        Gen gen = new Gen(new SplittableRandom(11));
        for (int g = 0; g < groups.size(); g++) {
            Around group = groups.get(g);
            Refused refused = texts.refused("r", "p", group.request());
            if (!points) {
                letters(group, groups.get((g + 1) % groups.size()), texts, gen);
                pieces(refused, groups, g, texts);
            }
            group.paraphrases()
                    .forEach(text -> meaning(refused, texts.sent("s", "p", text, 5), true, 1));
            for (String text : group.translations().values()) {
                meaning(refused, texts.sent("s", "p", text, 5), true, 1);
                Refused translated = texts.refused("r", "p", text);
                meaning(translated, texts.sent("s", "p", group.request(), 5), true, 0.3);
                for (String neighbour : group.neighbours()) {
                    meaning(translated, texts.sent("s", "p", neighbour, 5), false, 1);
                }
            }
            for (String neighbour : group.neighbours()) {
                Sent later = texts.sent("s", "p", neighbour, 5);
                meaning(refused, later, false, SAME_TOPIC);
            }
            for (int i = 1; i <= OTHERS; i++) {
                Around other = groups.get((g + i * 7) % groups.size());
                Sent later = texts.sent("s", "p", other.neighbours().get(i % 10), 5);
                meaning(refused, later, false, 1);
                String code = Around.LANGUAGES.get(i % Around.LANGUAGES.size());
                String text = Objects.requireNonNull(other.translations().get(code));
                meaning(refused, texts.sent("s", "p", text, 5), false, 1);
            }
        }
    }

    /** Pieces, too, are told by their words. */
    private void pieces(Refused refused, List<Around> groups, int g, Texts texts) {
        Around group = groups.get(g);
        pieces(refused, group.split(), texts, true);
        pieces(refused, group.neighbours(), texts, false);
        for (int i = 1; i <= OTHERS_IN_PIECES; i++) {
            Around other = groups.get((g + i * 7) % groups.size());
            pieces(refused, other.split(), texts, false);
            pieces(refused, other.neighbours(), texts, false);
        }
    }

    /** Letters know nothing of points. */
    private void letters(Around group, Around other, Texts texts, Gen gen) {
        Refused refused = texts.refused("r", "p", group.request());
        for (Guise guise : LIGHT) {
            letters(refused, texts.sent("s", "p", guise.of(group.request(), gen), 5), true);
        }
        for (Around of : List.of(group, other)) {
            of.neighbours().forEach(text -> letters(refused, texts.sent("s", "p", text, 5), false));
        }
    }

    private void letters(Refused refused, Sent later, boolean same) {
        new Likeness(later, false).runs(refused).ifPresent(signs -> add(signs, same, 1));
    }

    /**
     * Learns of the harmless pairs of different topics that weights take most for the same.
     *
     * @param groups whose harmless requests
     * @param all with whose refused ones they are compared
     * @param rows what was learnt so far
     */
    void mine(List<Around> groups, List<Around> all, Texts texts, Map<Kind, Row> rows) {
        points = texts.hasPoints();
        List<Refused> refused = refused(all, texts);
        for (Around group : groups) {
            group.neighbours().forEach(text -> mine(group, refused, texts, text, rows));
            group.translations().values().forEach(text -> mine(group, refused, texts, text, rows));
        }
    }

    private static List<Refused> refused(List<Around> groups, Texts texts) {
        return groups.stream()
                .map(group -> texts.refused(group.id(), "p", group.request()))
                .toList();
    }

    /** Of each harmless request of groups how much it is like the refused one it is most like. */
    static List<Double> highest(List<Around> groups, List<Around> all, Texts texts, Row row) {
        List<Refused> refused = refused(all, texts);
        List<Double> highest = new ArrayList<>();
        for (Around group : groups) {
            for (String text : group.neighbours()) {
                Likeness later = new Likeness(texts.sent("s", "p", text, 5), true);
                refused.stream()
                        .flatMap(one -> later.meaning(one).stream())
                        .filter(signs -> signs.kind() == Kind.POINT)
                        .map(signs -> row.p(signs.of()))
                        .max(Comparator.naturalOrder())
                        .ifPresent(highest::add);
            }
        }
        return highest;
    }

    private void mine(
            Around group, List<Refused> all, Texts texts, String text, Map<Kind, Row> rows) {
        Likeness later = new Likeness(texts.sent("s", "p", text, 5), points);
        all.stream()
                .filter(refused -> !refused.attempt().equals(group.id()))
                .flatMap(refused -> later.meaning(refused).stream())
                .sorted(Comparator.comparingDouble(signs -> -p(signs, rows)))
                .limit(HARDEST)
                .forEach(signs -> add(signs, false, signs.kind() == Kind.POINT ? MINED : 1));
    }

    private static double p(Signs signs, Map<Kind, Row> rows) {
        return Objects.requireNonNull(rows.get(signs.kind())).p(signs.of());
    }

    private void meaning(Refused refused, Sent later, boolean same, double weight) {
        new Likeness(later, points).meaning(refused).ifPresent(signs -> add(signs, same, weight));
    }

    /** Of a row of requests each with those before it. */
    private void pieces(Refused refused, List<String> row, Texts texts, boolean same) {
        List<Likeness> earlier = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            Likeness later = new Likeness(texts.sent("s" + i, "p", row.get(i), i + 1), points);
            if (!same || i == row.size() - 1) {
                later.pieces(refused, earlier).ifPresent(found -> add(found.signs(), same, 1));
            }
            earlier.add(later);
        }
    }

    private void add(Signs signs, boolean same, double weight) {
        of(signs.kind()).add(new Example(signs.of(), same, weight));
    }
}
