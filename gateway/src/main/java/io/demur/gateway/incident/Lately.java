package io.demur.gateway.incident;

import io.demur.store.RequestPrint;
import io.demur.store.RequestPrints;
import io.demur.store.StoreFailed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What principals have sent lately, of whom anything was refused: the words and the point of each.
 * It is read from the store, and then for a moment not again, as long as no other gateway writes
 * there: what this one adds is known at once. Safe for use by several threads, none of them
 * virtual.
 */
final class Lately {

    /** So many of a principal's last requests are looked at. */
    static final int MAX = 32;

    /** So many are known; for a request that is older than these the store is asked. */
    private static final int KNOWN_MAX = 48;

    /** Of so many principals it is known, those who asked last: some ten megabytes. */
    private static final int PRINCIPALS_MAX = 128;

    /** Clocks of other gateways may be ahead of this one's. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private final RequestPrints prints;
    private final InstantSource clock;
    private final Duration fresh;
    private volatile boolean shared = true;

    /** By principal; the one that was used last is the last. */
    private final LinkedHashMap<String, Known> known = new LinkedHashMap<>();

    /** One principal's. */
    private static final class Known {
        private Optional<Long> readNanos = Optional.empty();
        private List<Footprint> sent = List.of();

        /** Of the same attempt the last one stays; the oldest first, the latest of too many. */
        void put(List<Footprint> more) {
            Map<String, Footprint> all = new LinkedHashMap<>();
            sent.forEach(each -> all.put(each.attempt(), each));
            more.forEach(each -> all.put(each.attempt(), each.asPart()));
            List<Footprint> sorted = new ArrayList<>(all.values());
            sorted.sort(Comparator.comparing(Footprint::at));
            sent =
                    List.copyOf(
                            sorted.subList(Math.max(0, sorted.size() - KNOWN_MAX), sorted.size()));
        }
    }

    /**
     * Nothing is known yet.
     *
     * @param fresh for how long nothing is read again
     */
    Lately(RequestPrints prints, InstantSource clock, Duration fresh) {
        this.prints = prints;
        this.clock = clock;
        this.fresh = fresh;
    }

    /** Whether another gateway writes there too: then nothing is known for longer than it takes. */
    void shared(boolean now) {
        shared = now;
    }

    /** What the same principal has sent before a request, the oldest first. */
    List<Footprint> before(Footprint request) throws StoreFailed {
        if (!shared) {
            List<Footprint> all = all(request.principal());
            List<Footprint> before =
                    all.stream().filter(it -> it.at().isBefore(request.at())).toList();
            if (before.size() >= MAX || all.size() < KNOWN_MAX) {
                return before.subList(Math.max(0, before.size() - MAX), before.size());
            }
        }
        return read(request.principal(), request.at(), MAX);
    }

    private List<Footprint> read(String principal, Instant before, int max) throws StoreFailed {
        List<Footprint> read = new ArrayList<>();
        for (RequestPrint row : prints.before(principal, before, max)) {
            Footprint.of(row).ifPresent(read::add);
        }
        return read;
    }

    private List<Footprint> all(String principal) throws StoreFailed {
        Known of;
        synchronized (known) {
            Known there = known.remove(principal);
            of = there == null ? new Known() : there;
            known.put(principal, of);
            if (known.size() > PRINCIPALS_MAX) {
                known.remove(known.firstEntry().getKey());
            }
        }
        // whoever adds one meanwhile waits, and adds it to what was read
        synchronized (of) {
            long now = System.nanoTime();
            if (of.readNanos.filter(it -> now - it < fresh.toNanos()).isEmpty()) {
                List<Footprint> read = read(principal, clock.instant().plus(AHEAD), KNOWN_MAX);
                of.sent = List.of();
                of.put(read);
                of.readNanos = Optional.of(now);
            }
            return of.sent;
        }
    }

    /** One more is on disk, or is there with more than before. */
    void add(Footprint footprint) {
        Known of;
        synchronized (known) {
            of = known.get(footprint.principal());
        }
        if (of != null) {
            synchronized (of) {
                of.put(List.of(footprint));
            }
        }
    }

    /** Forgets all but these, of whom anything is kept. */
    void keepOnly(Set<String> principals) {
        synchronized (known) {
            known.keySet().retainAll(principals);
        }
    }
}
