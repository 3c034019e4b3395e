package io.demur.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.LogBusy;
import io.demur.log.LogFull;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entries;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;

import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What a trail writes, refuses, and makes of failures and crashes. */
class TrailTest {

    private static final Duration MAX = Duration.ofHours(1);

    private final SetClock now = new SetClock(Entries.AT);
    private final Ids ids = new Ids(now, new SplittableRandom(7));
    private final MemoryLedger ledger = new MemoryLedger();

    @Test
    void aProcessIsBracketed() throws Exception {
        Trail trail = open(ledger);
        Attempt attempt = attempt();
        assertEquals(1, trail.append(List.of(attempt)).join().first());
        Position position = trail.append(List.of(Entries.outcome(attempt.id()))).join();
        assertEquals(new Position("demur.invalid/test", 2), position);
        trail.close();
        trail.close();
        assertTrue(ledger.isClosed());
        assertEquals(List.of("START", "ATTEMPT", "OUTCOME", "STOP"), types());
        assertEquals(new Stop(now.instant(), "demur test"), ledger.entries().getLast());
        assertThrows(IllegalStateException.class, () -> trail.append(List.of(attempt())));
        assertComplete();
    }

    @Test
    void timesNeverDecreaseAndNeverLieAhead() throws Exception {
        Trail trail = open(ledger);
        Instant start = now.instant();
        var unused = trail.append(List.of(attempt().at(start.minusSeconds(5))));
        unused = trail.append(List.of(attempt().at(start.plusSeconds(5))));
        now.set(start.plusSeconds(3));
        unused = trail.append(List.of(attempt().at(start.plusSeconds(2))));
        now.set(start.minusSeconds(100));
        trail.close();
        assertEquals(
                List.of(0L, 0L, 0L, 2L, 2L, 2L, 2L, 2L),
                ledger.entries().stream()
                        .map(it -> Duration.between(start, it.at()).toSeconds())
                        .toList());
        try (Trail later = open(ledger)) {
            assertEquals(0, later.open());
        }
        assertEquals(start.plusSeconds(2), ledger.entries().getLast().at());
        assertComplete();
    }

    @Test
    void thereIsOneOutcomeForEachAttempt() throws Exception {
        Trail trail = open(ledger);
        Attempt attempt = attempt();
        refuses(trail, "is not open", Entries.outcome(attempt.id()));
        refuses(trail, "is not open", Entries.outcome(attempt.id()), attempt);
        refuses(trail, "stands there twice", attempt, attempt);
        refuses(trail, "written by the trail alone", new Stop(now.instant(), "demur test"));
        var unused = trail.append(List.of(attempt));
        refuses(trail, "has been made", attempt);
        Outcome outcome = Entries.outcome(attempt.id());
        refuses(trail, "has two outcomes here", outcome, outcome);
        assertEquals(1, trail.open());
        unused = trail.append(List.of(outcome));
        refuses(trail, "has its outcome", outcome);
        refuses(trail, "has been made", attempt);
        Attempt refused = attempt();
        assertEquals(3, trail.refused(refused, Entries.outcome(refused.id())).join().first());
        refuses(trail, "has its outcome", Entries.outcome(refused.id()));
        assertEquals(0, trail.open());
        trail.close();
        assertComplete();
    }

    @Test
    void anOutcomeWaitsUntilItsAttemptIsOnDisk() throws Exception {
        Trail trail = open(ledger);
        ledger.waits();
        Attempt attempt = attempt();
        CompletableFuture<Position> written = trail.append(List.of(attempt));
        refuses(trail, "is not on disk yet", Entries.outcome(attempt.id()));
        assertFalse(written.isDone());
        ledger.answer();
        assertEquals(1, written.join().first());
        ledger.waits();
        var unused = trail.append(List.of(Entries.outcome(attempt.id())));
        refuses(trail, "has its outcome", Entries.outcome(attempt.id()));
        ledger.answer();
        trail.close();
        assertComplete();
    }

    @Test
    void whatCouldNotBeWrittenDidNotHappen() throws Exception {
        Trail trail = open(ledger);
        Attempt attempt = attempt();
        ledger.fails(Optional.of(new LogFull("no room", null)));
        CompletionException full =
                assertThrows(
                        CompletionException.class, () -> trail.append(List.of(attempt)).join());
        assertInstanceOf(LogFull.class, full.getCause());
        assertEquals(0, trail.open());
        ledger.fails(Optional.empty());
        var unused = trail.append(List.of(attempt));
        ledger.fails(Optional.of(new LogBusy("too much", null)));
        Outcome outcome = Entries.outcome(attempt.id());
        assertThrows(CompletionException.class, () -> trail.append(List.of(outcome)).join());
        assertEquals(1, trail.open());
        Attempt both = attempt();
        CompletableFuture<Position> refused = trail.refused(both, Entries.outcome(both.id()));
        assertTrue(refused.isCompletedExceptionally());
        assertEquals(1, trail.open());
        ledger.fails(Optional.empty());
        unused = trail.append(List.of(outcome));
        unused = trail.refused(both, Entries.outcome(both.id()));
        trail.close();
        assertEquals(List.of("START", "ATTEMPT", "OUTCOME", "ATTEMPT", "OUTCOME", "STOP"), types());
        assertComplete();
    }

    @Test
    void aTrailThatCannotStopSaysSoAndLetsGoOfTheLog() throws Exception {
        Trail trail = open(ledger);
        ledger.fails(Optional.of(new LogFull("no room", null)));
        RuntimeException e = assertThrows(UncheckedIOException.class, trail::close);
        assertTrue(String.valueOf(e.getMessage()).contains("no room"), e::getMessage);
        assertTrue(ledger.isClosed());
    }

    @Test
    void whatIsOpenForTooLongIsClosedWithTheNextEntries() throws Exception {
        Trail trail = open(ledger);
        Attempt early = attempt();
        Attempt answered = attempt();
        var unused = trail.append(List.of(early, answered));
        now.set(now.instant().plusMillis(1));
        unused = trail.append(List.of(attempt()));
        now.set(Entries.AT.plus(MAX)); // to the microsecond as long as it may be
        assertEquals(0, trail.expire());
        now.set(now.instant().plusNanos(1_000));
        Attempt next = attempt();
        Position position = trail.append(List.of(Entries.outcome(answered.id()), next)).join();
        assertEquals(
                List.of("START", "ATTEMPT", "ATTEMPT", "ATTEMPT", "OUTCOME", "OUTCOME", "ATTEMPT"),
                types());
        assertEquals(5, position.first());
        Outcome expired = (Outcome) ledger.entries().get(4);
        assertEquals(early.id(), expired.attempt());
        assertEquals(Optional.of("expired"), expired.reason());
        assertEquals(Outcome.Result.ABORT, expired.result());
        refuses(trail, "has its outcome", Entries.outcome(early.id()));
        now.set(now.instant().plusSeconds(1));
        assertEquals(1, trail.expire());
        assertEquals(0, trail.expire());
        assertEquals(1, trail.open());
        trail.close();
        assertEquals(next.id(), ((Outcome) ledger.entries().get(8)).attempt());
        assertComplete();
    }

    @Test
    void whatACrashLeftIsClosedBeforeTheNextStart() throws Exception {
        for (int attempts : new int[] {0, 1, 254, 255, 256, 257, 1_300}) {
            MemoryLedger crashed = new MemoryLedger();
            Trail trail = open(crashed);
            List<String> open = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                Attempt attempt = attempt();
                var unused = trail.append(List.of(attempt));
                if (i % 3 == 1) {
                    unused = trail.append(List.of(Entries.outcome(attempt.id())));
                } else {
                    open.add(attempt.id());
                }
            }
            Duration later = Duration.ofDays(attempts % 2);
            now.set(now.instant().plus(later));
            MemoryLedger next = new MemoryLedger(crashed.bytes());
            try (Trail again = open(next)) {
                assertEquals(0, again.open());
            }
            List<Entry> entries = next.entries();
            List<String> closed =
                    entries.subList(crashed.bytes().size(), entries.size() - 2).stream()
                            .map(it -> ((Outcome) it).attempt())
                            .toList();
            assertEquals(open, closed);
            assertInstanceOf(Start.class, entries.get(entries.size() - 2));
            assertTrue(Completeness.check(next.reader(), entries.size(), false).complete());
        }
    }

    /** It crashes again while it closes what an earlier crash left, days after that. */
    @Test
    void whatTwoCrashesLeftIsClosedToo() throws Exception {
        Trail trail = open(ledger);
        for (int i = 0; i < 1_200; i++) {
            var unused = trail.append(List.of(attempt()));
        }
        now.set(now.instant().plus(Duration.ofDays(3)));
        MemoryLedger second = new MemoryLedger(ledger.bytes());
        open(second);
        // the first 500 were closed when it was killed
        MemoryLedger third = new MemoryLedger(second.bytes().subList(0, 1_701));
        now.set(now.instant().plus(Duration.ofDays(3)));
        open(third).close();
        int size = third.bytes().size();
        assertEquals(1 + 1_200 + 1_200 + 2, size);
        assertTrue(Completeness.check(third.reader(), size, false).complete());
    }

    @Test
    void moreThanFitInOneBatchAreClosedBeforeTheNextEntries() throws Exception {
        Trail trail = open(ledger);
        for (int i = 0; i < 1_200; i++) {
            var unused = trail.append(List.of(attempt()));
        }
        now.set(now.instant().plus(Duration.ofDays(3)));
        Attempt next = attempt();
        assertEquals(2_401, trail.append(List.of(next)).join().first());
        assertEquals(next.id(), ((Attempt) ledger.entries().getLast()).id());
        assertEquals(1, trail.open());
        now.set(now.instant().plus(Duration.ofDays(3)));
        trail.close();
        assertComplete();
    }

    @Test
    void readsBackToTheNewestStartOrToWhatCanBeOpenNoMore() throws Exception {
        Trail trail = open(ledger);
        for (int i = 0; i < 2_000; i++) {
            Attempt attempt = attempt();
            var unused = trail.refused(attempt, Entries.outcome(attempt.id()));
            now.set(now.instant().plusSeconds(10));
        }
        Dangling all = Dangling.find(ledger.reader(), 4_001, Duration.ofDays(1));
        assertEquals(4_001, all.read());
        assertEquals(ledger.entries().getLast().at(), all.last());
        // two hours of two entries in ten seconds, and the one that is too old
        assertEquals(1_443, Dangling.find(ledger.reader(), 4_001, MAX).read());
        trail.close();
        assertEquals(1, Dangling.find(ledger.reader(), 4_002, MAX).read());
        try (Trail again = open(ledger)) {
            assertEquals(0, again.open());
            assertEquals(1, Dangling.find(ledger.reader(), 4_003, MAX).read());
        }
        assertEquals(0, Dangling.find(new MemoryLedger().reader(), 0, MAX).read());
    }

    @Test
    void orderInTheLogIsOrderInTimeHoweverManyWrite() throws Exception {
        Trail trail = Trail.open(ledger, null, start(), Instant::now, MAX);
        Ids shared = new Ids(Instant::now, new SplittableRandom(1));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int k = 0; k < 200; k++) {
                                            String id = shared.next("att");
                                            Instant at = Instant.now();
                                            Entry attempt = Entries.attempt(id).at(at);
                                            trail.append(List.of(attempt)).join();
                                            Entry outcome = Entries.outcome(id).at(at);
                                            trail.append(List.of(outcome)).join();
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        trail.close();
        assertEquals(6_402, ledger.bytes().size());
        assertComplete();
    }

    private Trail open(MemoryLedger to) throws Exception {
        return Trail.open(to, null, start(), now, MAX);
    }

    private static Start start() {
        return new Start(Entries.AT, "demur test", "1", Optional.empty(), Optional.empty());
    }

    private Attempt attempt() {
        return Entries.attempt(ids.next("att")).at(now.instant());
    }

    private List<String> types() throws Exception {
        return ledger.entries().stream().map(EntryCodec::type).toList();
    }

    private void assertComplete() throws Exception {
        Completeness.Report report =
                Completeness.check(ledger.reader(), ledger.bytes().size(), false);
        assertTrue(report.complete(), report::toString);
    }

    private static void refuses(Trail trail, String why, Entry... entries) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> trail.append(List.of(entries)));
        assertTrue(String.valueOf(e.getMessage()).contains(why), e::getMessage);
    }
}
