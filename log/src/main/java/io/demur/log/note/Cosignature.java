package io.demur.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * A witness's signature of a checkpoint, with the time: C2SP tlog-cosignature, {@code
 * cosignature/v1}. Its bytes are eight of time in seconds, big-endian, and 64 of Ed25519.
 */
public final class Cosignature {

    private static final int BYTES = 8 + 64;

    private Cosignature() {}

    /**
     * Cosigns the text of a checkpoint.
     *
     * @param key the witness's key; its id changes with the kind of signature
     * @param time when; whole seconds count
     */
    public static NoteSignature sign(byte[] text, SigningKey key, Instant time) {
        VerifierKey verifier = verifier(key);
        long seconds = time.getEpochSecond();
        byte[] signature = key.signature(message(seconds, text));
        byte[] bytes = ByteBuffer.allocate(BYTES).putLong(seconds).put(signature).array();
        return new NoteSignature(verifier.name(), verifier.id(), bytes);
    }

    /** The public half of a witness's key. */
    public static VerifierKey verifier(SigningKey key) {
        VerifierKey plain = key.verifier();
        return VerifierKey.of(plain.name(), VerifierKey.Type.COSIGNATURE, plain.key());
    }

    /**
     * When a cosignature says that it was made. Only its own key can say whether it was.
     *
     * @throws IllegalArgumentException where it is not of the length of a cosignature, or of a time
     *     that no clock shows
     */
    public static Instant time(NoteSignature signature) {
        byte[] bytes = signature.bytes();
        long seconds = bytes.length == BYTES ? ByteBuffer.wrap(bytes).getLong() : -1;
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            throw new IllegalArgumentException("no cosignature, or one without a time");
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** Whether a signature of either type is the key's over the text of a note. */
    static boolean holds(VerifierKey key, byte[] text, byte[] signature) {
        return switch (key.type()) {
            case ED25519 -> key.signed(text, signature);
            case COSIGNATURE -> {
                if (signature.length != BYTES) {
                    yield false;
                }
                long seconds = ByteBuffer.wrap(signature).getLong();
                byte[] bare = Arrays.copyOfRange(signature, 8, BYTES);
                yield seconds >= 0 && key.signed(message(seconds, text), bare);
            }
        };
    }

    private static byte[] message(long seconds, byte[] text) {
        byte[] head =
                "cosignature/v1\ntime %d\n".formatted(seconds).getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + text.length);
        System.arraycopy(text, 0, all, head.length, text.length);
        return all;
    }
}
