package io.demur.cli;

import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Comparison;

import java.util.ArrayList;
import java.util.List;

/** Says in words what one charter changes of another. */
final class AmendmentWords {

    private static final int GROUPS_MAX = 8;

    private AmendmentWords() {}

    /** The verdict, and what it rests on. */
    static List<String> lines(Amendment amendment, Charter before, Charter after) {
        Axes axes = before.policy().table().axes().with(after.policy().table().axes());
        Comparison table = amendment.table();
        List<String> lines = new ArrayList<>();
        lines.add(verdict(amendment.direction()));
        groups(lines, "does less in", table.weaker(), axes);
        groups(lines, "does more in", table.stronger(), axes);
        if (!amendment.settings().isEmpty()) {
            lines.add("settings");
            amendment
                    .settings()
                    .forEach(
                            change ->
                                    lines.add(
                                            "  %s: %s → %s (%s)"
                                                    .formatted(
                                                            change.key(),
                                                            change.before(),
                                                            change.after(),
                                                            PolicyWords.word(change.direction()))));
        }
        if (!amendment.flips().isEmpty()) {
            lines.add("probes that were kept back and no longer would be");
            amendment
                    .flips()
                    .forEach(
                            flip ->
                                    lines.add(
                                            "  %s: was %s, would be %s"
                                                    .formatted(
                                                            flip.probe(),
                                                            PolicyWords.done(flip.before()),
                                                            PolicyWords.done(flip.after()))));
        }
        return lines;
    }

    private static String verdict(Direction direction) {
        return switch (direction) {
            case EQUAL -> "equal: nothing changes in what is done";
            case STRONGER -> "stronger: does more, and nowhere less";
            case WEAKER -> "weaker: does less than what is in force";
        };
    }

    private static void groups(
            List<String> lines, String what, List<Comparison.Change> changes, Axes axes) {
        if (changes.isEmpty()) {
            return;
        }
        lines.add("%s %,d of %,d cells".formatted(what, changes.size(), axes.cells()));
        List<String> groups = PolicyWords.groups(changes, axes);
        groups.stream()
                .limit(GROUPS_MAX)
                .flatMap(String::lines)
                .forEach(line -> lines.add("  " + line));
        if (groups.size() > GROUPS_MAX) {
            lines.add("  and %,d more kinds of change".formatted(groups.size() - GROUPS_MAX));
        }
    }
}
