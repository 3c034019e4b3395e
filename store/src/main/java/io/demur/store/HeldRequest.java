package io.demur.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request that was held for a person, and what became of it.
 *
 * @param attempt by which it is known
 * @param principal whose it is, as a pseudonym
 * @param digest keyed, by which the same request is known when it comes again
 * @param rules of the policy that held it, the decisive one first
 * @param hazard for which it was held, where one was named
 * @param expires until when a person may decide; what was refused stays so until then
 * @param decided what a person said of it, where somebody did
 * @param usedBy the attempt that made use of the release
 */
public record HeldRequest(
        String attempt,
        String principal,
        Optional<String> project,
        String model,
        String protocol,
        String digest,
        List<String> rules,
        Optional<String> hazard,
        Instant created,
        Instant expires,
        State state,
        Optional<Said> decided,
        Optional<String> usedBy) {

    /** What is to be done with it. */
    public enum State {
        /** Nobody has looked yet. */
        WAITING,
        /** Somebody has released it, and the log does not have that yet. */
        RELEASING,
        /** It may be asked once more. */
        RELEASED,
        REFUSED,
        /** It was released, and asked once more. */
        USED,
        /** Nobody looked in time, or it was not asked again in time. */
        EXPIRED
    }

    /**
     * What a person said.
     *
     * @param reviewer who, as the log names them
     * @param reason a reason code
     * @param until when a release ends
     */
    public record Said(Instant at, String reviewer, String reason, Optional<Instant> until) {}

    public HeldRequest {
        rules = List.copyOf(rules);
    }
}
