package io.demur.record.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.log.note.Note;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

class PersonKeyTest {

    private static final Instant MADE = Instant.parse("2026-11-21T12:00:00.5Z");

    @TempDir Path folder = Path.of("");

    @Test
    void whatIsReadSignsAsWhatWasWritten() throws Exception {
        PersonKey made = PersonKey.generate("anna", MADE);
        made.write(file());
        PersonKey read = PersonKey.read(file());
        assertEquals(made.verifier(), read.verifier());
        Note note = Note.sign("text\n", read.signing());
        assertEquals(1, note.signers(List.of(made.verifier())).size());
        assertEquals("rw-------", mode());
        List<String> lines = Files.readAllLines(file());
        assertEquals("Person: anna", lines.getFirst());
        assertEquals("Created: 2026-11-21T12:00:00Z", lines.get(1));
        assertFalse(made.toString().contains(lines.get(4)), "a key never shows itself");
    }

    @Test
    void aKeyIsNeverWrittenOver() throws Exception {
        Files.writeString(file(), "mine");
        PersonKey made = PersonKey.generate("anna", MADE);
        assertThrows(FileAlreadyExistsException.class, () -> made.write(file()));
        assertEquals("mine", Files.readString(file()));
    }

    @Test
    void whatIsNoKeyIsSaidWithoutShowingIt() throws Exception {
        PersonKey.generate("anna", MADE).write(file());
        String good = Files.readString(file());
        String secret = good.lines().toList().get(4);
        PersonKey.generate("anna", MADE).write(folder.resolve("other"));
        String other = Files.readString(folder.resolve("other")).lines().toList().get(2);
        check("no line `Public:", good.replace("Public: ", "Key: "), secret);
        check("no block `PRIVATE KEY`", good.replace("PRIVATE KEY", "PUBLIC KEY"), secret);
        check("not base64", good.replace(secret, "!" + secret), secret);
        check("no Ed25519 key", good.replace(secret, "AAAA"), secret);
        check(
                "not that of its private key",
                good.replace(good.lines().toList().get(2), other),
                secret);
        check("no line `Public:", "", secret);
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        PersonKey.generate("anna", MADE).write(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        IOException refused = assertThrows(IOException.class, () -> PersonKey.read(file()));
        assertTrue(said(refused).contains("is open to others"), refused::toString);
        assertTrue(said(refused).contains("let trust name another key"), refused::toString);
    }

    @Test
    void opensslReadsIt() throws Exception {
        PersonKey.generate("anna", MADE).write(file());
        Process openssl;
        try {
            openssl =
                    new ProcessBuilder("openssl", "pkey", "-in", file().toString(), "-noout")
                            .start();
        } catch (IOException e) {
            Assumptions.abort("openssl is not there");
            return;
        }
        assertEquals(0, openssl.waitFor());
    }

    private void check(String words, String text, String secret) throws IOException {
        Files.writeString(file(), text);
        IOException refused = assertThrows(IOException.class, () -> PersonKey.read(file()));
        assertTrue(said(refused).contains(words), refused::toString);
        assertFalse(said(refused).contains(secret), refused::toString);
    }

    private static String said(IOException refused) {
        return requireNonNull(refused.getMessage());
    }

    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file()));
    }

    private Path file() {
        return folder.resolve("anna.key");
    }
}
