package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Whatever can be made can be written. */
class LargestEntryTest {

    private static final Instant AT = Entries.AT;
    private static final long MOST = (1L << 53) - 1;
    private static final String DIGEST = "f".repeat(64);
    private static final String CODE = "c".repeat(100);
    private static final Optional<String> ATTEMPT = Optional.of(Entries.ATTEMPT);

    /** The longest names: of one, two, three and four bytes for a character, and escaped. */
    private static final List<String> NAMES =
            List.of(
                    "n".repeat(200),
                    "é".repeat(100),
                    "模".repeat(66),
                    "😀".repeat(50),
                    "\"\\".repeat(50));

    @Test
    void theLargestEntryOfEachTypeFits() throws Exception {
        List<String> tooLong = List.of("n".repeat(201), "模".repeat(67), "\"".repeat(101));
        for (String name : tooLong) {
            assertThrows(IllegalArgumentException.class, () -> new Stop(AT, name));
        }
        int largest = 0;
        for (String name : NAMES) {
            for (Entry entry : largest(name)) {
                byte[] bytes = EntryCodec.bytes(entry);
                assertTrue(bytes.length <= EntryCodec.BYTES_MAX, () -> EntryCodec.type(entry));
                assertEquals(entry, EntryCodec.read(bytes));
                largest = Math.max(largest, bytes.length);
            }
        }
        assertTrue(largest > 3_000, "the largest has %d bytes".formatted(largest));
    }

    private static List<Entry> largest(String name) {
        Optional<String> named = Optional.of(name);
        Optional<String> code = Optional.of(CODE);
        Optional<String> digest = Optional.of(DIGEST);
        Commitment commitment = new Commitment(DIGEST);
        Kept kept = new Kept(Kept.Mode.REDACTED, MOST, commitment, Optional.of(commitment));
        List<String> list = longest(name);
        return List.of(
                new Attempt(
                        AT,
                        Entries.ATTEMPT,
                        name,
                        name,
                        named,
                        named,
                        CODE,
                        name,
                        CODE,
                        named,
                        digest,
                        named,
                        kept),
                new Outcome(
                        AT,
                        Entries.ATTEMPT,
                        Outcome.Result.REFUSE_UPSTREAM,
                        code,
                        Optional.of(Refusal.Origin.PROVIDER),
                        Optional.of(Hazard.ADVERSE_PROCESSING),
                        code,
                        list,
                        list,
                        OptionalInt.of(1_000_000),
                        Optional.of(kept),
                        MOST,
                        OptionalLong.of(MOST),
                        OptionalLong.of(MOST),
                        Duration.ofDays(100_000),
                        Optional.of(Duration.ofDays(100_000)),
                        Optional.of(
                                new Outcome.Answer(
                                        CODE,
                                        Optional.of(Hazard.ADVERSE_PROCESSING),
                                        OptionalInt.of(1_000_000))),
                        true,
                        List.of("a".repeat(80), "b".repeat(80), "c".repeat(160))),
                new RouteAround(
                        AT,
                        Entries.CASE,
                        Entries.ATTEMPT,
                        Entries.EARLIER,
                        1_000_000,
                        CODE,
                        Duration.ofDays(100_000),
                        CODE,
                        CODE,
                        CODE,
                        Optional.of(
                                new RouteAround.Route(
                                        "undeclared",
                                        "system-prompt",
                                        "provider",
                                        "answered",
                                        false)),
                        java.util.Collections.nCopies(RouteAround.PARTS_MAX, Entries.EARLIER),
                        Optional.of(name)),
                new StageSeen(AT, name, CODE, list, ATTEMPT),
                new PolicyChange(AT, "rolled-back", digest, DIGEST, "stronger", list, code, digest),
                new DrillRun(AT, Entries.RUN, name, ATTEMPT, CODE, CODE, false),
                new Review(
                        AT,
                        Entries.CASE,
                        Entries.ATTEMPT,
                        name,
                        "overturn",
                        CODE,
                        false,
                        Optional.of(false),
                        Optional.of(Severity.SERIOUS)),
                new Report(
                        AT,
                        Entries.CASE,
                        "dismissed",
                        "exchange",
                        Optional.of(Entries.ATTEMPT),
                        named,
                        named,
                        CODE,
                        Optional.of(commitment),
                        named,
                        false),
                new Feedback(AT, Entries.ATTEMPT, name, "down"),
                new Appeal(AT, Entries.CASE, Entries.ATTEMPT, "withdrawn", name, code),
                new Access(AT, Entries.ATTEMPT, CODE, name, CODE),
                new AccessChange(
                        AT,
                        Entries.CHANGE,
                        AccessChange.Action.REPLACED,
                        new AccessChange.Held.Key(
                                name,
                                name,
                                named,
                                new Scope(
                                        EnumSet.allOf(Operation.class),
                                        IntStream.range(0, list.size())
                                                .mapToObj(i -> distinct(list.get(i), i))
                                                .toList()),
                                Optional.of(Instant.EPOCH.plus(MOST, ChronoUnit.MICROS)),
                                named),
                        name,
                        code),
                new Erase(AT, named, Optional.empty(), CODE),
                new KeyChange(AT, "witness", name, "destroyed", Optional.of("k".repeat(300)), code),
                new Start(AT, name, name, named, digest),
                new Stop(AT, name));
    }

    /** As long as it is, but unlike the others. */
    private static String distinct(String name, int i) {
        return String.valueOf((char) ('a' + i)) + name.substring(name.offsetByCodePoints(0, 1));
    }

    /** As many as a list can hold, of one length and of another. */
    private static List<String> longest(String name) {
        List<String> list = new ArrayList<>();
        try {
            while (true) {
                list.add(name);
                StageSeen unused = new StageSeen(AT, "p", "act", list, Optional.empty());
            }
        } catch (IllegalArgumentException full) {
            list.removeLast();
            return list;
        }
    }

    @Test
    void aListThatIsTooLongIsCutAndSaysByHowMuch() {
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rules.add("rule-%02d-".formatted(i) + "x".repeat(92));
        }
        List<String> cut = Outcome.fitting(rules);
        assertEquals(rules.subList(0, 14), cut.subList(0, 14));
        assertEquals("and 26 more", cut.get(14));
        assertEquals(15, cut.size());
        StageSeen unused = new StageSeen(AT, "p", "act", cut, Optional.empty());
        List<String> many = Outcome.fitting(Collections.nCopies(70, "r"));
        assertEquals(64, many.size());
        assertEquals("and 7 more", many.getLast());
        assertEquals(List.of("r"), Outcome.fitting(List.of("r")));
    }
}
