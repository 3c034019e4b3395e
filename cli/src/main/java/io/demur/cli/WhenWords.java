package io.demur.cli;

import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Stage;
import io.demur.core.policy.Standing;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in words in which cells a rule holds. */
final class WhenWords {

    private WhenWords() {}

    /** As in {@code privacy, hate · serious · role audit}. */
    static String of(Rule.Match match) {
        List<String> parts = new ArrayList<>();
        if (!match.hazards().isEmpty()) {
            parts.add(hazards(match.hazards()));
        }
        if (!match.severities().isEmpty()) {
            parts.add(words(EnumSet.copyOf(match.severities()), Severity.values().length));
        }
        names(parts, "role", match.roles());
        names(parts, "purpose", match.purposes());
        if (!match.models().isEmpty()) {
            parts.add(
                    words(EnumSet.copyOf(match.models()), ModelClass.values().length) + " models");
        }
        if (!match.stages().isEmpty()) {
            parts.add("stage " + words(EnumSet.copyOf(match.stages()), Stage.values().length));
        }
        if (!match.standings().isEmpty()) {
            parts.add(
                    words(EnumSet.copyOf(match.standings()), Standing.Kind.values().length)
                            + " before");
        }
        return parts.isEmpty() ? "always" : "when " + String.join(" · ", parts);
    }

    private static String hazards(Set<Hazard> hazards) {
        Set<Hazard> others = EnumSet.complementOf(EnumSet.copyOf(hazards));
        if (others.isEmpty()) {
            return "any named hazard";
        }
        return others.size() < hazards.size()
                ? "any named hazard but " + words(others)
                : words(EnumSet.copyOf(hazards));
    }

    private static <E extends Enum<E>> String words(EnumSet<E> constants, int all) {
        return constants.size() == all ? "any" : words(constants);
    }

    private static <E extends Enum<E>> String words(Set<E> constants) {
        return constants.stream().map(PolicyWords::word).collect(Collectors.joining(", "));
    }

    private static void names(List<String> parts, String what, Set<String> names) {
        if (!names.isEmpty()) {
            parts.add(
                    what
                            + " "
                            + names.stream()
                                    .sorted()
                                    .map(name -> "`" + name + "`")
                                    .collect(Collectors.joining(", ")));
        }
    }
}
