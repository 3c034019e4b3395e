package io.demur.gateway.incident;

import io.demur.store.RequestPrint;
import io.demur.store.StoreFailed;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Requests that are to be compared later: for want of room, or because the store failed, or because
 * whoever was to do it was killed. Safe for use by several threads.
 */
final class Backlog {

    private static final System.Logger LOGGER = System.getLogger(Backlog.class.getName());

    /** How many are known by name; the store knows the others. */
    private static final int LEFT_MAX = 10_000;

    /** So many of these are taken up at a look. */
    private static final int TAKEN_UP = 200;

    private final RouteArounds of;
    private final Duration grace;
    private final LinkedHashSet<String> left = new LinkedHashSet<>();

    /**
     * Nothing waits yet.
     *
     * @param grace so long an exchange may still be under way
     */
    Backlog(RouteArounds of, Duration grace) {
        this.of = of;
        this.grace = grace;
    }

    synchronized void leave(String attempt) {
        if (left.size() < LEFT_MAX) {
            left.add(attempt); // the store has the others
        }
    }

    synchronized int size() {
        return left.size();
    }

    /** Takes up what was left here, as far as there is room. */
    void takeUp() throws StoreFailed {
        for (String attempt : all()) {
            if (!of.hasRoom()) {
                break;
            }
            over(attempt);
            try {
                takeUp(attempt);
            } catch (StoreFailed e) {
                leave(attempt); // behind the others, in whose way it may be
                throw e;
            }
        }
    }

    private synchronized List<String> all() {
        return List.copyOf(left);
    }

    private synchronized void over(String attempt) {
        left.remove(attempt);
    }

    private void takeUp(String attempt) throws StoreFailed {
        try {
            Optional<RequestPrint> row = of.prints.find(attempt).filter(it -> !it.compared());
            if (row.isPresent()) {
                takeUp(row.get());
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.ERROR, "`{0}` is not compared: {1}", attempt, e.getClass().getName());
        }
    }

    /** Takes up what nobody has compared, and was written before a time. */
    void takeUp(Instant before) throws StoreFailed {
        for (RequestPrint row : of.prints.uncompared(before, TAKEN_UP)) {
            takeUp(row);
        }
    }

    private void takeUp(RequestPrint row) {
        Optional<Footprint> footprint = Footprint.of(row);
        Instant underWay = of.now().minus(grace);
        if (footprint.filter(it -> it.isUnderWay(underWay)).isPresent()) {
            return;
        }
        if (footprint.isPresent()) {
            of.compare(new Comparing(of, footprint.get(), Optional.empty(), true, of.inForce()));
        } else {
            of.compared.add(row.attempt()); // it was said, and stays as it is
        }
    }
}
