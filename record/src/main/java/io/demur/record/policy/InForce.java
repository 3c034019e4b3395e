package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What decides now. */
public sealed interface InForce {

    /** How the policy is kept; as usual where there is none, and everything is refused. */
    default Settings settings() {
        return switch (this) {
            case Active active -> active.charter().settings();
            case RefuseAll none -> Settings.USUAL;
        };
    }

    /**
     * A policy.
     *
     * @param digest of its statement
     * @param until when it ceases to hold, where it does; then the one before it holds again
     * @param settingUp whether the deployment is not sealed yet
     */
    record Active(
            Charter charter, String digest, long serial, Optional<Instant> until, boolean settingUp)
            implements InForce {}

    /**
     * Everything is refused, because there is no policy to be believed.
     *
     * @param problems which file, what is wrong, and what to do
     */
    record RefuseAll(List<Problem> problems) implements InForce {
        public RefuseAll {
            problems = List.copyOf(problems);
        }
    }
}
