package io.demur.record.keys;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One key as its file holds it: a few lines for people, then a PEM block (RFC 7468 lets text stand
 * before one), which {@code openssl pkey} reads where it is a private key.
 *
 * @param secret PKCS#8 for a key that signs, 32 bytes for others
 */
@SuppressWarnings("ArrayRecordComponent") // compared by the methods below
record KeyFile(Key key, byte[] secret) {

    /** Longer files are no keys. */
    static final int BYTES_MAX = 4_096;

    /** Where the state stands: always the same bytes, and near the start of the file. */
    static final int STATE_AT = "State: ".length();

    private static final String PRIVATE = "PRIVATE KEY";
    private static final String SECRET = "DEMUR SECRET KEY";
    private static final List<String> HEADERS = List.of("Purpose", "Id", "Created");

    /** The file's name. */
    static String name(Key key) {
        return "%s-%s.key".formatted(key.purpose().word(), key.id());
    }

    byte[] bytes() {
        String label = key.purpose() == Key.Purpose.LOG ? PRIVATE : SECRET;
        StringBuilder text = new StringBuilder();
        text.append("State: ").append(key.state().word()).append('\n');
        text.append("Purpose: ").append(key.purpose().word()).append('\n');
        text.append("Id: ").append(key.id()).append('\n');
        text.append("Created: ").append(key.created()).append('\n');
        key.publicKey().ifPresent(it -> text.append("Public: ").append(it).append('\n'));
        text.append("-----BEGIN ").append(label).append("-----\n");
        text.append(Base64.getEncoder().encodeToString(secret)).append('\n');
        text.append("-----END ").append(label).append("-----\n");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException where it is none, saying what is wrong but never what stands
     *     there
     */
    static KeyFile parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        int at = 0;
        while (at < lines.length && !lines[at].startsWith("-----")) {
            int colon = lines[at].indexOf(": ");
            if (colon < 1
                    || headers.put(lines[at].substring(0, colon), lines[at].substring(colon + 2))
                            != null) {
                throw new IllegalArgumentException(
                        "line %d is no `Name: value` of its own".formatted(at + 1));
            }
            at++;
        }
        if (headers.isEmpty() || !lines[0].startsWith("State: ")) {
            throw new IllegalArgumentException("the first line is not `State: …`");
        }
        for (String header : HEADERS) {
            if (!headers.containsKey(header)) {
                throw new IllegalArgumentException("no line `%s: …`".formatted(header));
            }
        }
        Key.Purpose purpose = purpose(headers.getOrDefault("Purpose", ""));
        String label = purpose == Key.Purpose.LOG ? PRIVATE : SECRET;
        if (lines.length != at + 4
                || !lines[at].equals("-----BEGIN " + label + "-----")
                || !lines[at + 2].equals("-----END " + label + "-----")
                || !lines[at + 3].isEmpty()) {
            throw new IllegalArgumentException(
                    "not one block `%s` of one line at the end".formatted(label));
        }
        String id = headers.getOrDefault("Id", "");
        if (!id.matches("[0-9a-f]{8}")) {
            throw new IllegalArgumentException("an id has eight hexadecimal digits");
        }
        Key key =
                new Key(
                        purpose,
                        id,
                        instant(headers.getOrDefault("Created", "")),
                        state(headers.getOrDefault("State", "")),
                        Optional.ofNullable(headers.get("Public")));
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(lines[at + 1]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the block is not base64");
        }
        if (purpose != Key.Purpose.LOG && secret.length != SubjectKey.BYTES) {
            throw new IllegalArgumentException("a secret key has 32 bytes, not " + secret.length);
        }
        if (purpose == Key.Purpose.LOG && key.publicKey().isEmpty()) {
            throw new IllegalArgumentException("no line `Public: …`");
        }
        return new KeyFile(key, secret);
    }

    KeyFile in(Key.State state) {
        return new KeyFile(
                new Key(key.purpose(), key.id(), key.created(), state, key.publicKey()), secret);
    }

    private static Key.Purpose purpose(String word) {
        for (Key.Purpose purpose : Key.Purpose.values()) {
            if (purpose.word().equals(word)) {
                return purpose;
            }
        }
        throw new IllegalArgumentException("`Purpose:` is log, bodies or hmac");
    }

    private static Key.State state(String word) {
        for (Key.State state : Key.State.values()) {
            if (state.word().equals(word)) {
                return state;
            }
        }
        throw new IllegalArgumentException(
                "`State:` is pending, current, leaving, retired or revoked");
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("`Created:` is no time");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyFile that
                && key.equals(that.key)
                && Arrays.equals(secret, that.secret);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return key.toString();
    }
}
