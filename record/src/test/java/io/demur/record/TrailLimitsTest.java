package io.demur.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.LogFull;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entries;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A trail whose log fails, whose clock is wrong, that is asked for too much, or is closed early.
 */
class TrailLimitsTest {

    private static final Duration MAX = Duration.ofHours(1);

    private final SetClock now = new SetClock(Entries.AT);
    private final Ids ids = new Ids(now, new SplittableRandom(7));
    private final MemoryLedger ledger = new MemoryLedger();

    @Test
    void anAttemptWhoseEndCouldNotBeWrittenIsStillTheOldest() throws Exception {
        Trail trail = open(ledger);
        Attempt first = attempt();
        var unused = trail.append(List.of(first));
        for (int hour = 1; hour <= 4; hour++) {
            now.set(Entries.AT.plusSeconds(hour * 3_600L - 1));
            unused = trail.append(List.of(attempt()));
            now.set(Entries.AT.plusSeconds(hour * 3_600L + 1));
            ledger.fails(Optional.of(new LogFull("full", null)));
            unused = trail.append(List.of(attempt()));
            ledger.fails(Optional.empty());
            unused = trail.append(List.of(attempt()));
            assertTrue(ends(first.id()), "after hour " + hour);
        }
        trail.close();
        assertComplete(ledger);
    }

    @Test
    void whatIsClosedForItsAgeIsNoPartOfWhatACallerAppends() throws Exception {
        Trail trail = open(ledger);
        for (int i = 0; i < 400; i++) {
            var unused = trail.append(List.of(attempt()));
        }
        now.set(Entries.AT.plus(MAX).plusSeconds(1));
        List<Entry> many = new ArrayList<>();
        for (int i = 0; i < 4_096; i++) {
            many.add(attempt());
        }
        ledger.batches().clear();
        Position position = trail.append(many).join();
        assertEquals(1 + 400 + 400, position.first());
        assertEquals(List.of(400, 4_096), ledger.batches());
        trail.close();
        assertComplete(ledger);
    }

    @Test
    void oldAttemptsThatCannotBeClosedHoldUpNobody() throws Exception {
        Trail trail = open(ledger);
        for (int i = 0; i < 1_200; i++) {
            var unused = trail.append(List.of(attempt()));
        }
        now.set(Entries.AT.plus(MAX).plusSeconds(1));
        ledger.fails(Optional.of(new LogFull("full", null)));
        assertEquals(0, trail.expire());
        assertTrue(trail.append(List.of(attempt())).isCompletedExceptionally());
        ledger.fails(Optional.empty());
        assertEquals(1_200, trail.expire());
    }

    @Test
    void aLogThatIsAheadOfTheClockIsNotGoneOnWith() throws Exception {
        now.set(Instant.parse("2099-01-01T00:00:00Z"));
        open(ledger).close();
        now.set(Entries.AT);
        MemoryLedger next = new MemoryLedger(ledger.bytes());
        IOException refused = assertThrows(IOException.class, () -> open(next));
        assertEquals(
                "the last entry of the log `demur.invalid/test` is of 2099-01-01T00:00:00Z, and the"
                        + " clock shows %s: set the clock right; if it was wrong when that entry"
                                .formatted(Entries.AT)
                        + " was written, keep this log as it is and begin another with `demur"
                        + " init`",
                refused.getMessage());
        assertEquals(ledger.bytes(), next.bytes());
        Completeness completeness = new Completeness(MAX, now);
        long index = 0;
        for (byte[] entry : ledger.bytes()) {
            completeness.entry(index++, entry);
        }
        assertEquals(List.of(), completeness.report(false).problems());
        assertTrue(
                completeness.report(false).notes().getFirst().contains("the clock shows"),
                completeness.report(false)::toString);
    }

    /** A clock that was set back a little: the log's time stands still, and attempts grow old. */
    @Test
    void attemptsExpireByTheClockWhileTheTimeOfTheLogStandsStill() throws Exception {
        now.set(Entries.AT.plus(Trail.AHEAD_MAX));
        Trail trail = open(ledger);
        now.set(Entries.AT.plusSeconds(400_000));
        var unused = trail.append(List.of(attempt()));
        trail.expire();
        now.set(Entries.AT);
        Attempt attempt = Entries.attempt(ids.next("att"));
        unused = trail.append(List.of(attempt));
        now.set(Entries.AT.plus(MAX).plusSeconds(1));
        assertEquals(1, trail.expire());
        assertTrue(ends(attempt.id()));
    }

    @Test
    void whatIsOnItsWayWhenATrailIsClosedIsClosedToo() throws Exception {
        Trail trail = open(ledger);
        ledger.waits();
        var unused = trail.append(List.of(attempt()));
        Thread closer = Thread.ofPlatform().start(trail::close);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        ledger.answer();
        closer.join();
        List<String> types = ledger.entries().stream().map(EntryCodec::type).toList();
        assertEquals(List.of("START", "ATTEMPT", "OUTCOME", "STOP"), types);
        assertComplete(ledger);
    }

    private boolean ends(String id) throws Exception {
        return ledger.entries().stream()
                .anyMatch(it -> it instanceof Outcome outcome && outcome.attempt().equals(id));
    }

    private Trail open(MemoryLedger to) throws Exception {
        Start start = new Start(Entries.AT, "demur test", "1", Optional.empty(), Optional.empty());
        return Trail.open(to, null, start, now, MAX);
    }

    private Attempt attempt() {
        return Entries.attempt(ids.next("att")).at(now.instant());
    }

    private static void assertComplete(MemoryLedger ledger) throws Exception {
        Completeness.Report report =
                Completeness.check(ledger.reader(), ledger.bytes().size(), false);
        assertTrue(report.complete(), report::toString);
    }
}
