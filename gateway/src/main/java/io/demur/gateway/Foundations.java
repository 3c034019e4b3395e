package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Meter;
import io.demur.core.detect.Detector;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judging;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.review.Reviewing;
import io.demur.gateway.running.Running;
import io.demur.gateway.upstream.Models;
import io.demur.record.Trail;
import io.demur.record.entry.Ids;
import io.demur.record.policy.InForce;

import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the gateway stands on; none of it is the gateway's to close.
 *
 * @param policy what is in force now; asked for each request, so it must be at hand
 * @param keys says who has a key, as of now; likewise
 * @param keyless who somebody without a key is; nothing where nobody is let in so
 * @param running what those who run it ask of it
 * @param annexes what stands beside the exchanges
 * @param nanos the clock that durations of exchanges are measured with, in nanoseconds
 */
public record Foundations(
        Trail trail,
        Ids ids,
        Supplier<InForce> policy,
        Keys keys,
        Supplier<Optional<Caller>> keyless,
        Meter meter,
        Models models,
        Judging judging,
        Reviewing reviewing,
        Keeping keeping,
        Detector detector,
        InstantSource clock,
        Running running,
        Annexes annexes,
        LongSupplier nanos) {
    public Foundations {
        Objects.requireNonNull(trail);
        Objects.requireNonNull(running);
        Objects.requireNonNull(nanos);
    }

    /**
     * Those of a gateway that nobody asks anything but callers, whose exchanges are measured by the
     * clock of the machine.
     */
    public Foundations(
            Trail trail,
            Ids ids,
            Supplier<InForce> policy,
            Keys keys,
            Supplier<Optional<Caller>> keyless,
            Meter meter,
            Models models,
            Judging judging,
            Reviewing reviewing,
            Keeping keeping,
            Detector detector,
            InstantSource clock) {
        this(
                trail,
                ids,
                policy,
                keys,
                keyless,
                meter,
                models,
                judging,
                reviewing,
                keeping,
                detector,
                clock,
                Running.alone(),
                Annexes.NONE,
                System::nanoTime);
    }

    /** The same, run so. */
    public Foundations with(Running other) {
        return with(other, annexes);
    }

    /** The same, and what is held waits there for a person. */
    public Foundations with(Waitlist other) {
        return with(annexes.with(other));
    }

    /** The same, and it is drilled. */
    public Foundations with(Drills other) {
        return with(annexes.with(other));
    }

    /** The same, and what was refused and comes again is seen. */
    public Foundations with(RouteArounds other) {
        return with(annexes.with(other));
    }

    /** The same, and people look at it. */
    public Foundations with(Casework other) {
        return with(annexes.with(other));
    }

    /** The same, and refusals can be appealed against. */
    public Foundations with(Redress other) {
        return with(annexes.with(other));
    }

    private Foundations with(Annexes other) {
        return with(running, other);
    }

    private Foundations with(Running run, Annexes beside) {
        return new Foundations(
                trail, ids, policy, keys, keyless, meter, models, judging, reviewing, keeping,
                detector, clock, run, beside, nanos);
    }
}
