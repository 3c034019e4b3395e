package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Settings;
import io.demur.record.policy.Statement.PolicyStatement;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One policy that came into force. Immutable.
 *
 * @param since when it came into force
 * @param lapses when it ceases to hold, and what holds from then on: its own expiry, and those that
 *     it has inherited
 * @param before what a roll-back goes to, where one is possible
 * @param statement what was signed, where it came into force as it should
 * @param changes its delay and longest time, as the log says them, for where its file is lost
 * @param problems why it is not believed, exactly where there is no statement; then nothing but
 *     refusing everything is as strong
 */
record Version(
        String digest,
        Instant since,
        List<Lapse> lapses,
        Optional<Version> before,
        Optional<PolicyStatement> statement,
        Optional<Settings.Changes> changes,
        List<Problem> problems) {

    /** From when on something else holds. */
    record Lapse(Instant at, Version to) {}

    Version {
        lapses = List.copyOf(lapses);
        problems = List.copyOf(problems);
        if (problems.isEmpty() != statement.isPresent()) {
            throw new IllegalArgumentException("either it is believed, or there is a problem");
        }
    }

    /** Came into force as it should. */
    boolean believed() {
        return statement.isPresent();
    }

    /** What holds at a time: this, or what comes after it. */
    Version at(Instant time) {
        return next().filter(lapse -> !time.isBefore(lapse.at()))
                .map(lapse -> lapse.to().at(time))
                .orElse(this);
    }

    /** Where it ceases to hold. */
    Optional<Lapse> next() {
        return lapses.stream().min(Comparator.comparing(Lapse::at));
    }

    /** The same, from which no roll-back is possible. */
    Version alone() {
        return new Version(digest, since, lapses, Optional.empty(), statement, changes, problems);
    }

    /** The same, in force anew. */
    Version again(Instant time) {
        return new Version(digest, time, lapses, Optional.empty(), statement, changes, problems);
    }
}
