package io.demur.gateway;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A clock whose time passes when a test says so. Safe for use by several threads. */
final class Hands implements LongSupplier {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final AtomicInteger read = new AtomicInteger();

    @Override
    public long getAsLong() {
        long now = nanos.get();
        read.incrementAndGet();
        return now;
    }

    /** Lets time pass. */
    Duration pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        return time;
    }

    /** How often somebody has looked. */
    int read() {
        return read.get();
    }
}
