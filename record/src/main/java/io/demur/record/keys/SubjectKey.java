package io.demur.record.keys;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The one secret behind all bodies of one subject. Salts and record keys are derived from it and
 * stored nowhere, so that destroying this one thing destroys them all.
 *
 * <p>Each derivation is {@code HKDF-SHA-256(key, info = label ‖ 0x00 ‖ attempt ‖ 0x00 ‖ part)}
 * without salt, 32 bytes long. Safe for use by several threads.
 */
public final class SubjectKey {

    /** How long a subject's key is, and all that is derived from it. */
    public static final int BYTES = 32;

    private static final String SALT = "demur salt v1";
    private static final String BODY = "demur body v1";

    private final byte[] key;
    private boolean destroyed;

    private SubjectKey(byte[] key) {
        this.key = key;
    }

    /**
     * The key of these bytes, which are copied.
     *
     * @throws IllegalArgumentException for another length than 32 bytes
     */
    public static SubjectKey of(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a subject's key has 32 bytes, not " + key.length);
        }
        return new SubjectKey(key.clone());
    }

    /** A new one. */
    public static SubjectKey random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new SubjectKey(key);
    }

    /**
     * What the commitment to a body is salted with.
     *
     * @param part {@code request} or {@code reply}, or another part that is committed to
     */
    public byte[] salt(String attempt, String part) {
        return derive(SALT, attempt, part);
    }

    /** What a body is encrypted with: AES-256. */
    public byte[] recordKey(String attempt, String part) {
        return derive(BODY, attempt, part);
    }

    /** A copy of the key itself, to be wrapped. */
    public synchronized byte[] bytes() {
        if (destroyed) {
            throw new IllegalStateException("this subject's key is destroyed");
        }
        return key.clone();
    }

    /** Overwrites the key in memory. Nothing can be derived from it any more. */
    public synchronized void destroy() {
        Arrays.fill(key, (byte) 0);
        destroyed = true;
    }

    private byte[] derive(String label, String attempt, String part) {
        if (attempt.isEmpty()
                || part.isEmpty()
                || attempt.indexOf('\0') >= 0
                || part.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "`%s`, `%s`: an attempt and a part are not empty and hold no zero byte"
                            .formatted(attempt, part));
        }
        byte[] info = (label + '\0' + attempt + '\0' + part).getBytes(StandardCharsets.UTF_8);
        byte[] secret = bytes();
        try {
            return Hkdf.derive(new byte[0], secret, info, BYTES);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** Names the key, never shows it. */
    @Override
    public String toString() {
        return "a subject's key";
    }
}
