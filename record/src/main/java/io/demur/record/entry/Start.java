package io.demur.record.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * START: a process has begun to write.
 *
 * @param program which, such as {@code demur serve}
 * @param version its version
 * @param image the digest of what runs, where that is known
 * @param policy the digest of the policy in force
 */
public record Start(
        Instant at, String program, String version, Optional<String> image, Optional<String> policy)
        implements Entry {

    @Override
    public Start at(Instant time) {
        return new Start(time, program, version, image, policy);
    }
}
