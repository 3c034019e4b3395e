package io.demur.record.keys;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What may be known of a key: all but the secret.
 *
 * @param id eight hexadecimal digits, unique within a ring; for a key with a public half the key id
 *     of signed-note
 * @param created when, to the microsecond; later than every older one of its purpose
 * @param publicKey the vkey, where there is a public half
 */
public record Key(
        Purpose purpose, String id, Instant created, State state, Optional<String> publicKey) {

    /** What a key is for. No key has two purposes. */
    public enum Purpose {
        /** Signs the log's checkpoints: Ed25519. */
        LOG,
        /** Wraps the keys of subjects, for one epoch: AES-256. */
        BODIES,
        /** Makes pseudonyms and keyed hashes of what must not stand in the log: HMAC-SHA-256. */
        HMAC;

        /** As entries, files and the command line write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a key is in its life. */
    public enum State {
        /** Made, and not yet in use: the log does not know of it yet. */
        PENDING,
        /** In use. There is one for each purpose. */
        CURRENT,
        /** Replaced, and the log does not know it yet. */
        LEAVING,
        /** Replaced: checks and unwraps what is old, makes nothing new. */
        RETIRED,
        /** Not to be trusted. */
        REVOKED;

        /** As files write it: all have seven letters, so that one can be written over another. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
