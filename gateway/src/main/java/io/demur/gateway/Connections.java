package io.demur.gateway;

import io.demur.gateway.offload.Deadlines;
import io.demur.gateway.offload.Deadlines.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The connections of all verticles: how many there may be, and how long one may stay open that asks
 * nothing. While something is asked on it, a connection has all the time that the exchange has.
 * Safe for use by several threads.
 */
final class Connections {

    private final int most;
    private final Duration headWithin;
    private final Duration idleWithin;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<HttpConnection, Line> lines = new ConcurrentHashMap<>();

    /**
     * Bounds for connections.
     *
     * @param most how many may be open at once
     * @param headWithin how long one may take until its first request has come
     * @param idleWithin how long one may take from one request to the next
     */
    Connections(int most, Duration headWithin, Duration idleWithin) {
        this.most = most;
        this.headWithin = headWithin;
        this.idleWithin = idleWithin;
    }

    /** Takes note of a new one; closes it where there are too many, or once it asks for nothing. */
    void opened(Vertx vertx, HttpConnection connection) {
        boolean tooMany = open.incrementAndGet() > most;
        Line line = new Line(vertx.getOrCreateContext(), connection);
        lines.put(connection, line);
        connection.closeHandler(
                closed -> {
                    open.decrementAndGet();
                    lines.remove(connection);
                    line.stop();
                });
        if (tooMany) {
            var unused = connection.close();
        } else {
            line.wait(headWithin);
        }
    }

    /**
     * A request has come: nobody waits for one.
     *
     * @return whether it is to be served: not behind one that was refused together with its
     *     connection, since nobody knows where that one ends
     */
    boolean begun(HttpConnection connection) {
        Line line = lines.get(connection);
        if (line == null || line.refused) {
            return false;
        }
        line.begin();
        return true;
    }

    /** Nothing that comes on it any more is served. */
    void refuse(HttpConnection connection) {
        Optional.ofNullable(lines.get(connection)).ifPresent(line -> line.refused = true);
    }

    /** It is answered. */
    void ended(HttpConnection connection) {
        Optional.ofNullable(lines.get(connection)).ifPresent(line -> line.end(idleWithin));
    }

    /** One connection; used by its own verticle alone. */
    private static final class Line {

        private final Context context;
        private final HttpConnection connection;
        private Optional<Deadline> idle = Optional.empty();
        private long waits;
        private int under;
        private volatile boolean refused;

        Line(Context context, HttpConnection connection) {
            this.context = context;
            this.connection = connection;
        }

        void begin() {
            under++;
            stop();
        }

        void end(Duration within) {
            under--;
            if (under == 0) {
                wait(within);
            }
        }

        /** A whole head must come within that time, not some piece of one. */
        void wait(Duration within) {
            stop();
            long mine = waits;
            idle =
                    Optional.of(
                            Deadlines.in(
                                    within, () -> context.runOnContext(unused -> close(mine))));
        }

        /** Unless something has come since. */
        private void close(long wait) {
            if (waits == wait) {
                connection.close();
            }
        }

        void stop() {
            waits++;
            idle.ifPresent(Deadline::close);
            idle = Optional.empty();
        }
    }
}
