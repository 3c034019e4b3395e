package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.log.merkle.Hash;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.TilePath;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Every reader of outside bytes takes any bytes: it rejects them, or writes the same bytes again.
 */
class FuzzTest {

    private static final int TRIES = 3_000;
    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);

    private final List<byte[]> entries = NaiveLog.entries(300);
    private final NaiveLog log = NaiveLog.of(entries, KEY);

    /** Reads bytes, and writes what it has read. */
    @FunctionalInterface
    private interface Again {
        byte[] of(byte[] bytes) throws Malformed;
    }

    private static void check(byte[] seed, Again again) {
        Property.check(
                TRIES,
                gen -> {
                    byte[] bytes = gen.oneIn(20) ? gen.bytes(400) : gen.damaged(seed);
                    try {
                        assertArrayEquals(bytes, again.of(bytes));
                    } catch (Malformed rejected) {
                        // with a message, and with no other exception
                        assertEquals(false, String.valueOf(rejected.getMessage()).isEmpty());
                    }
                });
    }

    @Test
    void notesAndCheckpoints() throws Malformed {
        byte[] checkpoint = log.read("checkpoint").orElseThrow();
        Note note = Note.parse(checkpoint);
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        byte[] cosigned = note.with(Cosignature.sign(text, KEY, Instant.EPOCH)).bytes();
        List<VerifierKey> keys = List.of(KEY.verifier(), Cosignature.verifier(KEY));
        check(cosigned, bytes -> Note.parse(bytes).bytes());
        check(
                cosigned,
                bytes -> {
                    Checkpoint read = Checkpoint.parse(bytes);
                    read.note().signers(keys);
                    return read.bytes();
                });
    }

    @Test
    void keys() {
        check(
                utf8(KEY.verifier().toString()),
                bytes -> utf8(VerifierKey.parse(Text.utf8(bytes)).toString()));
    }

    @Test
    void hashes() {
        check(
                utf8(Hash.of(new byte[32]).base64()),
                bytes -> utf8(Hash.fromBase64(Text.utf8(bytes)).base64()));
    }

    @Test
    void receipts() throws IOException, Malformed {
        Checkpoint checkpoint = Checkpoint.parse(log.read("checkpoint").orElseThrow());
        Receipt receipt = Receipt.of(entries.get(7), 7, checkpoint, 300, new LogReader(log));
        check(receipt.bytes(), bytes -> Receipt.parse(bytes).bytes());
    }

    @Test
    void tileNames() {
        check(
                utf8("tile/3/x001/x234/067.p/8"),
                bytes -> utf8(TilePath.parse(Text.utf8(bytes)).toString()));
    }

    @Test
    void bundles() {
        byte[] bundle = EntryBundle.bytes(entries.subList(0, 5));
        check(bundle, bytes -> EntryBundle.bytes(EntryBundle.parse(bytes, 5)));
    }

    @Test
    void policies() {
        String witness = Cosignature.verifier(TestKeys.of("w.example", 2)).toString();
        byte[] policy =
                utf8(
                        """
                        # about
                        log %s https://example.com/
                        witness a %s
                        group g any a
                        quorum g
                        """
                                .formatted(KEY.verifier(), witness));
        Property.check(
                TRIES,
                gen -> {
                    byte[] bytes = gen.oneIn(20) ? gen.bytes(400) : gen.damaged(policy);
                    try {
                        assertEquals(true, TrustPolicy.parse(bytes).logs().size() <= 4);
                    } catch (TrustPolicy.Unreadable rejected) {
                        assertEquals(false, rejected.problems().isEmpty());
                    }
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
