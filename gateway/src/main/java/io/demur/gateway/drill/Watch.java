package io.demur.gateway.drill;

import io.demur.core.drill.DrillProbe;
import io.demur.record.entry.DrillRun;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known by drills: counted from the log's entries alone, in their order, so that it is the
 * same again after every restart. Safe for use by several threads.
 */
public final class Watch {

    private static final int ALARMS_MAX = 50;
    private static final int SEGMENTS_MAX = 20;

    private final Map<String, Model> models = new TreeMap<>();
    private final List<Alarm> unwritten = new ArrayList<>();
    private final List<Told> alarms = new ArrayList<>();
    private Anchors anchors = Anchors.start();
    private Ranking ranking = Ranking.start();
    private String policy = "";
    private Optional<Instant> passed = Optional.empty();
    private Optional<Instant> last = Optional.empty();
    private long drills;
    private long failed;

    /** An alarm of the log. */
    public record Told(Instant at, Alarm alarm) {}

    /** What is kept of one model. */
    private static final class Model {
        final Map<Kind, Stream> streams = new EnumMap<>(Kind.class);

        /** Of groups whose next answer makes a pair: the one before it. */
        final Map<String, Boolean> groups = new LinkedHashMap<>();

        /** The one that answered last is last. */
        final Map<String, Segment> segments = new LinkedHashMap<>();

        final Set<String> today = new TreeSet<>();
        LocalDate day = LocalDate.EPOCH;
        String policy = "";
        Instant last = Instant.EPOCH;
    }

    /**
     * What is known of one model.
     *
     * @param segments what has answered under its name since the policy is in force, in the order
     *     in which it came
     * @param last when it was drilled last
     */
    public record State(
            String model, Map<Kind, Stream> streams, List<Segment> segments, Instant last) {
        public State {
            streams = Map.copyOf(streams);
            segments = List.copyOf(segments);
        }
    }

    /**
     * All that is known.
     *
     * @param drills how many there were
     * @param failed how many of them did not pass
     * @param passed when the last one passed
     * @param last when the last one was
     * @param ranking how well the judges of requests do
     * @param alarms the last ones, the oldest first
     */
    public record Snapshot(
            long drills,
            long failed,
            Optional<Instant> passed,
            Optional<Instant> last,
            Anchors anchors,
            Ranking ranking,
            List<State> models,
            List<Told> alarms) {
        public Snapshot {
            models = List.copyOf(models);
            alarms = List.copyOf(alarms);
        }
    }

    /** Takes in an entry, which is in the log. */
    public synchronized void take(DrillRun entry) {
        Optional<Alarm> alarm = Alarm.of(entry);
        if (alarm.isPresent()) {
            unwritten.remove(alarm.get());
            alarms.add(new Told(entry.at(), alarm.get()));
            if (alarms.size() > ALARMS_MAX) {
                alarms.removeFirst();
            }
        } else if (entry.model().isPresent() && entry.probed().isPresent()) {
            take(entry, entry.model().get(), entry.probed().get());
        }
    }

    private void take(DrillRun entry, String name, DrillRun.Probed probed) {
        drills++;
        failed += entry.passed() ? 0 : 1;
        last = Optional.of(entry.at());
        if (entry.passed()) {
            passed = last;
        }
        anchors = anchors.next(probed.anchors(), probed.over(), probed.under());
        if (anchors.changed()) {
            // whatever was counted was counted by another judge
            unwritten.add(new Alarm(Optional.empty(), "anchors", "changed", Alarm.Cause.JUDGE));
            anchors = Anchors.start();
            models.values()
                    .forEach(
                            it -> {
                                it.streams.clear();
                                it.groups.clear();
                            });
        }
        Model model = models.computeIfAbsent(name, it -> new Model());
        LocalDate day = entry.at().atZone(ZoneOffset.UTC).toLocalDate();
        if (!day.equals(model.day)) {
            model.today.clear();
            model.day = day;
        }
        model.today.add(entry.name());
        model.last = entry.at();
        if (!probed.policy().equals(model.policy)) {
            // another policy refuses otherwise, and that is no drift
            model.streams.clear();
            model.groups.clear();
            model.segments.clear();
            model.policy = probed.policy();
        }
        Found found = Found.of(entry.found());
        Found said = Found.of(probed.said());
        Turn.named(entry.name())
                .ifPresent(
                        turn -> {
                            answered(model, entry.at(), probed, turn, found);
                            rank(probed, turn);
                            if (turn.pressure().isPresent()) {
                                pressed(name, model, found);
                            } else {
                                count(name, model, turn.probe(), found, said);
                            }
                        });
    }

    /** Whatever answers under that name now: how it does is counted by itself as well. */
    private static void answered(
            Model model, Instant at, DrillRun.Probed probed, Turn turn, Found found) {
        probed.fingerprint()
                .ifPresent(
                        it -> {
                            Segment before = model.segments.remove(it);
                            model.segments.put(
                                    it,
                                    (before == null ? Segment.start(it, at) : before)
                                            .next(at, turn, found));
                        });
        if (model.segments.size() > SEGMENTS_MAX) {
            model.segments.remove(model.segments.keySet().iterator().next());
        }
    }

    /** The judges of requests are the same whichever model is asked. */
    private void rank(DrillRun.Probed probed, Turn turn) {
        if (probed.harm().isEmpty() || turn.pressure().isPresent()) {
            return;
        }
        if (!probed.policy().equals(policy)) {
            ranking = Ranking.start(); // a policy names its judges
            policy = probed.policy();
        }
        ranking = ranking.next(probed.harm().getAsInt(), turn.isHarmful());
        if (ranking.hasFallen()) {
            unwritten.add(new Alarm(Optional.empty(), "harm-judges", "falling", Alarm.Cause.JUDGE));
            ranking = Ranking.start();
        }
    }

    /** Part of it is given in to as well as all of it. */
    private void pressed(String name, Model model, Found found) {
        found.declined()
                .ifPresent(
                        it -> count(name, model, Kind.CAPITULATED, !it || found == Found.LEAKED));
    }

    private void count(String name, Model model, DrillProbe probe, Found found, Found said) {
        boolean harmful = probe.right() == DrillProbe.Right.REFUSE;
        found.declined()
                .ifPresent(it -> count(name, model, harmful ? Kind.HARMFUL : Kind.HARMLESS, it));
        said.declined()
                .ifPresent(
                        it -> {
                            count(
                                    name,
                                    model,
                                    harmful ? Kind.MODEL_HARMFUL : Kind.MODEL_HARMLESS,
                                    it);
                            if (harmful && it) {
                                count(name, model, Kind.LEAKED, said == Found.LEAKED);
                            }
                            flipped(name, model, probe.group(), it);
                        });
    }

    /** Pairs that share no answer: else one odd answer would be two flips, one after the other. */
    private void flipped(String name, Model model, String group, boolean declined) {
        Boolean before = model.groups.remove(group);
        if (before == null) {
            model.groups.put(group, declined);
        } else {
            count(name, model, Kind.FLIPPED, before != declined);
        }
    }

    private void count(String name, Model model, Kind kind, boolean hit) {
        Stream next = model.streams.getOrDefault(kind, Stream.start()).next(hit);
        model.streams.put(kind, next);
        next.noticed()
                .ifPresent(
                        change ->
                                unwritten.add(
                                        new Alarm(
                                                Optional.of(name),
                                                kind.word(),
                                                change.word(),
                                                anchors.suspected()
                                                        ? Alarm.Cause.JUDGE
                                                        : Alarm.Cause.MODEL)));
    }

    /** What was noticed and is not in the log as yet. */
    public synchronized List<Alarm> unwritten() {
        return List.copyOf(unwritten);
    }

    /** Whether a model was asked this wording on a day. */
    synchronized Set<String> asked(String model, LocalDate day) {
        Model known = models.get(model);
        return known == null || !known.day.equals(day) ? Set.of() : Set.copyOf(known.today);
    }

    /** The models that were drilled since some time. */
    synchronized List<String> models(Instant since) {
        return models.entrySet().stream()
                .filter(it -> !it.getValue().last.isBefore(since))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How long ago a drill passed, since some time; from that time where none did. */
    Duration silent(Instant since, Instant now) {
        Instant from = snapshot().passed().filter(it -> it.isAfter(since)).orElse(since);
        return Duration.between(from, now);
    }

    /** All that is known, as of now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(
                drills,
                failed,
                passed,
                last,
                anchors,
                ranking,
                models.entrySet().stream()
                        .map(
                                it ->
                                        new State(
                                                it.getKey(),
                                                it.getValue().streams,
                                                it.getValue().segments.values().stream()
                                                        .sorted(
                                                                Comparator.comparing(
                                                                        Segment::since))
                                                        .toList(),
                                                it.getValue().last))
                        .toList(),
                alarms);
    }
}
