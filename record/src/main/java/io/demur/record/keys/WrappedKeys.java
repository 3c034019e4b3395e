package io.demur.record.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps with AES-256-GCM under keys that are looked up at each use, so that a key which is rotated
 * or destroyed is so at once for who uses the same ring; a ring of another process has to be opened
 * anew.
 *
 * <p>A wrapped secret is {@code 0x01 ‖ length of the id ‖ id ‖ nonce (12 bytes) ‖ ciphertext with
 * tag}; everything before the nonce, and after it the context, is authenticated too.
 */
public final class WrappedKeys implements Epochs {

    private static final int VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Supplier<String> current;
    private final Function<String, Optional<byte[]>> keys;
    private final SecureRandom random;

    /**
     * Wraps with the keys of a ring, or of a test.
     *
     * @param current the id of the key to wrap with
     * @param keys the 32 bytes of a key, or nothing where it is destroyed
     */
    public WrappedKeys(
            Supplier<String> current,
            Function<String, Optional<byte[]>> keys,
            SecureRandom random) {
        this.current = current;
        this.keys = keys;
        this.random = random;
    }

    @Override
    public byte[] wrap(byte[] secret, byte[] context) {
        String id = currentId();
        byte[] key =
                keys.apply(id)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "the key `%s` is gone".formatted(id)));
        byte[] name = id.getBytes(StandardCharsets.US_ASCII);
        byte[] header = new byte[2 + name.length];
        header[0] = VERSION;
        header[1] = (byte) name.length;
        System.arraycopy(name, 0, header, 2, name.length);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, header, context).doFinal(secret);
            return ByteBuffer.allocate(header.length + nonce.length + sealed.length)
                    .put(header)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be wrapped", e);
        }
    }

    @Override
    public Optional<byte[]> unwrap(byte[] wrapped, byte[] context) {
        String id = idOf(wrapped);
        Optional<byte[]> key = keys.apply(id);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        int nonceAt = 2 + id.length();
        byte[] header = Arrays.copyOf(wrapped, nonceAt);
        byte[] nonce = Arrays.copyOfRange(wrapped, nonceAt, nonceAt + NONCE_BYTES);
        int sealedAt = nonceAt + NONCE_BYTES;
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, key.get(), nonce, header, context)
                            .doFinal(wrapped, sealedAt, wrapped.length - sealedAt));
        } catch (AEADBadTagException e) {
            throw new IllegalArgumentException(
                    "a secret wrapped with `%s` was changed, or belongs elsewhere".formatted(id),
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key could not be unwrapped", e);
        }
    }

    @Override
    public String currentId() {
        return current.get();
    }

    @Override
    public String idOf(byte[] wrapped) {
        if (wrapped.length < 2 || wrapped[0] != VERSION) {
            throw new IllegalArgumentException("not a wrapped secret");
        }
        int length = wrapped[1] & 0xFF;
        if (length == 0 || wrapped.length < 2 + length + NONCE_BYTES + TAG_BITS / 8) {
            throw new IllegalArgumentException("a wrapped secret that is cut off");
        }
        for (int i = 2; i < 2 + length; i++) {
            if (wrapped[i] <= ' ' || wrapped[i] == 127) {
                throw new IllegalArgumentException("a wrapped secret with no key's id");
            }
        }
        return new String(wrapped, 2, length, StandardCharsets.US_ASCII);
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] header, byte[] context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD(context);
        return cipher;
    }
}
