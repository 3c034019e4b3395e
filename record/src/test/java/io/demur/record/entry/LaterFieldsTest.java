package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.demur.core.harm.Severity;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Fields that entries got later than their type. */
class LaterFieldsTest {

    @Test
    void whatEarlierEntriesDidNotSayIsWrittenBesideWhatTheyDid() throws Exception {
        RouteAround around =
                new RouteAround(
                        Entries.AT,
                        Entries.CASE,
                        Entries.ATTEMPT,
                        Entries.EARLIER,
                        610_000,
                        "split",
                        Duration.ofMinutes(3),
                        "hosted",
                        "local",
                        "annotate",
                        Optional.of(
                                new RouteAround.Route(
                                        "undeclared", "local", "provider", "answered", false)),
                        List.of(Entries.EARLIER));
        beside("ROUTE_AROUND-1-route", around);
        beside("ROUTE_AROUND-1-judge", around.by(Optional.of("same-request:guard-1@0123456789ab")));
        beside(
                "REVIEW-1-answers",
                new Review(
                        Entries.AT,
                        Entries.CASE,
                        Entries.ATTEMPT,
                        "ada",
                        "confirm",
                        "dossier",
                        false,
                        Optional.of(false),
                        Optional.of(Severity.SERIOUS)));
        beside(
                "REPORT-1-least",
                new Report(
                        Entries.AT,
                        Entries.CASE,
                        "opened",
                        "use",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "should-refuse",
                        Optional.empty(),
                        Optional.empty(),
                        false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Feedback(Entries.AT, Entries.ATTEMPT, "x", "sideways"));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RouteAround.Route("secret", "local", "provider", "answered", false));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Report(
                                Entries.AT,
                                Entries.CASE,
                                "opened",
                                "exchange",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                "x",
                                Optional.empty(),
                                Optional.empty(),
                                false));
    }

    private static void beside(String file, Entry entry) throws Exception {
        String text = new String(EntryCodec.bytes(entry), StandardCharsets.UTF_8);
        Golden.check("record/src/test/resources/entries/" + file + ".json", text + "\n");
        assertEquals(entry, EntryCodec.read(EntryCodec.bytes(entry)));
    }
}
