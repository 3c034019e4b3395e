package io.demur.gateway;

import io.demur.core.detect.Detector;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.hold.Waitlist;
import io.demur.gateway.incident.RouteArounds;
import io.demur.gateway.judge.Judging;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.review.Reviewing;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What every exchange needs; made once.
 *
 * @param detector says whether a model's answer is a refusal, for the record
 * @param waitlist where what is held waits; nothing where nobody looks at it
 * @param incidents sees what was refused and comes again; nothing where nobody looks for that
 * @param nanos the clock that durations are measured with
 * @param turnstile lets requests in to be judged
 * @param answeredWithin how long one exchange may take in all
 */
record Parts(
        Gate gate,
        Judging judging,
        Reviewing reviewing,
        Keeping keeping,
        Detector detector,
        Refusals refusals,
        Optional<Waitlist> waitlist,
        Optional<RouteArounds> incidents,
        InstantSource clock,
        LongSupplier nanos,
        Turnstile turnstile,
        Duration answeredWithin) {}
