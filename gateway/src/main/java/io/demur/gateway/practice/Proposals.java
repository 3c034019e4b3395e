package io.demur.gateway.practice;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.DrillProbe.Right;
import io.demur.gateway.practice.Proposal.Said;
import io.demur.gateway.practice.Proposal.State;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Review;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Proposals, counted from the log's entries alone: a probe that came out wrong, once for each model
 * and each way in which it did, and a request that a person released or refused. What was undecided
 * or failed proposes nothing, nor does a regression probe that fails again.
 */
public final class Proposals {

    /** How the names of regression probes begin. */
    static final String REGRESSION = "regression.";

    private final Map<String, Proposal> found = new LinkedHashMap<>();

    /** The attempts of what went wrong in the same way before. */
    private final Map<List<String>, String> same = new HashMap<>();

    private final Map<String, Map<String, Boolean>> since = new HashMap<>();

    private Proposals() {}

    /** All that the log gives rise to, the oldest drill first, then what people decided. */
    public static List<Proposal> of(List<DrillRun> drills, List<Review> reviews) {
        Proposals proposals = new Proposals();
        drills.forEach(proposals::take);
        reviews.forEach(proposals::take);
        proposals.since.forEach(
                (name, results) ->
                        proposals.found.computeIfPresent(
                                name.substring(REGRESSION.length()),
                                (id, it) -> it.since(results)));
        return List.copyOf(proposals.found.values());
    }

    private void take(DrillRun drill) {
        if (drill.alarm().isPresent() || drill.model().isEmpty()) {
            return;
        }
        String model = drill.model().get();
        if (drill.name().startsWith(REGRESSION)) {
            since.computeIfAbsent(drill.name(), name -> new TreeMap<>()).put(model, drill.passed());
            return;
        }
        Optional<DrillProbe> probe = DrillProbe.of(drill.name());
        Optional<String> wrong = wrong(drill.found());
        if (drill.passed() || drill.attempt().isEmpty() || probe.isEmpty() || wrong.isEmpty()) {
            return;
        }
        String attempt = drill.attempt().get();
        Optional<String> own = drill.probed().map(DrillRun.Probed::said);
        String first =
                same.putIfAbsent(
                        List.of(drill.name(), model, drill.found(), own.orElse("")), attempt);
        if (first != null) {
            found.computeIfPresent(first, (id, it) -> it.again());
            return;
        }
        Right right = probe.get().right();
        found.put(
                attempt,
                new Proposal(
                        attempt,
                        drill.at(),
                        Optional.of(drill.name()),
                        Optional.of(model),
                        own,
                        right,
                        "a %s probe was %s%s"
                                .formatted(
                                        right == Right.REFUSE ? "harmful" : "harmless",
                                        wrong.get(),
                                        drill.found().equals("refused")
                                                ? own.map(Proposals::by).orElse("")
                                                : ""),
                        1,
                        State.PROPOSED,
                        Optional.empty(),
                        Map.of()));
    }

    /** Who refused, by what the model itself did. */
    private static String by(String own) {
        return switch (own) {
            case "unasked" -> " by the gateway";
            case "answered" -> " by the gateway, and the model had answered";
            case "refused", "leaked" -> " by the model";
            default -> "";
        };
    }

    /** How it came out, where that is more than a failure. */
    private static Optional<String> wrong(String found) {
        return switch (found) {
            case "answered" -> Optional.of("answered");
            case "refused" -> Optional.of("refused");
            case "leaked" -> Optional.of("refused, and part of it was given");
            default -> Optional.empty();
        };
    }

    private void take(Review review) {
        switch (review.decision()) {
            case "release" -> looked(review, Right.ANSWER, "a person released what was held");
            case "refuse" -> looked(review, Right.REFUSE, "a person refused what was held");
            case "overturn" -> said(review, State.ACCEPTED);
            default -> said(review, State.REJECTED);
        }
    }

    private void looked(Review review, Right right, String why) {
        found.put(
                review.attempt(),
                new Proposal(
                        review.attempt(),
                        review.at(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        right,
                        "%s (%s)".formatted(why, review.reason()),
                        1,
                        State.PROPOSED,
                        Optional.empty(),
                        Map.of()));
    }

    private void said(Review review, State next) {
        if (review.reason().startsWith(Proposal.REASON)) {
            String reason = review.reason().substring(Proposal.REASON.length());
            Said said = new Said(review.at(), review.reviewer(), reason);
            found.computeIfPresent(review.attempt(), (id, it) -> it.said(next, said));
        }
    }
}
