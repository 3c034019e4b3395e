package io.demur.gateway;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be in memory at once, those of all requests together. Safe for use
 * by several threads.
 */
final class Room {

    private final long most;
    private final AtomicLong taken = new AtomicLong();

    Room(long most) {
        this.most = most;
    }

    /** Takes so many bytes; says whether there was room for them, and takes nothing where not. */
    boolean take(long bytes) {
        if (taken.addAndGet(bytes) <= most) {
            return true;
        }
        taken.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
