package io.demur.remote;

import io.demur.core.JudgeId;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identities of judges that run elsewhere. Weights behind an address cannot be digested: what is
 * digested is all that is known here, so that the same id means the same question to the same name
 * at the same server, and no more.
 */
final class Digest {

    private Digest() {}

    /** An id over format, model, server and prompt. */
    static JudgeId of(String format, JudgeEndpoint endpoint, String prompt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {format, endpoint.model(), endpoint.server(), prompt}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha.update(bytes);
            }
            String digest = HexFormat.of().formatHex(sha.digest());
            return new JudgeId(format + ":" + endpoint.model(), 1, digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
