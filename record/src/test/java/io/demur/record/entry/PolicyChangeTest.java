package io.demur.record.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an entry POLICY says of the statement that it was done by. */
class PolicyChangeTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void theStatementHasItsBytesForEver() throws Exception {
        PolicyChange change = change("approved", List.of("ann+1a2b3c4d"), 7);
        byte[] bytes = EntryCodec.bytes(change);
        Golden.check(
                "record/src/test/resources/entries/POLICY-1-statement.json",
                new String(bytes, StandardCharsets.UTF_8) + "\n");
        assertEquals(change, EntryCodec.read(bytes));
        assertEquals(change, change.at(Entries.AT));
    }

    @Test
    void theLongestFits() {
        List<String> by = Collections.nCopies(7, "n".repeat(200));
        byte[] bytes = EntryCodec.bytes(change("rolled-back", by, (1L << 53) - 1));
        assertTrue(bytes.length <= EntryCodec.BYTES_MAX, () -> bytes.length + " bytes");
    }

    @Test
    void whatIsIllegalDoesNotConstruct() {
        assertThrows(IllegalArgumentException.class, () -> change("expired", List.of(), 1));
        assertThrows(IllegalArgumentException.class, () -> change("trusted", List.of(), -1));
    }

    private static PolicyChange change(String action, List<String> by, long serial) {
        return new PolicyChange(
                Entries.AT,
                action,
                Optional.of(DIGEST),
                DIGEST,
                "weaker",
                by,
                Optional.of("appeals"),
                Optional.of(DIGEST),
                Optional.of(DIGEST.replace('0', 'f')),
                OptionalLong.of(serial),
                Optional.of(Entries.AT),
                Optional.of(Duration.ofHours(24)),
                Optional.of(Duration.ofDays(30)));
    }
}
