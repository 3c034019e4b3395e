package io.demur.desk;

import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Review;
import io.demur.record.policy.Event;
import io.demur.store.HeldRequest;
import io.demur.store.LedgerRows.Axis;
import io.demur.store.LedgerRows.Window;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What refusing cost and prevented in one month (of UTC), with what stands beside it: who looked,
 * what waits, which drills were passed, and how the policy changed.
 *
 * @param origin the name of the log
 * @param ledger with all of {@link #AXES}
 * @param queue what waits now, of the kinds of which anything does
 * @param drills of the month, by model
 * @param policies what changed in the month, the first change first
 */
public record MonthlyReport(
        YearMonth month,
        String origin,
        Instant made,
        Ledger ledger,
        Looks looks,
        List<Waiting> queue,
        List<Drilled> drills,
        List<Event> policies) {

    /** The axes that a report needs, in the order in which it shows them. */
    public static final List<Axis> AXES =
            List.of(Axis.CATEGORY, Axis.MODEL, Axis.CLASS, Axis.PROJECT, Axis.POLICY);

    /**
     * What reviewers did in the month.
     *
     * @param second how many of the looks were second, independent ones
     * @param agreed how many of those came to what the look before them had come to
     */
    public record Looks(long looks, long second, long agreed) {

        /** Of what a log tells of people. */
        public static Looks of(List<Entry> people, Window window) {
            Map<String, String> first = new HashMap<>();
            long looks = 0;
            long second = 0;
            long agreed = 0;
            for (Entry entry : people) {
                if (!(entry instanceof Review review)
                        || review.reason().startsWith(Tally.PRACTICE)) {
                    continue;
                }
                boolean within =
                        !review.at().isBefore(window.since())
                                && review.at().isBefore(window.until());
                looks += within ? 1 : 0;
                if (review.second() && within) {
                    second++;
                    agreed += review.decision().equals(first.get(review.id())) ? 1 : 0;
                }
                first.putIfAbsent(review.id(), review.decision());
            }
            return new Looks(looks, second, agreed);
        }
    }

    /**
     * What waits for people now.
     *
     * @param late how many of them somebody should have decided by now
     * @param oldest how long the oldest has waited
     */
    public record Waiting(Kind kind, long open, long late, Duration oldest) {

        /** Of the cases that are not decided, and the requests that are held. */
        public static List<Waiting> of(
                List<ReviewCase> open, List<HeldRequest> held, Service service, Instant now) {
            Map<Kind, Waiting> found = new EnumMap<>(Kind.class);
            for (ReviewCase each : open) {
                if (each.kind() != Kind.HOLD) {
                    add(found, CaseView.shown(each.kind()), each.created(), each.due(), now);
                }
            }
            for (HeldRequest each : held) {
                Instant due = each.created().plus(service.of(Kind.HOLD));
                add(found, Kind.HOLD, each.created(), due, now);
            }
            return List.copyOf(found.values());
        }

        private static void add(
                Map<Kind, Waiting> found, Kind kind, Instant created, Instant due, Instant now) {
            Duration age = Duration.between(created, now);
            Waiting one = new Waiting(kind, 1, due.isBefore(now) ? 1 : 0, age);
            found.merge(
                    kind,
                    one,
                    (a, b) ->
                            new Waiting(
                                    kind,
                                    a.open() + b.open(),
                                    a.late() + b.late(),
                                    a.oldest().compareTo(b.oldest()) > 0
                                            ? a.oldest()
                                            : b.oldest()));
        }
    }

    /** How the drills of one model went. */
    public record Drilled(String model, long passed, long failed, long alarms) {

        /** Of the drills within a time. */
        public static List<Drilled> of(List<DrillRun> drills, Window window) {
            Map<String, Drilled> found = new TreeMap<>();
            for (DrillRun drill : within(drills, window)) {
                boolean alarm = drill.alarm().isPresent();
                Drilled one =
                        new Drilled(
                                drill.model().orElse(""),
                                !alarm && drill.passed() ? 1 : 0,
                                !alarm && !drill.passed() ? 1 : 0,
                                alarm ? 1 : 0);
                found.merge(
                        one.model(),
                        one,
                        (a, b) ->
                                new Drilled(
                                        a.model(),
                                        a.passed() + b.passed(),
                                        a.failed() + b.failed(),
                                        a.alarms() + b.alarms()));
            }
            return List.copyOf(found.values());
        }

        /** Those of them that were within a time. */
        public static List<DrillRun> within(List<DrillRun> drills, Window window) {
            return drills.stream()
                    .filter(it -> !it.at().isBefore(window.since()))
                    .filter(it -> it.at().isBefore(window.until()))
                    .toList();
        }
    }

    public MonthlyReport {
        queue = List.copyOf(queue);
        drills = List.copyOf(drills);
        policies = List.copyOf(policies);
        if (!ledger.lines().keySet().containsAll(Set.copyOf(AXES))) {
            throw new IllegalArgumentException("a report takes a ledger along all its axes");
        }
    }

    /** The time that a month is. */
    public static Window window(YearMonth month) {
        return new Window(
                month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant(),
                month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /** Those of the events that were within a time. */
    public static List<Event> within(List<Event> events, Window window) {
        List<Event> found = new ArrayList<>();
        for (Event event : events) {
            if (!event.at().isBefore(window.since()) && event.at().isBefore(window.until())) {
                found.add(event);
            }
        }
        return found;
    }
}
