package io.demur.record.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with HMAC-SHA-256: RFC 5869. The JDK has it only from release 25 on. */
final class Hkdf {

    private static final int HASH_BYTES = 32;

    private Hkdf() {}

    /**
     * Extract and expand in one.
     *
     * @param salt may be empty: then it stands for 32 zeros, as the RFC says
     * @param bytes how long the result is: 1 to 8,160
     */
    static byte[] derive(byte[] salt, byte[] secret, byte[] info, int bytes) {
        if (bytes < 1 || bytes > 255 * HASH_BYTES) {
            throw new IllegalArgumentException("HKDF gives 1 to 8160 bytes, not " + bytes);
        }
        byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_BYTES] : salt, secret);
        byte[] out = new byte[bytes];
        byte[] block = {};
        for (int done = 0, counter = 1; done < bytes; counter++) {
            byte[] message = Arrays.copyOf(block, block.length + info.length + 1);
            System.arraycopy(info, 0, message, block.length, info.length);
            message[message.length - 1] = (byte) counter;
            block = hmac(extracted, message);
            int taken = Math.min(block.length, bytes - done);
            System.arraycopy(block, 0, out, done, taken);
            done += taken;
        }
        Arrays.fill(extracted, (byte) 0);
        Arrays.fill(block, (byte) 0);
        return out;
    }

    static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }
}
