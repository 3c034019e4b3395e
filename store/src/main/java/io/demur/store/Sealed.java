package io.demur.store;

import io.demur.record.keys.SubjectKey;

import org.jooq.DSLContext;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Small things in rows, each sealed by the key of a subject: they are gone with that key, in
 * backups too. What is sealed says what it is and of what, so that none can be put in another's
 * place.
 */
final class Sealed {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Bytes; less than eight thousand at a time never reach the processor's own instructions. */
    private static final int PIECE = 8 << 10;

    private final Subjects subjects;
    private final SecureRandom random;

    Sealed(Subjects subjects, SecureRandom random) {
        this.subjects = subjects;
        this.random = random;
    }

    /**
     * Seals something; nothing where the subject's key is gone.
     *
     * @param of what it belongs to
     * @param part what it is
     */
    Optional<byte[]> seal(DSLContext db, String subject, String of, String part, byte[] bytes)
            throws StoreRefused {
        Optional<SubjectKey> key = subjects.key(db, subject);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(seal(key.get(), of, part, bytes, random));
        } finally {
            key.get().destroy();
        }
    }

    /** What was sealed; nothing where its key is gone or it was tampered with. */
    Optional<byte[]> open(DSLContext db, String subject, String of, String part, byte[] sealed) {
        try {
            Optional<SubjectKey> key = subjects.key(db, subject);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            try {
                return open(key.get(), of, part, sealed);
            } finally {
                key.get().destroy();
            }
        } catch (StoreRefused e) {
            return Optional.empty();
        }
    }

    /** Nonce and ciphertext. */
    static byte[] seal(SubjectKey key, String of, String part, byte[] bytes, SecureRandom random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, of, part, nonce, bytes);
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** What nonce and ciphertext stand for; nothing where they were tampered with. */
    static Optional<byte[]> open(SubjectKey key, String of, String part, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        byte[] text = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        try {
            return Optional.of(crypt(Cipher.DECRYPT_MODE, key, of, part, nonce, text));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Seals or opens; what is sealed opens in its own place alone. */
    private static byte[] crypt(
            int mode, SubjectKey key, String attempt, String part, byte[] nonce, byte[] text)
            throws GeneralSecurityException {
        byte[] recordKey = key.recordKey(attempt, part);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(recordKey, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD((attempt + '\0' + part).getBytes(StandardCharsets.UTF_8));
            return inPieces(cipher, text);
        } finally {
            Arrays.fill(recordKey, (byte) 0);
        }
    }

    /**
     * In one piece, a JVM would go on interpreting the cipher until some thousands of long texts
     * have been sealed: fifty times as long.
     */
    private static byte[] inPieces(Cipher cipher, byte[] text) throws GeneralSecurityException {
        byte[] made = new byte[cipher.getOutputSize(text.length)];
        int from = 0;
        int to = 0;
        while (text.length - from > PIECE) {
            to += cipher.update(text, from, PIECE, made, to);
            from += PIECE;
        }
        to += cipher.doFinal(text, from, text.length - from, made, to);
        return to == made.length ? made : Arrays.copyOf(made, to);
    }
}
