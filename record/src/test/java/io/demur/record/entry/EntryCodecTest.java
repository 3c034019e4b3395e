package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.access.Limits;
import io.demur.core.harm.Hazard;
import io.demur.log.note.Malformed;
import io.demur.record.entry.AccessChange.Action;
import io.demur.record.entry.AccessChange.Held;
import io.demur.testkit.Golden;
import io.demur.testkit.Property;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries and their bytes, for ever. */
class EntryCodecTest {

    private static final String FILES = "record/src/test/resources/entries/";

    @Test
    void everyTypeHasItsBytesForEver() throws Exception {
        for (Entry entry : Entries.full()) {
            byte[] bytes = EntryCodec.bytes(entry);
            String text = new String(bytes, StandardCharsets.UTF_8);
            Golden.check(FILES + EntryCodec.type(entry) + "-1.json", text + "\n");
            assertEquals(entry, EntryCodec.read(bytes));
            assertTrue(text.contains("\"t\":\"" + EntryCodec.type(entry) + "\""), text);
        }
        assertEquals(16, Entries.full().size());
    }

    @Test
    void whatIsAbsentIsLeftOut() throws Exception {
        Attempt attempt = Entries.attempt(Entries.ATTEMPT);
        Golden.check(
                FILES + "ATTEMPT-1-least.json",
                new String(EntryCodec.bytes(attempt), StandardCharsets.UTF_8) + "\n");
        assertEquals(attempt, EntryCodec.read(EntryCodec.bytes(attempt)));
        Outcome outcome = Entries.outcome(Entries.ATTEMPT);
        Golden.check(
                FILES + "OUTCOME-1-least.json",
                new String(EntryCodec.bytes(outcome), StandardCharsets.UTF_8) + "\n");
        assertEquals(outcome, EntryCodec.read(EntryCodec.bytes(outcome)));
        Erase erase =
                new Erase(Entries.AT, Optional.empty(), Optional.of(Instant.EPOCH), "retention");
        assertEquals(erase, EntryCodec.read(EntryCodec.bytes(erase)));
    }

    @Test
    void whoMayAskIsWrittenForKeysPrincipalsAndProjects() throws Exception {
        Limits limits =
                new Limits(
                        OptionalLong.of(60),
                        OptionalLong.of(20_000),
                        OptionalLong.of(4),
                        OptionalLong.of(1_000_000));
        held("principal", Action.CREATED, new Held.Principal(Entries.SUBJECT, "other", limits));
        held(
                "project",
                Action.CHANGED,
                new Held.Project("recruiting", Optional.of("screening"), Limits.NONE));
        held("project-limits", Action.CHANGED, new Held.Project("recruiting", empty(), limits));
        Held.Principal free = new Held.Principal(Entries.SUBJECT, "other", Limits.NONE);
        held("principal-least", Action.REMOVED, free);
        illegal(() -> change(Action.REVOKED, free));
        illegal(
                () ->
                        change(
                                Action.REPLACED,
                                new Held.Project("recruiting", empty(), Limits.NONE)));
    }

    private static AccessChange change(Action action, Held held) {
        return new AccessChange(Entries.AT, Entries.CHANGE, action, held, "ada", empty());
    }

    private static void held(String file, Action action, Held held) throws Exception {
        AccessChange change = change(action, held);
        String text = new String(EntryCodec.bytes(change), StandardCharsets.UTF_8);
        Golden.check(FILES + "ACCESS_CHANGE-1-" + file + ".json", text + "\n");
        assertEquals(change, EntryCodec.read(EntryCodec.bytes(change)));
    }

    @Test
    void whatWasDecidedOfAnAnswerStandsBesideWhatWasDecidedOfTheRequest() throws Exception {
        Outcome plain = outcome(7, List.of());
        Outcome withheld =
                new Outcome(
                        plain.at(),
                        plain.attempt(),
                        plain.result(),
                        Optional.of("allow"),
                        plain.origin(),
                        plain.hazard(),
                        plain.reason(),
                        plain.rules(),
                        plain.judges(),
                        plain.harmPpm(),
                        plain.reply(),
                        0,
                        OptionalLong.of(3),
                        OptionalLong.of(4),
                        Duration.ZERO,
                        Optional.empty(),
                        Optional.of(
                                new Outcome.Answer(
                                        "hold",
                                        Optional.of(Hazard.PRIVACY),
                                        OptionalInt.of(990_000))),
                        true,
                        List.of());
        String bytes = new String(EntryCodec.bytes(withheld), StandardCharsets.UTF_8);
        assertTrue(
                bytes.contains(
                        "\"answer\":{\"decision\":\"hold\",\"harm_ppm\":990000,"
                                + "\"hazard\":\"privacy\"}"),
                bytes);
        assertTrue(bytes.contains("\"tokens_estimated\":true"), bytes);
        assertEquals(withheld, EntryCodec.read(EntryCodec.bytes(withheld)));
        assertEquals(withheld, withheld.at(withheld.at()));
        String without = new String(EntryCodec.bytes(plain), StandardCharsets.UTF_8);
        assertFalse(without.contains("answer") || without.contains("estimated"), without);
    }

    @Test
    void timesAreKeptToTheMicrosecond() throws Exception {
        Instant fine = Instant.parse("2026-11-21T12:00:00.123456789Z");
        Stop stop = new Stop(fine, "demur serve");
        assertEquals(fine.truncatedTo(ChronoUnit.MICROS), stop.at());
        assertEquals(stop, EntryCodec.read(EntryCodec.bytes(stop)));
        assertThrows(IllegalArgumentException.class, () -> new Stop(Instant.MAX, "x"));
        assertThrows(
                IllegalArgumentException.class, () -> new Stop(Instant.ofEpochSecond(-1), "x"));
    }

    @Test
    void fieldsAndTypesOfALaterProgramAreReadOver() throws Exception {
        assertEquals(
                new Stop(Instant.EPOCH, "demur serve"),
                read("{'at':0,'new':{'deep':[1]},'program':'demur serve','t':'STOP','v':1}"));
        String later = "{'at':5,'program':['demur'],'t':'STOP','v':2}";
        assertEquals(
                new Unknown(Instant.EPOCH.plusNanos(5_000), "STOP", 2, later.replace('\'', '"')),
                read(later));
        Unknown type = assertInstanceOf(Unknown.class, read("{'at':5,'t':'MOVE','v':1}"));
        assertEquals("MOVE", type.type());
        assertThrows(IllegalArgumentException.class, () -> EntryCodec.bytes(type));
    }

    @Test
    void whatIsNoEntryIsRefused() {
        refused("[]", "an entry that is no object");
        refused("{'at':0,'t':'STOP','v':1} ", "not canonical JSON: more than one value at byte 25");
        refused("{'at':0,'t':'STOP','v':1}", "`program` is missing");
        refused("{'at':0,'program':1,'t':'STOP','v':1}", "`program` is not a text");
        refused("{'at':'0','program':'x','t':'STOP','v':1}", "`at` is not a whole number");
        refused("{'program':'x','t':'MOVE','v':1}", "`at` is missing");
        refused("{'at':0,'v':1}", "`t` is missing");
        refused("{'at':0,'t':'STOP'}", "`v` is missing");
        refused("{'at':0,'t':'stop','v':1}", "`t` is no type, or `v` no version");
        refused("{'at':0,'t':'STOP','v':0}", "`t` is no type, or `v` no version");
        refused(
                "{'at':0,'program':'a\\u001bb','t':'STOP','v':1}",
                "`program` is `a\u001bb`, and should be 1 to 200 bytes of text without controls");
        refused(
                "{'at':0,'attempt':'1','released_bytes':0,'result':'allow','t':'OUTCOME',"
                        + "'took_us':0,'v':1}",
                "`attempt` is `1`, and should be an id such as `att_…` with a UUID of version 7");
        refused(
                "{'at':0,'attempt':'%s','released_bytes':0,'result':'maybe','t':'OUTCOME',"
                                .formatted(Entries.ATTEMPT)
                        + "'took_us':0,'v':1}",
                "`result` is `maybe`, which is not known");
        refused("'" + "x".repeat(4_095) + "'", "an entry of 4097 bytes; 4096 are allowed");
    }

    @Test
    void nothingThatIsIllegalConstructs() {
        Kept kept = Entries.attempt(Entries.ATTEMPT).request();
        illegal(() -> new Kept(Kept.Mode.FULL, 1, kept.body(), Optional.of(kept.body())));
        illegal(() -> new Kept(Kept.Mode.REDACTED, 1, kept.body(), Optional.empty()));
        illegal(() -> new Kept(Kept.Mode.FULL, -1, kept.body(), Optional.empty()));
        illegal(() -> Entries.attempt("att_1"));
        illegal(() -> new Stop(Entries.AT, ""));
        illegal(() -> new Stop(Entries.AT, "x".repeat(201)));
        illegal(() -> new Stop(Entries.AT, "a\u202eb"));
        illegal(() -> new Access(Entries.AT, Entries.ATTEMPT, "reply", "me", "Because I can!"));
        illegal(() -> new Appeal(Entries.AT, Entries.CASE, Entries.ATTEMPT, "won", "x", empty()));
        illegal(() -> new KeyChange(Entries.AT, "log", "1", "lost", empty()));
        illegal(() -> new Erase(Entries.AT, empty(), Optional.empty(), "request"));
        illegal(() -> outcome(1_000_001, List.of()));
        illegal(() -> outcome(-1, List.of()));
        illegal(() -> EntryCodec.bytes(outcome(1, Collections.nCopies(64, "€".repeat(30)))));
        assertEquals(1, outcome(1, List.of("a")).rules().size());
    }

    /** Nothing that is read says more than its bytes, whatever happens to them. */
    @Test
    void damagedEntriesAreRefusedOrSaySomethingElse() {
        Property.check(
                3_000,
                gen -> {
                    byte[] bytes = gen.damaged(EntryCodec.bytes(gen.oneOf(Entries.full())));
                    try {
                        Entry entry = EntryCodec.read(bytes);
                        if (!(entry instanceof Unknown)) {
                            String again =
                                    new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8);
                            String read = new String(bytes, StandardCharsets.UTF_8);
                            assertTrue(read.length() >= again.length(), read);
                        }
                    } catch (Malformed e) {
                        assertTrue(!String.valueOf(e.getMessage()).isEmpty());
                    }
                });
    }

    /** Documents name every field that is written, in the section of its type. */
    @Test
    void everyFieldIsDocumented() throws Exception {
        String document =
                Files.readString(Repository.root().resolve("docs/reference/log-entries.md"));
        for (Entry entry : Entries.full()) {
            String heading = "\n### " + EntryCodec.type(entry) + "\n";
            assertTrue(document.contains(heading), heading);
            int from = document.indexOf(heading) + heading.length();
            int next = document.indexOf("\n##", from);
            String section = next < 0 ? document.substring(from) : document.substring(from, next);
            Matcher names =
                    Pattern.compile("\"([a-z_]+)\":")
                            .matcher(new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8));
            while (names.find()) {
                String name = names.group(1);
                if (!List.of("t", "v", "at", "mode", "bytes", "body", "stored").contains(name)) {
                    assertTrue(section.contains("| `" + name + "` |"), heading + name);
                }
            }
        }
    }

    /** Entries from before this field was there are read, and stay as they are. */
    @Test
    void anOutcomeSaysWhichServersWereAsked() throws Exception {
        Outcome old = outcome(1, List.of());
        byte[] before = EntryCodec.bytes(old);
        assertFalse(new String(before, StandardCharsets.UTF_8).contains("servers"));
        assertEquals(old, EntryCodec.read(before));
        Outcome now = asking(List.of("primary 503", "spare answered"));
        byte[] bytes = EntryCodec.bytes(now);
        assertTrue(
                new String(bytes, StandardCharsets.UTF_8)
                        .contains("\"servers\":[\"primary 503\",\"spare answered\"]"));
        assertEquals(now, EntryCodec.read(bytes));
        List<String> many = Collections.nCopies(50, "a".repeat(60) + " unreachable");
        assertEquals(3, asking(many).servers().size());
        assertTrue(
                Files.readString(Repository.root().resolve("docs/reference/log-entries.md"))
                        .contains("| `servers` |"));
    }

    @Test
    void whatTheGatewayTookItselfIsSaidWhereItIsKnown() throws Exception {
        Duration whole = Duration.ofNanos(2_500_000_999L);
        Outcome known = took(whole, Optional.of(Duration.ofNanos(1_234_567)));
        byte[] bytes = EntryCodec.bytes(known);
        String text = new String(bytes, StandardCharsets.UTF_8);
        assertTrue(text.startsWith("{\"added_us\":1234,\"at\":"), text);
        assertTrue(text.contains("\"took_us\":2500000"), text);
        assertEquals(known, EntryCodec.read(bytes));
        assertEquals(known, known.at(known.at()));
        byte[] before = EntryCodec.bytes(took(whole, Optional.empty()));
        assertFalse(new String(before, StandardCharsets.UTF_8).contains("added"));
        assertEquals(took(whole, Optional.empty()), EntryCodec.read(before));
        // of the same microsecond it may be all, and never more
        assertEquals(Optional.of(whole.minusNanos(999)), took(whole, Optional.of(whole)).added());
        illegal(() -> took(whole, Optional.of(whole.plusNanos(1_000))));
        illegal(() -> took(whole, Optional.of(Duration.ofNanos(-1))));
        assertTrue(
                Files.readString(Repository.root().resolve("docs/reference/log-entries.md"))
                        .contains("| `added_us` |"));
    }

    private static Outcome took(Duration whole, Optional<Duration> added) {
        return outcome(OptionalInt.empty(), List.of(), whole, added, List.of());
    }

    private static Outcome outcome(int harmPpm, List<String> rules) {
        return outcome(OptionalInt.of(harmPpm), rules, Duration.ZERO, Optional.empty(), List.of());
    }

    /** One of which nothing is known but which servers were asked. */
    private static Outcome asking(List<String> servers) {
        return outcome(OptionalInt.empty(), List.of(), Duration.ZERO, Optional.empty(), servers);
    }

    private static Outcome outcome(
            OptionalInt harmPpm,
            List<String> rules,
            Duration took,
            Optional<Duration> added,
            List<String> servers) {
        return new Outcome(
                Entries.AT,
                Entries.ATTEMPT,
                Outcome.Result.ALLOW,
                empty(),
                Optional.empty(),
                Optional.empty(),
                empty(),
                rules,
                List.of(),
                harmPpm,
                Optional.empty(),
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                took,
                added,
                Optional.empty(),
                false,
                servers);
    }

    private static Optional<String> empty() {
        return Optional.empty();
    }

    private static void illegal(Executable executable) {
        assertThrows(IllegalArgumentException.class, executable);
    }

    private static Entry read(String text) throws Malformed {
        return EntryCodec.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String text, String why) {
        Malformed e = assertThrows(Malformed.class, () -> read(text));
        assertEquals(why, e.getMessage());
    }
}
