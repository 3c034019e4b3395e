package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Entries of drills and of alarms, as they were and as they are. */
class DrillRunTest {

    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private static DrillRun drill(Optional<DrillRun.Probed> probed, Optional<String> alarm) {
        return new DrillRun(
                AT,
                Entries.RUN,
                "prv-01-harmful",
                Optional.of(Entries.ATTEMPT),
                "refused",
                "answered",
                false,
                Optional.of("m"),
                probed,
                alarm);
    }

    @Test
    void whatIsKnownOfADrillIsReadBack() throws Exception {
        DrillRun drill =
                drill(
                        Optional.of(
                                new DrillRun.Probed(
                                        "0".repeat(64),
                                        Optional.of("m-2 at here"),
                                        "answered",
                                        Duration.ofMillis(12),
                                        12,
                                        1,
                                        0,
                                        OptionalInt.of(970_000))),
                        Optional.empty());
        assertEquals(drill, EntryCodec.read(EntryCodec.bytes(drill)));
        DrillRun alarm = drill(Optional.empty(), Optional.of("model"));
        assertEquals(alarm, EntryCodec.read(EntryCodec.bytes(alarm)));
    }

    @Test
    void oneWithoutAnyOfItIsWrittenAsBefore() {
        DrillRun drill =
                new DrillRun(AT, Entries.RUN, "d", Optional.empty(), "refused", "refused", true);
        String text = new String(EntryCodec.bytes(drill), StandardCharsets.UTF_8);
        assertTrue(!text.contains("model") && !text.contains("probed") && !text.contains("alarm"));
    }

    /** Quotes and backslashes take two bytes each in an entry, and were once counted as one. */
    @Test
    void whateverAServerCallsItselfFitsIntoAnEntry() {
        for (String name : new String[] {"\"", "\\", "é", "\n", "\u202e", "😀", "m"}) {
            String fitting = DrillRun.fitting(name.repeat(300));
            Words.name("fingerprint", fitting);
            assertTrue(fitting.length() >= 100, fitting);
        }
    }
}
