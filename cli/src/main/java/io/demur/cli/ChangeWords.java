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
import java.util.Collections;
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
    private static final Set<Hazard> FLOOR =
            Set.of(Hazard.CHILD_SEXUAL_EXPLOITATION, Hazard.INDISCRIMINATE_WEAPONS);

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
     * @param steps how far apart the two are
     * @param judged whether it is about what somebody could judge
     */
    private record Fact(String said, int steps, boolean judged) {}

    /**
     * One sentence, and in which cells it holds.
     *
     * @param cells those that it names, of which the gravest counts
     */
    private record Sentence(String words, Fact fact, CellBox cells) {

        boolean isJudged() {
            return fact.judged();
        }

        Severity severity() {
            return Collections.max(cells.severities());
        }

        /** Whether it is about what the floor is there for. */
        boolean isOfFloor() {
            return cells.hazards().stream().flatMap(Optional::stream).anyMatch(FLOOR::contains);
        }

        int steps() {
            return fact.steps();
        }

        long size() {
            return cells.size();
        }
    }

    /** The gravest first; what nobody could judge has no severity, and stands below the others. */
    private static final Comparator<Sentence> GRAVEST =
            Comparator.comparing(Sentence::isJudged)
                    .thenComparing(Sentence::severity)
                    .thenComparing(Sentence::isOfFloor)
                    .thenComparingInt(Sentence::steps)
                    .thenComparingLong(Sentence::size)
                    .reversed();

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
                        String which = fact.judged() ? what(box) : "";
                        String words = "requests" + which + who(box) + " " + fact.said();
                        sentences.add(new Sentence(words, fact, box));
                    }
                });
        sentences.sort(GRAVEST);
        return shown(sentences);
    }

    /** Some lines of sentences, room kept for one about what nobody could judge, and a count. */
    private static List<String> shown(List<Sentence> sentences) {
        List<String> unjudged =
                sentences.stream()
                        .filter(sentence -> !sentence.isJudged())
                        .findFirst()
                        .map(sentence -> wrapped(sentence.words()))
                        .orElse(List.of());
        List<String> lines = new ArrayList<>();
        int said = 0;
        for (Sentence sentence : sentences) {
            List<String> wrapped = wrapped(sentence.words());
            int room = LINES_MAX - (sentence.isJudged() ? unjudged.size() : 0);
            if (said > 0 && lines.size() + wrapped.size() > room) {
                break;
            }
            lines.addAll(wrapped);
            said++;
        }
        if (said < sentences.size() && sentences.get(said).isJudged() && !unjudged.isEmpty()) {
            lines.addAll(unjudged);
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
                                Math.abs(level(move.before()) - level(move.after())),
                                true));
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
                            1,
                            false));
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
                            1,
                            true));
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

    /** Which requests. */
    private static String what(CellBox box) {
        StringBuilder what = new StringBuilder();
        if (box.hazards().size() <= Hazard.values().length) {
            what.append(hazards(box.hazards()));
        }
        if (box.severities().size() < Severity.values().length) {
            what.append(" (").append(any(words(box.severities()), "or")).append(')');
        }
        return what.toString();
    }

    /** Whose, for what, and where. */
    private String who(CellBox box) {
        StringBuilder where = new StringBuilder();
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
