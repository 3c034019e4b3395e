package io.demur.gateway;

import io.demur.core.access.Caller;
import io.demur.core.access.Meter;
import io.demur.core.detect.Detector;
import io.demur.gateway.casework.Casework;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.hold.Waitlist;
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
import java.util.function.Supplier;

/**
 * What the gateway stands on; none of it is the gateway's to close.
 *
 * @param policy what is in force now; asked for each request, so it must be at hand
 * @param keys says who has a key, as of now; likewise
 * @param keyless who somebody without a key is; nothing where nobody is let in so
 * @param running what those who run it ask of it
 * @param waitlist where what is held waits; nothing where nobody looks at it
 * @param drills what it has in common with its drills; nothing where there are none
 * @param casework what people look at; nothing where nobody does
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
        Optional<Waitlist> waitlist,
        Optional<Drills> drills,
        Optional<Casework> casework) {
    public Foundations {
        Objects.requireNonNull(trail);
        Objects.requireNonNull(running);
    }

    /** Those of a gateway at whose work nobody looks. */
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
            InstantSource clock,
            Running running,
            Optional<Waitlist> waitlist,
            Optional<Drills> drills) {
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
                running,
                waitlist,
                drills,
                Optional.empty());
    }

    /** Those of a gateway that nobody asks anything but callers. */
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
                Optional.empty(),
                Optional.empty());
    }

    /** The same, run so. */
    public Foundations with(Running other) {
        return with(other, waitlist, drills, casework);
    }

    /** The same, and what is held waits there for a person. */
    public Foundations with(Waitlist other) {
        return with(running, Optional.of(other), drills, casework);
    }

    /** The same, and it is drilled. */
    public Foundations with(Drills other) {
        return with(running, waitlist, Optional.of(other), casework);
    }

    /** The same, and people look at what it did. */
    public Foundations with(Casework other) {
        return with(running, waitlist, drills, Optional.of(other));
    }

    private Foundations with(
            Running run,
            Optional<Waitlist> waiting,
            Optional<Drills> drilled,
            Optional<Casework> cases) {
        return new Foundations(
                trail, ids, policy, keys, keyless, meter, models, judging, reviewing, keeping,
                detector, clock, run, waiting, drilled, cases);
    }
}
