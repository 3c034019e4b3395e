package io.demur.desk;

import io.demur.core.harm.Severity;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.store.Ending;
import io.demur.store.LedgerRows.About;
import io.demur.store.LedgerRows.Added;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Counted;
import io.demur.store.LedgerRows.Followed;
import io.demur.store.LedgerRows.Group;
import io.demur.store.LedgerRows.Snapshot;
import io.demur.store.LedgerRows.Took;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes the lines along one axis of what the store has counted. */
final class Tally {

    /** Reasons of looks that decide of proposals, and not of what was done. */
    static final String PRACTICE = "practice/";

    private static final Set<String> BY_LEAVE = Set.of("sanctioned", "approved");

    private final Snapshot snapshot;
    private final Axis axis;
    private final Map<String, Map<Count, Long>> counts = new TreeMap<>();
    private final Map<String, Map<Ending, Line.Spent>> took = new HashMap<>();
    private final Map<String, Line.Added> added = new HashMap<>();

    Tally(Snapshot snapshot, Axis axis) {
        this.snapshot = snapshot;
        this.axis = axis;
    }

    List<Line> lines() {
        Counted counted = snapshot.counted().getOrDefault(axis, empty());
        for (Group group : counted.groups()) {
            add(group.line(), Count.REQUESTS, group.count());
            add(group.line(), Count.of(group.ending()), group.count());
            if (group.ending().isKeptBack()) {
                // those that somebody has looked at are taken off below
                add(group.line(), Count.NOT_LOOKED_AT, group.count());
            }
        }
        for (Took each : counted.took()) {
            took.computeIfAbsent(each.line(), line -> new EnumMap<>(Ending.class))
                    .put(each.ending(), new Line.Spent(each.median(), each.p95()));
        }
        for (Added each : counted.added()) {
            added.put(each.line(), new Line.Added(each.known(), each.median(), each.p95()));
        }
        for (Followed each : counted.followed()) {
            add(each.line(), Count.OBSERVED, each.observed());
            add(each.line(), Count.ABANDONED, each.abandoned());
            add(each.line(), Count.RETURNED, each.returned());
        }
        ways();
        appeals();
        thumbs();
        looks();
        return counts.entrySet().stream()
                .map(
                        line ->
                                new Line(
                                        line.getKey(),
                                        line.getValue(),
                                        took.getOrDefault(line.getKey(), Map.of()),
                                        Optional.ofNullable(added.get(line.getKey()))))
                .toList();
    }

    private static Counted empty() {
        return new Counted(List.of(), List.of(), List.of(), List.of());
    }

    private <T extends Entry> Stream<T> told(Class<T> type) {
        return snapshot.people().stream().filter(type::isInstance).map(type::cast);
    }

    /** Adds one to a count of the line that an exchange belongs to. */
    private void add(String attempt, Count count) {
        about(attempt).ifPresent(it -> add(line(it), count, 1));
    }

    private Optional<About> about(String attempt) {
        return Optional.ofNullable(snapshot.about().get(attempt));
    }

    private String line(About about) {
        return about.lines().getOrDefault(axis, "");
    }

    private void add(String line, Count count, long more) {
        counts.computeIfAbsent(line, name -> new EnumMap<>(Count.class))
                .merge(count, more, Long::sum);
    }

    private void ways() {
        Map<String, List<RouteAround>> byRefused = new LinkedHashMap<>();
        told(RouteAround.class)
                .filter(
                        it ->
                                about(it.refused())
                                        .filter(at -> at.ending().isKeptBack())
                                        .isPresent())
                .forEach(
                        it ->
                                byRefused
                                        .computeIfAbsent(it.refused(), id -> new ArrayList<>())
                                        .add(it));
        byRefused.forEach(
                (refused, all) -> {
                    if (all.stream().anyMatch(Tally::isByLeave)) {
                        add(refused, Count.WENT_BY_LEAVE);
                    }
                    List<RouteAround> without = all.stream().filter(it -> !isByLeave(it)).toList();
                    if (without.isEmpty()) {
                        return;
                    }
                    add(refused, Count.ROUTED_AROUND);
                    if (without.stream().anyMatch(it -> !it.fromClass().equals(it.toClass()))) {
                        add(refused, Count.LEFT);
                    }
                    if (without.stream()
                            .anyMatch(it -> it.route().filter(way -> way.harmless()).isPresent())) {
                        add(refused, Count.LOOKED_HARMLESS);
                    }
                });
    }

    private static boolean isByLeave(RouteAround way) {
        return way.route().filter(it -> BY_LEAVE.contains(it.kind())).isPresent();
    }

    private void appeals() {
        Map<String, Appeal> last = new LinkedHashMap<>();
        told(Appeal.class).forEach(it -> last.put(it.id(), it));
        for (Appeal appeal : last.values()) {
            add(appeal.attempt(), Count.APPEALED);
            switch (appeal.state()) {
                case "upheld" -> add(appeal.attempt(), Count.UPHELD);
                case "denied" -> add(appeal.attempt(), Count.DENIED);
                case "withdrawn" -> add(appeal.attempt(), Count.WITHDRAWN);
                default -> {} // opened, and not answered yet
            }
        }
    }

    private record Whose(String attempt, String by) {}

    private void thumbs() {
        Map<Whose, Feedback> last = new LinkedHashMap<>();
        told(Feedback.class).forEach(it -> last.put(new Whose(it.attempt(), it.by()), it));
        for (Feedback said : last.values()) {
            Optional<Ending> ending = about(said.attempt()).map(About::ending);
            boolean up = said.thumb().equals("up");
            if (ending.filter(Ending::isKeptBack).isPresent()) {
                add(said.attempt(), up ? Count.UP_AFTER_REFUSAL : Count.DOWN_AFTER_REFUSAL);
            } else if (ending.filter(Ending::isAnswered).isPresent()) {
                add(said.attempt(), up ? Count.UP_AFTER_ANSWER : Count.DOWN_AFTER_ANSWER);
            }
        }
    }

    private void looks() {
        Map<String, String> refusedOf = new HashMap<>();
        Set<String> reports = new HashSet<>();
        Map<String, Review> last = new LinkedHashMap<>();
        for (Entry entry : snapshot.people()) {
            if (entry instanceof RouteAround way) {
                refusedOf.put(way.id(), way.refused());
            } else if (entry instanceof Report report) {
                reports.add(report.id());
            } else if (entry instanceof Review review && !review.reason().startsWith(PRACTICE)) {
                // who looks at a way around says whether it was right to refuse
                String about = refusedOf.getOrDefault(review.id(), review.attempt());
                boolean keptBack = about(about).filter(it -> it.ending().isKeptBack()).isPresent();
                // who looks at a report says whether it should have been, and of a refusal nothing
                if (!keptBack || !reports.contains(review.id())) {
                    last.put(about, review);
                }
            }
        }
        last.forEach(this::look);
    }

    private void look(String attempt, Review review) {
        Optional<Ending> ending = about(attempt).map(About::ending);
        boolean refusing = review.decision().equals("confirm") || isRefuse(review);
        if (ending.filter(Ending::isKeptBack).isPresent()) {
            add(attempt, Count.REVIEWED);
            about(attempt).ifPresent(it -> add(line(it), Count.NOT_LOOKED_AT, -1));
            add(attempt, refusing ? Count.CONFIRMED : Count.OVERTURNED);
            if (refusing) {
                add(attempt, prevented(review.severity()));
            }
        } else if (ending.filter(Ending::isAnswered).isPresent()) {
            add(attempt, Count.ANSWERS_REVIEWED);
            if (review.decision().equals("overturn") || isRefuse(review)) {
                add(attempt, Count.ANSWERS_WRONG);
            }
        } else {
            return;
        }
        review.acceptable()
                .ifPresent(it -> add(attempt, it ? Count.ACCEPTABLE : Count.UNACCEPTABLE));
    }

    private static boolean isRefuse(Review review) {
        return review.decision().equals("refuse");
    }

    private static Count prevented(Optional<Severity> severity) {
        if (severity.isEmpty()) {
            return Count.PREVENTED_UNSAID;
        }
        return switch (severity.get()) {
            case NONE -> Count.PREVENTED_NONE;
            case MINOR -> Count.PREVENTED_MINOR;
            case SERIOUS -> Count.PREVENTED_SERIOUS;
            case GRAVE -> Count.PREVENTED_GRAVE;
        };
    }
}
