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

    public Start {
        at = Words.micros(at);
        Words.name("program", program);
        Words.name("version", version);
        image.ifPresent(it -> Words.name("image", it));
        policy.ifPresent(it -> Words.digest("policy", it));
    }

    @Override
    public Start at(Instant time) {
        return new Start(time, program, version, image, policy);
    }
}
