package io.demur.gateway.drill;

import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.Seen;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which models callers ask: those are drilled, and no others, so that nobody pays for drills of a
 * model that is only on a list. Safe for use by several threads.
 */
public final class Asked implements Seen {

    /** A model that nobody asked for so long is left alone. */
    static final Duration FOR = Duration.ofDays(7);

    private static final int MODELS_MAX = 1_000;

    private final Map<String, Instant> last = new ConcurrentHashMap<>();

    /** Takes note of a model that somebody asked at a time. */
    void note(String model, Instant at) {
        if (last.size() < MODELS_MAX || last.containsKey(model)) {
            last.put(model, at);
        }
    }

    /** Whether callers ask it. */
    boolean isAsked(String model, Instant now) {
        Instant at = last.get(model);
        return at != null && at.plus(FOR).isAfter(now);
    }

    @Override
    public void attempted() {}

    @Override
    public void unwritten() {}

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        String protocol = attempt.protocol();
        if (!protocol.equals(Gate.DRILLS)
                && !protocol.equals(Gate.PROBES)
                && !protocol.contains("embed")) {
            note(attempt.model(), outcome.at());
        }
    }
}
