package io.demur.record.keys;

import io.demur.log.journal.Disk;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The key that one person signs policies with. It lies in a file of that person, never among the
 * keys of an installation: who runs a gateway is not thereby somebody who may change its policy.
 *
 * <p>The file begins with lines for people and ends with a PEM block, which {@code openssl pkey}
 * reads. Immutable.
 */
public final class PersonKey {

    private static final int BYTES_MAX = 4_096;
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private final SigningKey key;
    private final byte[] pkcs8;
    private final Instant created;

    private PersonKey(SigningKey key, byte[] pkcs8, Instant created) {
        this.key = key;
        this.pkcs8 = pkcs8;
        this.created = created;
    }

    /** A new key of that name. */
    public static PersonKey generate(String name, Instant created) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new PersonKey(
                    new SigningKey(name, pair.getPublic(), pair.getPrivate()),
                    pair.getPrivate().getEncoded(),
                    created.truncatedTo(ChronoUnit.SECONDS));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException where it is none, or is open to others; never says what stands there
     */
    public static PersonKey read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(BYTES_MAX);
        }
        try {
            PersonKey read = parse(new String(bytes, StandardCharsets.UTF_8));
            KeyFolder.checkClosed(file, "600", "let trust name another key");
            return read;
        } catch (IllegalArgumentException e) {
            throw new IOException("`%s` is no signing key: %s".formatted(file, e.getMessage()));
        }
    }

    private static PersonKey parse(String text) {
        String[] lines = text.split("\n", -1);
        Optional<String> vkey = header(lines, "Public: ");
        if (vkey.isEmpty()) {
            throw new IllegalArgumentException(
                    "it has no line `Public: …`; `demur policy key` makes one");
        }
        int at = Arrays.asList(lines).indexOf(BEGIN);
        int end = Arrays.asList(lines).indexOf(END);
        if (at < 0 || end < at) {
            throw new IllegalArgumentException("it has no block `PRIVATE KEY`");
        }
        byte[] secret;
        try {
            secret =
                    Base64.getDecoder()
                            .decode(String.join("", Arrays.asList(lines).subList(at + 1, end)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its block is not base64");
        }
        SigningKey key = NoteKeys.signer(NoteKeys.vkey(vkey.get()), secret);
        NoteKeys.checkHalves(key);
        return new PersonKey(key, secret, Instant.EPOCH);
    }

    private static Optional<String> header(String[] lines, String name) {
        return Arrays.stream(lines)
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .findFirst();
    }

    /**
     * Writes the file, for its owner alone, whole and on disk.
     *
     * @throws FileAlreadyExistsException where something is there: a key is never replaced
     */
    public void write(Path file) throws IOException {
        Disk disk = new Disk();
        // for its owner alone before there is anything in it; two who do this at once: one fails
        Files.createFile(file, KeyFolder.attributes(file, "rw-------"));
        boolean done = false;
        try (FileChannel channel = disk.open(file)) {
            disk.writeAll(channel, ByteBuffer.wrap(bytes()), 0);
            disk.force(channel, true);
            disk.forceFolder(file.toAbsolutePath().resolveSibling("."));
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
    }

    private byte[] bytes() {
        return """
        Person: %s
        Created: %s
        Public: %s
        %s
        %s
        %s
        """
                .formatted(
                        key.verifier().name(),
                        created,
                        key.verifier(),
                        BEGIN,
                        Base64.getEncoder().encodeToString(pkcs8),
                        END)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The key itself. */
    public SigningKey signing() {
        return key;
    }

    /** Its public half, as trust documents name it. */
    public VerifierKey verifier() {
        return key.verifier();
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return key.toString();
    }
}
