package io.demur.record.keys;

import java.util.Optional;

/**
 * The keys that wrap the keys of subjects, one after another. Destroying an epoch's key destroys
 * all that is still wrapped with it, in whatever backup it lies.
 *
 * <p>Safe for use by several threads.
 */
public interface Epochs {

    /**
     * Wraps a secret with the key of the current epoch.
     *
     * @param context what the secret belongs to; not in the result, and needed again to unwrap
     */
    byte[] wrap(byte[] secret, byte[] context);

    /**
     * Unwraps a secret.
     *
     * @return nothing where the key of its epoch is destroyed
     * @throws IllegalArgumentException for bytes that are no wrapped secret, that were changed, or
     *     that belong to another context
     */
    Optional<byte[]> unwrap(byte[] wrapped, byte[] context);

    /** The id of the current epoch's key. */
    String currentId();

    /**
     * The id of the key that a secret is wrapped with.
     *
     * @throws IllegalArgumentException for bytes that are no wrapped secret
     */
    String idOf(byte[] wrapped);
}
