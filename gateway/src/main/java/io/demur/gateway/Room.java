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

    /** A share of the room, of nothing as yet. */
    Share share() {
        return new Share();
    }

    /** What one body takes, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private long bytes;
        private boolean closed;

        private Share() {}

        /** Takes so many bytes in all; says whether there is room, and takes no more where not. */
        boolean upTo(long all) {
            long more = all - bytes;
            if (closed || more <= 0) {
                return !closed;
            }
            if (taken.addAndGet(more) > most) {
                taken.addAndGet(-more);
                return false;
            }
            bytes = all;
            return true;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                taken.addAndGet(-bytes);
            }
        }
    }
}
