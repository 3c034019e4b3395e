package io.demur.record.entry;

import io.demur.core.charter.Settings;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * POLICY: another policy is proposed or in force, or other signatures count.
 *
 * @param action what was done: {@code proposed}, {@code approved}, {@code activated}, {@code
 *     rolled-back}, {@code sealed}, {@code trusted}
 * @param before the digest of the policy before, in hexadecimal; where the action is about
 *     signatures that count, the digest of the trust statement before
 * @param after the digest of the policy after, or of the trust statement after
 * @param direction {@code stronger}, {@code weaker} or {@code equal}
 * @param by who signed, as key ids
 * @param reason a reason code
 * @param difference the digest of the list of cells that change
 * @param statement the digest of the signed statement that this was done by
 * @param serial the statement's
 * @param expires the statement's
 * @param delay of a policy that was activated: how long a weakening of it waits
 * @param longest of a policy that was activated: how long a weakening of it may last
 */
public record PolicyChange(
        Instant at,
        String action,
        Optional<String> before,
        String after,
        String direction,
        List<String> by,
        Optional<String> reason,
        Optional<String> difference,
        Optional<String> statement,
        OptionalLong serial,
        Optional<Instant> expires,
        Optional<Duration> delay,
        Optional<Duration> longest)
        implements Entry {

    private static final List<String> ACTIONS =
            List.of("proposed", "approved", "activated", "rolled-back", "sealed", "trusted");
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
        statement.ifPresent(it -> Words.digest("statement", it));
        serial.ifPresent(it -> Words.count("serial", it));
        expires = expires.map(Words::micros);
        delay.ifPresent(it -> Words.count("delay", it.toSeconds()));
        longest.ifPresent(it -> Words.count("longest", it.toSeconds()));
        delay = delay.map(it -> it.truncatedTo(ChronoUnit.SECONDS));
        longest = longest.map(it -> it.truncatedTo(ChronoUnit.SECONDS));
    }

    /** How its policy may be changed, where the entry says that. */
    public Optional<Settings.Changes> changes() {
        return delay.flatMap(wait -> longest.map(most -> new Settings.Changes(wait, most)));
    }

    /** A change that names no statement. */
    public PolicyChange(
            Instant at,
            String action,
            Optional<String> before,
            String after,
            String direction,
            List<String> by,
            Optional<String> reason,
            Optional<String> difference) {
        this(
                at,
                action,
                before,
                after,
                direction,
                by,
                reason,
                difference,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public PolicyChange at(Instant time) {
        return new PolicyChange(
                time,
                action,
                before,
                after,
                direction,
                by,
                reason,
                difference,
                statement,
                serial,
                expires,
                delay,
                longest);
    }
}
