package io.demur.gateway.judge;

import io.demur.core.charter.Scope;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.scope.ScopeJudge;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who judges requests.
 *
 * @param quick judges all of them
 * @param second is asked where the quick one is within the policy's band, on a thread of its own
 * @param scopes makes the judge of a deployment's scope; may take long
 * @param patience how long an exchange waits for the second judge and that of scope
 * @param longest how long it waits for very long texts to be read
 */
public record Judges(
        LinearHarm quick,
        Optional<HarmPredictor> second,
        Optional<Function<Scope, ScopeJudge>> scopes,
        Duration patience,
        Duration longest) {

    /** How long is waited where nobody says otherwise. */
    public static final Duration PATIENCE = Duration.ofMillis(500);

    /** Long enough for the largest body that is taken. */
    public static final Duration LONGEST = Duration.ofSeconds(20);

    public Judges {
        Objects.requireNonNull(quick);
        Objects.requireNonNull(second);
        Objects.requireNonNull(scopes);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(longest);
    }

    /** The quick judge that comes with this version, and nobody else. */
    public static Judges quickAlone() {
        return new Judges(
                LinearHarm.shipped(), Optional.empty(), Optional.empty(), PATIENCE, LONGEST);
    }

    /** The same with a second judge. */
    public Judges with(HarmPredictor other) {
        return new Judges(quick, Optional.of(other), scopes, patience, longest);
    }

    /** The same with judges of scope. */
    public Judges with(Function<Scope, ScopeJudge> making) {
        return new Judges(quick, second, Optional.of(making), patience, longest);
    }

    /** The same, waited for longer or less long. */
    public Judges waitingFor(Duration most) {
        return new Judges(quick, second, scopes, most, longest);
    }
}
