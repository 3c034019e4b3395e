package io.demur.gateway.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Timetable;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;

/** What is counted of a log's drills. */
class WatchTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final String ID = new Ids(InstantSource.system(), new Random(1)).next("run");
    private static final String POLICY = "0".repeat(64);
    private static final boolean THOROUGH = Boolean.getBoolean("thorough");

    /**
     * Drills of some days, as the log has them.
     *
     * @param refuses how probably the model declines what is harmful
     * @param errs how probably the judge takes a refusal for an answer
     */
    private static List<DrillRun> days(
            int from, int days, double refuses, double errs, SplittableRandom random) {
        List<DrillRun> entries = new ArrayList<>();
        Timetable timetable = new Timetable(new byte[] {7});
        for (int d = from; d < from + days; d++) {
            for (Timetable.Slot slot : timetable.day("m", FIRST.plusDays(d), 50)) {
                boolean harmful = slot.probe().right() == DrillProbe.Right.REFUSE;
                boolean declined = random.nextDouble() < (harmful ? refuses : 0.05);
                boolean judged = declined && random.nextDouble() >= errs;
                int under = 0;
                for (int i = 0; i < Examiner.ANCHORS; i++) {
                    under += i % 2 == 0 && random.nextDouble() < errs ? 1 : 0;
                }
                entries.add(entry(slot.at(), slot.probe(), judged ? "refused" : "answered", under));
            }
        }
        return entries;
    }

    private static DrillRun entry(Instant at, DrillProbe probe, String found, int under) {
        boolean harmful = probe.right() == DrillProbe.Right.REFUSE;
        return new DrillRun(
                at,
                ID,
                probe.id(),
                Optional.empty(),
                harmful ? "refused" : "answered",
                found,
                found.equals(harmful ? "refused" : "answered"),
                Optional.of("m"),
                Optional.of(
                        new DrillRun.Probed(
                                POLICY,
                                Optional.of("m at s"),
                                found,
                                Duration.ofMillis(5),
                                Examiner.ANCHORS,
                                0,
                                under)),
                Optional.empty());
    }

    private static List<Alarm> alarms(Watch watch, List<DrillRun> entries) {
        for (DrillRun entry : entries) {
            watch.take(entry);
            if (!watch.unwritten().isEmpty()) {
                break;
            }
        }
        return watch.unwritten();
    }

    @Test
    void aDriftingModelAndADriftingJudgeAreToldApart() {
        int runs = THOROUGH ? 1_000 : 12;
        int early = 0;
        int model = 0;
        int judge = 0;
        for (int i = 0; i < runs; i++) {
            Optional<Alarm.Cause> ofModel = Optional.empty();
            Optional<Alarm.Cause> ofJudge = Optional.empty();
            // what is noticed before anything changed says nothing of causes: those are left out
            for (int seed = i; ofModel.isEmpty(); seed += runs) {
                ofModel = first(seed, 0.85, 0);
                early += ofModel.isEmpty() ? 1 : 0;
            }
            for (int seed = i; ofJudge.isEmpty(); seed += runs) {
                ofJudge = first(seed, 0.95, 0.1);
                early += ofJudge.isEmpty() ? 1 : 0;
            }
            model += ofModel.get() == Alarm.Cause.MODEL ? 1 : 0;
            judge += ofJudge.get() == Alarm.Cause.JUDGE ? 1 : 0;
        }
        if (THOROUGH) {
            System.out.printf(
                    "of %d: model %d, judge %d; left out %d of %d%n",
                    runs, model, judge, early, 2 * runs + early);
        }
        assertTrue(model >= 0.9 * runs, "model " + model + " of " + runs);
        assertTrue(judge >= 0.9 * runs, "judge " + judge + " of " + runs);
        assertTrue(early <= 0.08 * (2 * runs + early), "early " + early);
    }

    /** What the first alarm is put down to; nothing where it came before anything changed. */
    private static Optional<Alarm.Cause> first(long seed, double refuses, double errs) {
        SplittableRandom random = new SplittableRandom(seed);
        Watch watch = new Watch();
        if (!alarms(watch, days(0, 12, 0.95, 0, random)).isEmpty()) {
            return Optional.empty();
        }
        List<Alarm> found = alarms(watch, days(12, 40, refuses, errs, random));
        assertFalse(found.isEmpty(), "seed " + seed);
        return Optional.of(found.getFirst().cause());
    }

    @Test
    void whatIsKnownIsTheSameFromTheLogAgain() {
        List<DrillRun> log = new ArrayList<>();
        Watch watch = new Watch();
        SplittableRandom random = new SplittableRandom(3);
        List<DrillRun> all = new ArrayList<>(days(0, 12, 0.95, 0, random));
        all.addAll(days(12, 5, 0.3, 0, random));
        for (DrillRun entry : all) {
            log.add(entry);
            watch.take(entry);
            for (Alarm alarm : watch.unwritten()) {
                DrillRun told = alarm.entry(ID, entry.at());
                log.add(told);
                watch.take(told);
            }
        }
        assertTrue(watch.snapshot().alarms().size() >= 2, watch.snapshot().alarms().toString());
        Watch again = new Watch();
        log.forEach(again::take);
        assertEquals(watch.snapshot(), again.snapshot());
        assertEquals(List.of(), again.unwritten());
    }

    @Test
    void anAlarmThatDidNotReachTheLogBeforeAKillIsDueAfterIt() {
        Watch watch = new Watch();
        SplittableRandom random = new SplittableRandom(3);
        days(0, 12, 0.95, 0, random).forEach(watch::take);
        alarms(watch, days(12, 5, 0.2, 0, random));
        List<Alarm> due = watch.unwritten();
        assertTrue(!due.isEmpty());
        watch.take(due.getFirst().entry(ID, Instant.EPOCH));
        assertEquals(due.size() - 1, watch.unwritten().size());
    }

    @Test
    void anotherPolicyIsNoDrift() {
        Watch watch = new Watch();
        SplittableRandom random = new SplittableRandom(3);
        days(0, 12, 0.95, 0, random).forEach(watch::take);
        for (DrillRun entry : days(12, 12, 0.2, 0, random)) {
            DrillRun.Probed probed = entry.probed().orElseThrow();
            watch.take(
                    new DrillRun(
                            entry.at(),
                            entry.id(),
                            entry.name(),
                            entry.attempt(),
                            entry.expected(),
                            entry.found(),
                            entry.passed(),
                            entry.model(),
                            Optional.of(
                                    new DrillRun.Probed(
                                            "1".repeat(64),
                                            probed.fingerprint(),
                                            probed.said(),
                                            probed.took(),
                                            probed.anchors(),
                                            probed.over(),
                                            probed.under())),
                            Optional.empty()));
        }
        assertEquals(
                List.of(),
                watch.unwritten().stream().filter(it -> !it.found().startsWith("maybe")).toList());
    }

    @Test
    void whatIsPressedCountsAsNothingElse() {
        Watch watch = new Watch();
        DrillProbe probe = DrillProbe.of("ncr-01-harmful").orElseThrow();
        DrillRun first = entry(FIRST.atStartOfDay().toInstant(ZoneOffset.UTC), probe, "refused", 0);
        watch.take(first);
        DrillRun pressed =
                new DrillRun(
                        first.at(),
                        first.id(),
                        first.name() + "/insist",
                        first.attempt(),
                        first.expected(),
                        "answered",
                        false,
                        first.model(),
                        first.probed(),
                        first.alarm());
        watch.take(pressed);
        Map<Kind, Stream> streams = watch.snapshot().models().getFirst().streams();
        assertEquals(
                Set.of(Kind.HARMFUL, Kind.MODEL_HARMFUL, Kind.LEAKED, Kind.CAPITULATED),
                streams.keySet());
        streams.values().forEach(it -> assertEquals(1, it.results()));
    }

    @Test
    void whatAnswersUnderANameIsCountedByItselfAlsoWhereTwoTakeTurns() {
        Watch watch = new Watch();
        List<DrillRun> drills = days(0, 2, 1, 0, new SplittableRandom(3));
        for (int i = 0; i < drills.size(); i++) {
            watch.take(fingerprint(drills.get(i), i % 2 == 0 ? "m [1] at s" : "m [2] at s"));
        }
        Watch.State model = watch.snapshot().models().getFirst();
        assertEquals(
                List.of("m [1] at s", "m [2] at s"),
                model.segments().stream().map(Segment::fingerprint).toList());
        assertEquals(List.of(100L, 100L), model.segments().stream().map(Segment::drills).toList());
        assertEquals(
                List.of(drills.get(0).at(), drills.get(1).at()),
                model.segments().stream().map(Segment::since).toList());
        assertEquals(
                100,
                model.segments().stream()
                        .map(it -> requireNonNull(it.shares().get(Kind.HARMFUL)))
                        .mapToInt(Segment.Share::all)
                        .sum());
    }

    @Test
    void oneOddAnswerIsOneFlipAndNotTwo() {
        Watch watch = new Watch();
        DrillProbe probe = DrillProbe.of("ncr-01-harmful").orElseThrow();
        Instant noon = FIRST.atTime(12, 0).toInstant(ZoneOffset.UTC);
        for (String found :
                List.of("refused", "refused", "refused", "answered", "refused", "refused")) {
            watch.take(entry(noon, probe, found, 0));
        }
        Stream flipped =
                requireNonNull(watch.snapshot().models().getFirst().streams().get(Kind.FLIPPED));
        assertEquals(3, flipped.results());
        assertEquals(1, flipped.band().hits());
    }

    @Test
    void whatAnswersNowIsStillThereAfterTwentyOthers() {
        Watch watch = new Watch();
        DrillProbe probe = DrillProbe.of("ncr-01-harmful").orElseThrow();
        Instant noon = FIRST.atTime(12, 0).toInstant(ZoneOffset.UTC);
        for (int i = 0; i < 25; i++) {
            Instant at = noon.plusSeconds(i);
            watch.take(fingerprint(entry(at, probe, "refused", 0), "often"));
            watch.take(fingerprint(entry(at, probe, "refused", 0), "once " + i));
        }
        List<Segment> segments = watch.snapshot().models().getFirst().segments();
        assertEquals("often", segments.getFirst().fingerprint());
        assertEquals(25, segments.getFirst().drills());
        assertEquals("once 24", segments.getLast().fingerprint());
    }

    private static DrillRun fingerprint(DrillRun drill, String fingerprint) {
        DrillRun.Probed probed = drill.probed().orElseThrow();
        return new DrillRun(
                drill.at(),
                drill.id(),
                drill.name(),
                drill.attempt(),
                drill.expected(),
                drill.found(),
                drill.passed(),
                drill.model(),
                Optional.of(
                        new DrillRun.Probed(
                                probed.policy(),
                                Optional.of(fingerprint),
                                probed.said(),
                                probed.took(),
                                probed.anchors(),
                                probed.over(),
                                probed.under())),
                drill.alarm());
    }

    @Test
    void wordingsOfToday() {
        Watch watch = new Watch();
        DrillProbe probe = DrillProbe.shipped().getFirst();
        Instant noon = FIRST.atTime(12, 0).toInstant(ZoneOffset.UTC);
        watch.take(entry(noon, probe, "refused", 0));
        assertTrue(watch.asked("m", FIRST).contains(probe.id()));
        assertTrue(watch.asked("m", FIRST.plusDays(1)).isEmpty());
        assertTrue(watch.asked("other", FIRST).isEmpty());
    }
}
