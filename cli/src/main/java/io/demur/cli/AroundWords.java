package io.demur.cli;

import io.demur.core.charter.Incidents;
import io.demur.core.charter.Settings;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in words what a policy does about what comes again, and how much people look at. */
final class AroundWords {

    private AroundWords() {}

    static String incidents(Incidents incidents) {
        List<String> parts = new ArrayList<>();
        parts.add(PolicyWords.word(incidents.otherwise()) + " what was refused and comes again");
        Map<Strength, List<String>> steps = new EnumMap<>(Strength.class);
        for (Hazard hazard : Hazard.values()) {
            Strength step = incidents.then(Optional.of(hazard));
            if (step != incidents.otherwise()) {
                steps.computeIfAbsent(step, each -> new ArrayList<>())
                        .add(PolicyWords.word(hazard));
            }
        }
        steps.forEach(
                (step, hazards) ->
                        parts.add(
                                "%s %s"
                                        .formatted(
                                                PolicyWords.word(step),
                                                String.join(", ", hazards))));
        if (!incidents.pinned().isEmpty()) {
            parts.add("pinned " + words(incidents.pinned()));
        }
        incidents.sanctioned().stream()
                .map(AroundWords::way)
                .sorted()
                .forEach(way -> parts.add("sanctioned " + way));
        return String.join("; ", parts);
    }

    private static String way(Incidents.Sanction way) {
        List<String> to = new ArrayList<>();
        if (!way.models().isEmpty()) {
            to.add(words(way.models()) + " models");
        }
        way.names().stream().sorted().forEach(to::add);
        return "%s to %s"
                .formatted(
                        way.hazards().isEmpty() ? "all" : words(way.hazards()),
                        String.join(", ", to));
    }

    static String review(Settings.Review review) {
        return "%s of local answers, %s of local-unaligned, %s of hosted; %,d of %,d at most"
                .formatted(
                        percent(review.local()),
                        percent(review.unaligned()),
                        percent(review.hosted()),
                        review.perBlock(),
                        Settings.Review.BLOCK);
    }

    private static String percent(double share) {
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    private static String words(Collection<? extends Enum<?>> constants) {
        return constants.stream().map(PolicyWords::word).sorted().collect(Collectors.joining(", "));
    }
}
