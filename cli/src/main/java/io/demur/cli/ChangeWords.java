package io.demur.cli;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Move;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Step;
import io.demur.core.policy.Term;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Says in sentences what differs between two policies: each is a counterexample that holds for
 * every cell and every probability that it names.
 */
final class ChangeWords {

    private static final int WIDTH = 98;
    private static final int LINES_MAX = 12;

    private final Axes axes;
    private final boolean weaker;

    private ChangeWords(Axes axes, boolean weaker) {
        this.axes = axes;
        this.weaker = weaker;
    }

    /** What the second policy does less of, in cells that differ; some lines, and then a count. */
    static List<String> weaker(List<Comparison.Change> changes, Axes axes) {
        return new ChangeWords(axes, true).lines(changes);
    }

    /** What it does more of. */
    static List<String> stronger(List<Comparison.Change> changes, Axes axes) {
        return new ChangeWords(axes, false).lines(changes);
    }

    /**
     * One thing that is otherwise in a cell.
     *
     * @param said what was done with such a request, and what would be
     * @param weight how much that matters
     */
    private record Fact(String said, int weight) {}

    /** One sentence, and for how many cells it holds. */
    private record Sentence(String words, int weight, long cells) {}

    private List<String> lines(List<Comparison.Change> changes) {
        Map<Fact, List<Cell>> facts = new LinkedHashMap<>();
        for (Comparison.Change change : changes) {
            for (Fact fact : facts(change)) {
                facts.computeIfAbsent(fact, f -> new ArrayList<>()).add(change.cell());
            }
        }
        List<Sentence> sentences = new ArrayList<>();
        facts.forEach(
                (fact, cells) -> {
                    for (CellBox box : CellBox.of(cells)) {
                        String words = "requests" + where(box) + " " + fact.said();
                        sentences.add(new Sentence(words, fact.weight(), box.size()));
                    }
                });
        sentences.sort(
                Comparator.comparingInt(Sentence::weight)
                        .thenComparingLong(Sentence::cells)
                        .reversed());
        List<String> lines = new ArrayList<>();
        int said = 0;
        for (Sentence sentence : sentences) {
            List<String> wrapped = wrapped(sentence.words());
            if (said > 0 && lines.size() + wrapped.size() > LINES_MAX) {
                break;
            }
            lines.addAll(wrapped);
            said++;
        }
        if (said < sentences.size()) {
            lines.add("and %,d more of this kind".formatted(sentences.size() - said));
        }
        return lines;
    }

    private List<Fact> facts(Comparison.Change change) {
        List<Fact> facts = new ArrayList<>();
        for (Move move : joined(change.moves())) {
            if (move.isWeaker() == weaker) {
                facts.add(
                        new Fact(
                                "%swere %s and would be %s"
                                        .formatted(
                                                range(move),
                                                done(move.before()),
                                                done(move.after())),
                                Math.abs(level(move.before()) - level(move.after()))));
            }
        }
        Strength before = change.before().ladder().unjudged();
        Strength after = change.after().ladder().unjudged();
        if (change.cell().isUnjudged()
                && before != after
                && (before == Strength.REFUSE) == weaker) {
            facts.add(
                    new Fact(
                            "that nobody could judge were %s and would be %s"
                                    .formatted(PolicyWords.done(before), PolicyWords.done(after)),
                            level(new Step(Strength.REFUSE, false))));
        }
        List<Term> terms = weaker ? change.lost() : change.gained();
        if (!terms.isEmpty()) {
            facts.add(
                    new Fact(
                            "that are answered on a condition would %s be asked to meet %s"
                                    .formatted(
                                            weaker ? "no longer" : "also",
                                            any(
                                                    terms.stream()
                                                            .map(term -> "`" + term.id() + "`")
                                                            .toList(),
                                                    "and")),
                            1));
        }
        return facts;
    }

    /** Whether a judgement is unsure is said only where nothing else differs. */
    private static List<Move> joined(List<Move> moves) {
        List<Move> joined = new ArrayList<>();
        for (Move move : moves) {
            Step before = move.before();
            Step after = move.after();
            if (before.strength() != after.strength()) {
                before = new Step(before.strength(), false);
                after = new Step(after.strength(), false);
            }
            Move last = joined.isEmpty() ? move : joined.getLast();
            boolean on = last.to() == move.from();
            if (on && last.before().equals(before) && last.after().equals(after)) {
                joined.removeLast();
                joined.add(new Move(last.from(), move.to(), before, after));
            } else {
                joined.add(new Move(move.from(), move.to(), before, after));
            }
        }
        return joined;
    }

    private static int level(Step step) {
        return switch (step.strength()) {
            case ALLOW -> step.unsure() ? 1 : 0;
            case ANNOTATE -> 2;
            case CONDITION -> 3;
            case HOLD -> 4;
            case REFUSE -> 5;
        };
    }

    private static String done(Step step) {
        return step.unsure() ? "answered under strict review" : PolicyWords.done(step.strength());
    }

    private static String range(Move move) {
        boolean open = move.to() > Ladder.CERTAIN;
        if (move.from() == 0) {
            return open ? "" : "with p_harm under %s ".formatted(PolicyWords.line(move.to()));
        }
        return open
                ? "with p_harm from %s on ".formatted(PolicyWords.line(move.from()))
                : "with p_harm from %s to %s "
                        .formatted(PolicyWords.line(move.from()), PolicyWords.line(move.to()));
    }

    private String where(CellBox box) {
        StringBuilder where = new StringBuilder();
        if (box.hazards().size() <= Hazard.values().length) {
            where.append(hazards(box.hazards()));
        }
        if (box.severities().size() < Severity.values().length) {
            where.append(" (").append(any(words(box.severities()), "or")).append(')');
        }
        where.append(names(box.roles(), axes.roles(), " by", "role", "everybody"));
        where.append(names(box.purposes(), axes.purposes(), " for", "purpose", "any purpose"));
        if (box.models().size() < ModelClass.values().length) {
            where.append(" on ").append(any(words(box.models()), "and")).append(" models");
        }
        if (box.stages().size() < Stage.values().length) {
            where.append(stages(box.stages()));
        }
        if (box.standings().size() < Standing.Kind.values().length) {
            where.append(standings(box.standings()));
        }
        return where.toString();
    }

    private static String hazards(Set<Optional<Hazard>> hazards) {
        Set<Hazard> named = EnumSet.noneOf(Hazard.class);
        hazards.forEach(hazard -> hazard.ifPresent(named::add));
        boolean none = hazards.contains(Optional.<Hazard>empty());
        if (named.size() == Hazard.values().length) {
            return " with a named hazard";
        }
        if (named.isEmpty()) {
            return " without a named hazard";
        }
        Set<Hazard> others = EnumSet.complementOf(EnumSet.copyOf(named));
        boolean most = others.size() < named.size();
        String about =
                most
                        ? " about anything but " + any(words(others), "and")
                        : " about " + any(words(named), "or");
        if (most == none) {
            return about;
        }
        return about + (most ? ", with a named hazard" : ", or without a named hazard");
    }

    /** With `other` among them, everybody but those that are not. */
    private static String names(
            Set<String> names, List<String> all, String by, String what, String everybody) {
        if (names.size() == all.size()) {
            return "";
        }
        boolean other = names.contains(Axes.OTHER);
        Set<String> said = new TreeSet<>(other ? all : names);
        if (other) {
            said.removeAll(names);
        }
        List<String> quoted = said.stream().map(name -> "`" + name + "`").toList();
        return by
                + (other ? " %s but ".formatted(everybody) : " ")
                + (other && everybody.endsWith(what) ? "" : what + " ")
                + any(quoted, other ? "and" : "or");
    }

    private static String stages(Set<Stage> stages) {
        if (stages.equals(Set.of(Stage.NONE))) {
            return " at no stage of adverse processing";
        }
        if (stages.contains(Stage.NONE)) {
            return " at no stage but "
                    + any(words(EnumSet.complementOf(EnumSet.copyOf(stages))), "and");
        }
        return " at stage " + any(words(stages), "or");
    }

    private static String standings(Set<Standing.Kind> kinds) {
        if (!kinds.contains(Standing.Kind.REFUSED) && kinds.size() > 1) {
            return ", not refused here before,";
        }
        List<String> said =
                new TreeSet<>(kinds)
                        .stream()
                                .map(
                                        kind ->
                                                switch (kind) {
                                                    case FRESH -> "asked for the first time";
                                                    case REOPENED -> "reopened after a refusal";
                                                    case REFUSED -> "refused here before";
                                                })
                                .toList();
        return ", %s,".formatted(any(said, "or"));
    }

    private static <E extends Enum<E>> List<String> words(Set<E> constants) {
        return new TreeSet<>(constants).stream().map(PolicyWords::word).toList();
    }

    private static String any(List<String> words, String join) {
        if (words.size() == 1) {
            return words.getFirst();
        }
        return words.subList(0, words.size() - 1).stream().collect(Collectors.joining(", "))
                + " %s ".formatted(join)
                + words.getLast();
    }

    private static List<String> wrapped(String words) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words.split(" ", -1)) {
            if (line.length() + 1 + word.length() > WIDTH - 2) {
                lines.add(line.toString());
                line.setLength(0);
                line.append("   ");
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
