package io.demur.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long one exchange takes, and how much of that is the gateway's own: all but the time in which
 * it waits for somebody else, which is a model's server or the caller. For one virtual thread.
 */
final class Stopwatch {

    private final LongSupplier nanos;
    private final long started;
    private long elsewhere;

    /**
     * One that starts now.
     *
     * @param nanos the clock that durations are measured with, in nanoseconds from anywhere
     */
    Stopwatch(LongSupplier nanos) {
        this.nanos = nanos;
        started = nanos.getAsLong();
    }

    /**
     * What it shows.
     *
     * @param taken from the start on
     * @param own how much of that the gateway took, and nobody else
     */
    record Times(Duration taken, Duration own) {}

    /** Something that somebody else is waited for with. */
    @FunctionalInterface
    interface Wait<T, E extends Exception> {
        T end() throws E;
    }

    /** Waits for somebody else. */
    <T, E extends Exception> T elsewhere(Wait<T, E> wait) throws E {
        long from = nanos.getAsLong();
        try {
            return wait.end();
        } finally {
            elsewhere += nanos.getAsLong() - from;
        }
    }

    /** The same, where nothing comes of it. */
    void elsewhere(Runnable wait) {
        long from = nanos.getAsLong();
        try {
            wait.run();
        } finally {
            elsewhere += nanos.getAsLong() - from;
        }
    }

    /** Takes note that somebody else was waited for. */
    void elsewhere(Duration waited) {
        elsewhere += waited.toNanos();
    }

    /** What it shows now. */
    Times read() {
        long taken = nanos.getAsLong() - started;
        // who else was waited for is measured by others, and no outcome is lost over that
        long own = Math.clamp(taken - elsewhere, 0, Math.max(0, taken));
        return new Times(Duration.ofNanos(taken), Duration.ofNanos(own));
    }
}
