package io.demur.cli;

import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Cell;
import io.demur.core.policy.Comparison;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Ladder;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Square;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;
import io.demur.core.policy.Table;
import io.demur.core.probe.ProbeRun;
import io.demur.core.probe.ProbeSuite;
import io.demur.eval.Word;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in words what stands in the cells of policies. */
final class PolicyWords {

    private static final List<Strength> RUNGS =
            List.of(Strength.ANNOTATE, Strength.CONDITION, Strength.HOLD, Strength.REFUSE);

    private static final Axes NOBODY = new Axes(List.of(), List.of());

    private static final Pattern DIAL =
            Pattern.compile("posture-\\d+-(none|minor|serious|grave)-([a-z]+)");

    private PolicyWords() {}

    /** A line as a probability. */
    static String line(int ppm) {
        if (ppm > Ladder.CERTAIN) {
            return "never";
        }
        String digits = "%.4f".formatted(ppm / (double) Ladder.CERTAIN);
        return digits.endsWith("00") ? digits.substring(0, 4) : digits;
    }

    /** A constant as users write it. */
    static String word(Enum<?> constant) {
        return Word.of(constant);
    }

    /** What is done: as a participle. */
    static String done(Strength strength) {
        return switch (strength) {
            case ALLOW -> "answered";
            case ANNOTATE -> "answered with a note";
            case CONDITION -> "answered on a condition";
            case HOLD -> "held for a person";
            case REFUSE -> "refused";
        };
    }

    /** What a rule does. */
    static String effect(Rule.Effect effect) {
        return switch (effect) {
            case Rule.Effect.Shift shift -> {
                double steps = -Math.log(shift.factor()) / Math.log(2);
                yield "%s by %s"
                        .formatted(steps > 0 ? "stricter" : "laxer", steps(Math.abs(steps)));
            }
            case Rule.Effect.AtLeast least ->
                    "at least %s from %s on".formatted(word(least.strength()), line(least.from()));
            case Rule.Effect.AtMost most -> "at most " + word(most.strength());
            case Rule.Effect.Ask ask ->
                    "on condition `%s` from %s on".formatted(ask.term().id(), line(ask.from()));
            case Rule.Effect.CountHarm count -> "on the condition that the harm is counted";
            case Rule.Effect.Unjudged unjudged -> "unjudged: " + word(unjudged.strength());
            case Rule.Effect.Stick stick -> "what is conditioned or more is refused";
        };
    }

    private static String steps(double steps) {
        String digits = steps == Math.rint(steps) ? "%.0f" : "%.2f";
        return digits.formatted(steps) + (steps == 1 ? " step" : " steps");
    }

    /** The order in which what is done comes nearer to being answered, or to being refused. */
    static Comparator<Strength> towards(boolean answered) {
        return answered ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    /**
     * The reason for a rule that a decision names.
     *
     * @param because the policy's own reasons
     */
    static String because(String rule, Policy policy, Map<String, String> because) {
        Matcher dial = DIAL.matcher(rule);
        if (dial.matches()) {
            return dial(
                    policy,
                    Severity.valueOf(dial.group(1).toUpperCase(Locale.ROOT)),
                    Strength.valueOf(dial.group(2).toUpperCase(Locale.ROOT)));
        }
        // what every policy has means the same in every policy, whatever a document says of it
        return switch (rule) {
            case "floor" ->
                    "lies under every policy: what is as good as certain and among the worst";
            case "unjudged" -> "nobody could judge it, and what nobody could judge is not answered";
            case "scope" -> "the policy says what this service is for";
            case "unaligned" -> "the model has no refusals of its own";
            case "persons" -> "it is about harm to a person's body, dignity or life";
            case "children" -> "it is about the sexual use of children";
            case "count-harm" -> "the cost falls on others, and is left out of what is asked";
            case "refused-before" -> "it was refused here before, and nothing has changed since";
            default -> because.getOrDefault(rule, "one of the policy's rules");
        };
    }

    private static String dial(Policy policy, Severity severity, Strength strength) {
        Ladder ladder =
                Table.expand(policy.posture(), List.of(), NOBODY).at(plain(severity)).ladder();
        String harm = severity == Severity.NONE ? "what harms nobody" : word(severity) + " harm";
        String is = "%s is %s".formatted(harm, done(strength));
        int from = ladder.line(strength);
        return from == 0 ? is : "%s from p_harm %s on".formatted(is, line(from));
    }

    /** In one line, which way a change goes. */
    static String verdict(Comparison table, Axes axes, Direction direction) {
        String cells =
                "does less in %,d of %,d cells, more in %,d"
                        .formatted(table.weaker().size(), axes.cells(), table.stronger().size());
        return switch (direction) {
            case EQUAL -> "equal: does the same in all %,d cells".formatted(axes.cells());
            case STRONGER -> "stronger: " + cells;
            case WEAKER -> "weaker: " + cells;
        };
    }

    /**
     * What a change of a policy does, for the people who are to sign it: which way it goes, where
     * less is done and where more, which settings differ, and which probes would be answered.
     */
    static List<String> amendment(Amendment amendment, Charter before, Charter after) {
        Policy old = before.policy();
        Policy now = after.policy();
        Comparison table = amendment.table();
        Axes axes = old.table().axes().with(now.table().axes());
        List<String> lines = new ArrayList<>();
        lines.add(verdict(table, axes, amendment.direction()));
        section(lines, posture(old, now), dial(old, now));
        Set<Comparison.Change> approved = new HashSet<>(amendment.envelope());
        Table dialled = Table.expand(now.posture(), old.rules(), old.table().axes());
        List<Comparison.Change> changes =
                Stream.concat(table.weaker().stream(), table.stronger().stream())
                        .filter(change -> !isOfDial(change, dialled))
                        .filter(change -> !approved.contains(change))
                        .toList();
        String beside = old.posture().equals(now.posture()) ? "" : " beside that";
        section(lines, "does less" + beside, ChangeWords.weaker(changes, axes));
        section(lines, "does more" + beside, ChangeWords.stronger(changes, axes));
        section(
                lines,
                "does less, as two people have approved beforehand",
                ChangeWords.weaker(amendment.envelope(), axes));
        section(
                lines,
                "settings",
                amendment.settings().stream().map(PolicyWords::setting).toList());
        section(
                lines,
                "probes that were kept back and would be less",
                amendment.flips().stream().map(PolicyWords::flip).toList());
        return lines;
    }

    private static void section(List<String> lines, String title, List<String> items) {
        if (!items.isEmpty()) {
            lines.add("");
            lines.add(title);
            items.forEach(item -> lines.add("  " + item));
        }
    }

    private static String posture(Policy before, Policy after) {
        return "the posture goes from %d to %d"
                .formatted(before.posture().level(), after.posture().level());
    }

    /** What another posture does by itself: the lines of each severity. */
    private static List<String> dial(Policy before, Policy after) {
        if (before.posture().equals(after.posture())) {
            return List.of();
        }
        Table old = Table.expand(before.posture(), List.of(), NOBODY);
        Table now = Table.expand(after.posture(), List.of(), NOBODY);
        Map<String, List<String>> same = new LinkedHashMap<>();
        for (Severity severity : Severity.values()) {
            Cell cell = plain(severity);
            same.computeIfAbsent(
                            lines(old.at(cell).ladder(), now.at(cell).ladder()),
                            lines -> new ArrayList<>())
                    .add(word(severity));
        }
        List<String> said = new ArrayList<>();
        same.forEach(
                (lines, severities) ->
                        said.add("%-13s %s".formatted(String.join(", ", severities), lines)));
        return said;
    }

    private static String lines(Ladder before, Ladder after) {
        List<String> parts = new ArrayList<>();
        for (Strength rung : RUNGS.reversed()) {
            boolean own = rung == Strength.REFUSE || isOwn(before, rung) || isOwn(after, rung);
            if (own && before.line(rung) != after.line(rung)) {
                parts.add(
                        "%s from %s, was %s"
                                .formatted(
                                        word(rung),
                                        line(after.line(rung)),
                                        line(before.line(rung))));
            }
        }
        return parts.isEmpty() ? "as before" : String.join(" · ", parts);
    }

    /** Whether there is a probability at which just that is done. */
    private static boolean isOwn(Ladder ladder, Strength rung) {
        Strength next = RUNGS.get(RUNGS.indexOf(rung) + 1);
        return ladder.line(rung) < ladder.line(next);
    }

    /** Whether a cell is what another posture alone has made of it. */
    private static boolean isOfDial(Comparison.Change change, Table dialled) {
        Square square = dialled.at(change.cell());
        return square.ladder().equals(change.after().ladder())
                && square.terms().equals(change.after().terms());
    }

    private static String setting(Amendment.SettingChange change) {
        String way =
                switch (change.direction()) {
                    case EQUAL -> "";
                    case STRONGER -> " (stronger)";
                    case WEAKER -> " (weaker)";
                };
        return "`%s`: %s → %s%s".formatted(change.key(), change.before(), change.after(), way);
    }

    private static String flip(ProbeRun.Flip flip) {
        String asked =
                ProbeSuite.shipped().probes().stream()
                        .filter(probe -> probe.id().equals(flip.probe()))
                        .findFirst()
                        .map(probe -> " “%s”".formatted(probe.text()))
                        .orElse("");
        return "`%s`%s was %s and would be %s"
                .formatted(flip.probe(), asked, done(flip.before()), done(flip.after()));
    }

    private static Cell plain(Severity severity) {
        return new Cell(
                Optional.empty(),
                severity,
                ModelClass.HOSTED,
                Axes.OTHER,
                Axes.OTHER,
                Stage.NONE,
                Standing.Kind.FRESH);
    }
}
