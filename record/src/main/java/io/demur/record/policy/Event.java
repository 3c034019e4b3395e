package io.demur.record.policy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One entry POLICY, in words.
 *
 * @param index in the log
 * @param digest of the statement
 * @param by names of principals
 */
public record Event(
        long index,
        Instant at,
        String action,
        String digest,
        String direction,
        List<String> by,
        Optional<String> reason,
        Optional<Instant> expires) {}
