package io.demur.gateway;

import io.demur.gateway.judge.Judging;
import io.demur.gateway.review.Reviewing;

import java.util.function.LongSupplier;

/** What a gateway stands on, with one thing as a test wants it. */
final class Swapped {

    private Swapped() {}

    /** These say who has a key. */
    static Foundations with(Foundations right, Keys keys) {
        return with(right, keys, right.judging(), right.reviewing(), right.nanos());
    }

    /** Requests are judged so. */
    static Foundations with(Foundations right, Judging judging) {
        return with(right, right.keys(), judging, right.reviewing(), right.nanos());
    }

    /** Answers are reviewed so. */
    static Foundations with(Foundations right, Reviewing reviewing) {
        return with(right, right.keys(), right.judging(), reviewing, right.nanos());
    }

    /** Durations of exchanges are measured so. */
    static Foundations with(Foundations right, LongSupplier nanos) {
        return with(right, right.keys(), right.judging(), right.reviewing(), nanos);
    }

    private static Foundations with(
            Foundations right,
            Keys keys,
            Judging judging,
            Reviewing reviewing,
            LongSupplier nanos) {
        return new Foundations(
                right.trail(),
                right.ids(),
                right.policy(),
                keys,
                right.keyless(),
                right.meter(),
                right.models(),
                judging,
                reviewing,
                right.keeping(),
                right.detector(),
                right.clock(),
                right.running(),
                right.annexes(),
                nanos);
    }
}
