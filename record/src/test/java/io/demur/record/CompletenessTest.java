package io.demur.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Access;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entries;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** The checker finds what is missing, and nothing where nothing is. */
class CompletenessTest {

    private static final Instant AT = Entries.AT;
    private static final String ONE = Entries.ATTEMPT;

    /** Six minutes after {@link #AT}. */
    private static final String EARLY =
            new Ids(() -> AT.plusSeconds(360), new SplittableRandom(1)).next("att");

    private static final String TWO = ONE.replace("00001", "00009");

    @Test
    void anHonestLogIsComplete() throws Exception {
        assertEquals(List.of(), check(start(0), attempt(1, ONE), outcome(2, ONE), stop(3)));
        assertEquals(
                List.of(),
                check(
                        start(0),
                        attempt(1, ONE),
                        attempt(2, TWO),
                        outcome(2, ONE),
                        abort(9, TWO),
                        start(9),
                        stop(10)));
        assertEquals(List.of(), check());
    }

    @Test
    void whatIsMissingOrTooMuchIsFound() throws Exception {
        found("the ATTEMPT `ONE` has no OUTCOME", start(0), attempt(1, ONE));
        found(
                "entry 1: an OUTCOME of `ONE`, which is no attempt that is open",
                start(0),
                outcome(1, ONE));
        found(
                "entry 3: a second OUTCOME of `ONE`",
                start(0),
                attempt(1, ONE),
                outcome(2, ONE),
                outcome(3, ONE),
                stop(4));
        found(
                "entry 3: a second ATTEMPT `ONE`",
                start(0),
                attempt(1, ONE),
                outcome(2, ONE),
                attempt(3, ONE),
                stop(4));
        found("entry 2: START while `ONE` is open", start(0), attempt(1, ONE), start(2), stop(3));
        found("entry 2: STOP while `ONE` is open", start(0), attempt(1, ONE), stop(2));
    }

    @Test
    void anIdThatIsUsedAgainLongAfterwardsIsFound() throws Exception {
        String id = new Ids(() -> AT, new SplittableRandom(1)).next("att");
        List<Entry> entries = new ArrayList<>(List.of(start(0)));
        for (int i = 0; i < 5; i++) {
            entries.add(attempt(i * 660, id));
            entries.add(outcome(i * 660, id));
        }
        entries.add(stop(3_000));
        assertEquals(
                List.of(
                        "entry 3: the id `ID` was made 11 minutes before its ATTEMPT, and may have"
                                + " been used then",
                        "entry 5: the id `ID` was made 22 minutes before its ATTEMPT, and may have"
                                + " been used then",
                        "entry 7: the id `ID` was made 33 minutes before its ATTEMPT, and may have"
                                + " been used then",
                        "entry 9: the id `ID` was made 44 minutes before its ATTEMPT, and may have"
                                + " been used then"),
                check(entries.toArray(new Entry[0])).stream()
                        .map(it -> it.replace(id, "ID"))
                        .toList());
    }

    @Test
    void everythingIsWrittenByAProcessThatHasStarted() throws Exception {
        found("entry 0: ATTEMPT of a process that never started", attempt(0, ONE), outcome(0, ONE));
        found(
                "entry 2: ATTEMPT of a process that never started",
                start(0),
                stop(0),
                attempt(0, ONE),
                outcome(0, ONE),
                start(1));
        found(
                "entry 1: STOP of `demur other`, where `demur test` had started",
                start(0),
                new Stop(AT, "demur other"));
    }

    @Test
    void timeGoesForwardAndNothingStaysOpen() throws Exception {
        String message = "entry 1: its time %s is before %s".formatted(AT, AT.plusSeconds(5));
        found(message, start(5), attempt(0, ONE), outcome(6, ONE));
        found(
                "entry 2: the ATTEMPT `ONE` is open for more than 120 minutes",
                start(0),
                attempt(0, ONE),
                stop(7_201));
        assertEquals(List.of(), check(start(0), attempt(0, ONE), outcome(7_200, ONE), stop(7_201)));
    }

    @Test
    void bytesThatAreNoEntryAreFound() throws Exception {
        byte[] start = EntryCodec.bytes(start(0));
        byte[] spaced =
                new String(start, StandardCharsets.UTF_8)
                        .replace(",", ", ")
                        .getBytes(StandardCharsets.UTF_8);
        Completeness.Report report = checkBytes(List.of(start, spaced, new byte[5_000], start));
        assertEquals(2, report.problemsCounted());
        assertTrue(report.problems().get(0).startsWith("entry 1: not canonical JSON: no `\""));
        assertEquals("entry 2: an entry of 5000 bytes; 4096 are allowed", report.problems().get(1));
    }

    @Test
    void attemptsMayBeOpenWhileAProcessRuns() throws Exception {
        List<byte[]> log = List.of(EntryCodec.bytes(start(0)), EntryCodec.bytes(attempt(1, ONE)));
        MemoryLedger ledger = new MemoryLedger(log);
        assertTrue(Completeness.check(ledger.reader(), 2, true).complete());
        assertEquals(1, Completeness.check(ledger.reader(), 2, true).open());
    }

    @Test
    void whatMayBeRightIsANote() throws Exception {
        String never = Ids.timeOf(ONE).isBefore(AT) ? ONE : TWO;
        Completeness.Report report =
                checkBytes(
                        List.of(
                                EntryCodec.bytes(start(0)),
                                EntryCodec.bytes(
                                        new Access(
                                                AT.plusSeconds(900),
                                                never.replace("01a1fdfa", "01a1fe07"),
                                                "reply",
                                                "auditor",
                                                "appeal")),
                                EntryCodec.bytes(attempt(901, EARLY)),
                                EntryCodec.bytes(outcome(902, EARLY))));
        assertEquals(List.of(), report.problems());
        assertEquals(2, report.notesCounted(), () -> report.notes().toString());
        assertTrue(report.notes().get(0).contains("ACCESS names `"));
        assertTrue(report.notes().get(1).contains("was not made when its ATTEMPT was"));
    }

    @Test
    void problemsAreCountedBeyondThoseThatAreSaid() throws Exception {
        List<byte[]> log = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            log.add(new byte[] {'x'});
        }
        Completeness.Report report = checkBytes(log);
        assertEquals(1_500, report.problemsCounted());
        assertEquals(Completeness.SAID_MAX, report.problems().size());
    }

    /** Whatever a trail is asked to write, and whenever it is cut short, the log is complete. */
    @Test
    void whatATrailWritesIsCompleteWheneverItCrashes() {
        Property.check(
                60,
                gen -> {
                    MemoryLedger ledger = crashes(gen);
                    Completeness.Report report =
                            Completeness.check(ledger.reader(), ledger.published(), false);
                    assertTrue(report.complete(), () -> report.problems().toString());
                    assertEquals(report.attempts(), report.outcomes());
                });
    }

    /** Leaving out, doubling or moving an entry about an attempt is found, whichever it is. */
    @Test
    void everyEntryThatIsTakenOutDoubledOrMovedIsFound() {
        Property.check(
                6,
                gen -> {
                    List<byte[]> log = crashes(gen).bytes();
                    for (int i = 0; i < log.size(); i++) {
                        Entry entry = EntryCodec.read(log.get(i));
                        if (!(entry instanceof Attempt || entry instanceof Outcome)) {
                            continue;
                        }
                        List<byte[]> without = new ArrayList<>(log);
                        byte[] taken = without.remove(i);
                        assertTrue(checkBytes(without).problemsCounted() > 0);
                        List<byte[]> twice = new ArrayList<>(log);
                        twice.add(i, taken);
                        assertTrue(checkBytes(twice).problemsCounted() > 0);
                        without.add(entry instanceof Attempt ? log.size() - 1 : 0, taken);
                        assertTrue(checkBytes(without).problemsCounted() > 0);
                    }
                });
    }

    /** A few processes one after another, each ending somehow, the last in good order. */
    private static MemoryLedger crashes(Gen gen) throws Exception {
        SetClock now = new SetClock(AT);
        Ids ids = new Ids(now, new SplittableRandom(gen.between(1, 1_000_000)));
        MemoryLedger ledger = new MemoryLedger();
        for (int process = gen.between(1, 4); process > 0; process--) {
            ledger = new MemoryLedger(ledger.bytes());
            Trail trail = Trail.open(ledger, null, start(0), now, Duration.ofHours(1));
            List<String> open = new ArrayList<>();
            for (int step = gen.between(0, 40); step > 0; step--) {
                Duration pause = gen.oneIn(20) ? Duration.ofMinutes(50) : Duration.ofMillis(1);
                now.set(gen.oneIn(15) ? now.instant().minusSeconds(2) : now.instant().plus(pause));
                ledger.fails(gen.oneIn(6) ? Optional.of(new Exception("full")) : Optional.empty());
                act(gen, trail, ids, open, now.instant());
            }
            ledger.fails(Optional.empty());
            if (process == 1 || gen.oneIn(3)) {
                trail.close();
            }
        }
        return ledger;
    }

    private static void act(Gen gen, Trail trail, Ids ids, List<String> open, Instant now) {
        CompletableFuture<Position> done;
        if (open.isEmpty() || gen.oneIn(2)) {
            String id = ids.next("att");
            if (gen.oneIn(3)) {
                done = trail.refused(Entries.attempt(id).at(now), outcome(0, id));
            } else {
                done = trail.append(List.of(Entries.attempt(id).at(now)));
                if (!done.isCompletedExceptionally()) {
                    open.add(id);
                }
            }
        } else if (gen.oneIn(10)) {
            trail.expire();
        } else {
            String id = gen.oneOf(open);
            try {
                done = trail.append(List.of(outcome(0, id).at(now)));
                if (!done.isCompletedExceptionally()) {
                    open.remove(id);
                }
            } catch (IllegalArgumentException expired) {
                open.remove(id);
            }
        }
    }

    private static void found(String problem, Entry... entries) throws Exception {
        assertEquals(List.of(problem.replace("ONE", ONE)), check(entries));
    }

    private static List<String> check(Entry... entries) throws Exception {
        List<byte[]> bytes = new ArrayList<>();
        for (Entry entry : entries) {
            bytes.add(EntryCodec.bytes(entry));
        }
        return checkBytes(bytes).problems();
    }

    private static Completeness.Report checkBytes(List<byte[]> entries) throws Exception {
        MemoryLedger ledger = new MemoryLedger(entries);
        return Completeness.check(ledger.reader(), entries.size(), false);
    }

    private static Start start(int second) {
        Instant at = AT.plusSeconds(second);
        return new Start(at, "demur test", "1", Optional.empty(), Optional.empty());
    }

    private static Stop stop(int second) {
        return new Stop(AT.plusSeconds(second), "demur test");
    }

    private static Attempt attempt(int second, String id) {
        return Entries.attempt(id).at(AT.plusSeconds(second));
    }

    private static Outcome outcome(int second, String id) {
        return Entries.outcome(id).at(AT.plusSeconds(second));
    }

    private static Outcome abort(int second, String id) {
        return Outcome.bare(AT.plusSeconds(second), id, Outcome.Result.ABORT, "crash");
    }
}
