package io.demur.record.entry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * POLICY: another policy is proposed or in force.
 *
 * @param action what was done: {@code proposed}, {@code approved}, {@code activated}, {@code
 *     rolled-back}, {@code sealed}
 * @param before the digest of the policy before, in hexadecimal
 * @param after the digest of the policy after
 * @param direction {@code stronger}, {@code weaker} or {@code equal}
 * @param by who signed, as key ids
 * @param reason a reason code
 * @param difference the digest of the list of cells that change
 */
public record PolicyChange(
        Instant at,
        String action,
        Optional<String> before,
        String after,
        String direction,
        List<String> by,
        Optional<String> reason,
        Optional<String> difference)
        implements Entry {

    private static final List<String> ACTIONS =
            List.of("proposed", "approved", "activated", "rolled-back", "sealed");
    private static final List<String> DIRECTIONS = List.of("stronger", "weaker", "equal");

    public PolicyChange {
        at = Words.micros(at);
        Words.oneOf("action", action, ACTIONS);
        before.ifPresent(it -> Words.digest("before", it));
        Words.digest("after", after);
        Words.oneOf("direction", direction, DIRECTIONS);
        by = Words.names("by", by);
        reason.ifPresent(it -> Words.code("reason", it));
        difference.ifPresent(it -> Words.digest("difference", it));
    }

    @Override
    public PolicyChange at(Instant time) {
        return new PolicyChange(time, action, before, after, direction, by, reason, difference);
    }
}
