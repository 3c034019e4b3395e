package io.demur.record;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes as a test sets it. */
public final class SetClock implements InstantSource {

    private volatile Instant now;

    public SetClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void set(Instant time) {
        now = time;
    }
}
