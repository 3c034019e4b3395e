package io.demur.gateway;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies may be in memory at once, those of all requests together, and how many
 * of these may be on their way from one caller: limits are asked only once a body is there, and
 * bodies that come slowly would keep everybody else out until then. Safe for use by several
 * threads.
 */
final class Room {

    private final long most;
    private final long comingMost;
    private final AtomicLong taken = new AtomicLong();
    private final Map<String, Long> coming = new ConcurrentHashMap<>();

    /**
     * Room for so much.
     *
     * @param most of all
     * @param comingMost of one caller, while its bodies are not whole
     */
    Room(long most, long comingMost) {
        this.most = most;
        this.comingMost = comingMost;
    }

    /** A share of the room, of nothing as yet, for a body that comes from this caller. */
    Share share(String caller) {
        return new Share(caller);
    }

    private boolean comes(String caller, long more) {
        long all = Objects.requireNonNull(coming.merge(caller, more, Long::sum));
        coming.remove(caller, 0L);
        return all <= comingMost;
    }

    /** What one body takes, until it is closed. For one thread. */
    final class Share implements AutoCloseable {

        private final String caller;
        private long bytes;
        private boolean whole;
        private boolean closed;

        private Share(String caller) {
            this.caller = caller;
        }

        /** Takes so many bytes in all; says whether there is room, and takes no more where not. */
        boolean upTo(long all) {
            long more = all - bytes;
            if (closed || more <= 0) {
                return !closed;
            }
            boolean fits = comes(caller, more);
            if (taken.addAndGet(more) > most || !fits) {
                taken.addAndGet(-more);
                comes(caller, -more);
                return false;
            }
            bytes = all;
            return true;
        }

        /** All of it is there. */
        void whole() {
            if (!whole) {
                whole = true;
                comes(caller, -bytes);
            }
        }

        @Override
        public void close() {
            if (!closed) {
                whole();
                closed = true;
                taken.addAndGet(-bytes);
            }
        }
    }
}
