package io.demur.gateway.probe;

import io.demur.gateway.profile.Subject;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which models are left alone for now, because they came to no profile: each time for twice as
 * long, so that the log is not filled with what is known. For one thread.
 */
final class Pauses {

    private static final Duration MOST = Duration.ofDays(1);

    private final Duration first;
    private final Map<Subject, Pause> pauses = new HashMap<>();

    private record Pause(Duration span, Instant until) {}

    /**
     * Nobody is left alone.
     *
     * @param first for how long, the first time
     */
    Pauses(Duration first) {
        this.first = first;
    }

    /** Whether a model may be probed. */
    boolean isOver(Subject subject, Instant now) {
        Pause pause = pauses.get(subject);
        return pause == null || !now.isBefore(pause.until());
    }

    /** It did not answer; in a while it may. */
    void failed(Subject subject, Instant now) {
        Pause before = pauses.get(subject);
        Duration span = before == null ? first : before.span().multipliedBy(2);
        Duration bounded = span.compareTo(MOST) > 0 ? MOST : span;
        pauses.put(subject, new Pause(bounded, now.plus(bounded)));
    }

    /** It answered that it is not to be asked such things, as the same weights will again. */
    void rejected(Subject subject) {
        pauses.put(subject, new Pause(MOST, Instant.MAX));
    }

    /** Models that are not there any more are forgotten. */
    void keep(Collection<Subject> there) {
        pauses.keySet().retainAll(there);
    }
}
