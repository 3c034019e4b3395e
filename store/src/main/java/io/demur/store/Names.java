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

/**
 * Names of principals, each sealed by the key of the subject that it names: they can be shown in
 * lists, and are gone with that key, in backups too.
 */
final class Names {

    private static final String PART = "name";
    private static final int NONCE_BYTES = 12;

    private final Subjects subjects;
    private final SecureRandom random;

    Names(Subjects subjects, SecureRandom random) {
        this.subjects = subjects;
        this.random = random;
    }

    String pseudonym(String name) throws StoreFailed {
        return subjects.pseudonym(name);
    }

    Optional<String> find(String name) throws StoreFailed {
        return subjects.find(name);
    }

    byte[] seal(DSLContext db, String id, String name) throws StoreRefused {
        SubjectKey key =
                subjects.key(db, id)
                        .orElseThrow(
                                () ->
                                        new StoreRefused(
                                                "the subject `%s` is being erased".formatted(id)));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    Bodies.crypt(
                            Cipher.ENCRYPT_MODE,
                            key,
                            id,
                            PART,
                            nonce,
                            name.getBytes(StandardCharsets.UTF_8));
            byte[] whole = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, whole, NONCE_BYTES, sealed.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        } finally {
            key.destroy();
        }
    }

    /** The name; nothing where its key is gone or it was tampered with. */
    Optional<String> open(DSLContext db, String id, byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            Optional<SubjectKey> key = subjects.key(db, id);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            byte[] name =
                    Bodies.crypt(
                            Cipher.DECRYPT_MODE,
                            key.get(),
                            id,
                            PART,
                            Arrays.copyOf(sealed, NONCE_BYTES),
                            Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length));
            key.get().destroy();
            return Optional.of(new String(name, StandardCharsets.UTF_8));
        } catch (StoreRefused | AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}
