package io.demur.gateway.upstream;

import io.demur.wire.chat.Failure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which server of a model is asked for one answer, and which next where that does not begin. For
 * one virtual thread.
 *
 * <p>Those that are well come before those that are not, the configured fallback behind the others,
 * and among equals the one with the fewest requests under way.
 */
final class Choice {

    /** How many times a model is asked for one answer, at all its servers together. */
    static final int ASKED_MAX = 4;

    /** How many times the same server is asked again, where there is no other. */
    static final int AGAIN_MAX = 2;

    private static final int PAUSE_MILLIS = 60;

    private static final AtomicInteger TURN = new AtomicInteger();

    private final List<Offer> offers;
    private final Set<Endpoint> asked = new HashSet<>();
    private int count;
    private int again;

    Choice(List<Offer> offers) {
        int turn = offers.isEmpty() ? 0 : Math.floorMod(TURN.getAndIncrement(), offers.size());
        List<Offer> turned = new ArrayList<>(offers.subList(turn, offers.size()));
        turned.addAll(offers.subList(0, turn));
        this.offers = List.copyOf(turned);
    }

    /** Whom to ask first, or next: somebody who was not asked yet. */
    Optional<Offer> next() {
        if (count >= ASKED_MAX) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        Optional<Offer> next =
                offers.stream()
                        .filter(offer -> !asked.contains(offer.endpoint()))
                        .map(offer -> Seen.of(offer, now))
                        .min(Seen.ORDER)
                        .map(Seen::offer);
        next.ifPresent(
                offer -> {
                    asked.add(offer.endpoint());
                    count++;
                });
        return next;
    }

    /**
     * How long to wait before the same server is asked again; nothing where it is not: what it said
     * would be the same, or has cost it enough already.
     */
    Optional<Duration> again(Lost.How how, Failure failure) {
        boolean passing =
                switch (how) {
                    case UNREACHABLE -> true;
                    case BROKEN -> failure.status() == 502 || failure.status() == 503;
                    case LATE, OVER -> false;
                };
        if (!passing
                || failure.kind() != Failure.Kind.OUTAGE
                || again >= AGAIN_MAX
                || count >= ASKED_MAX) {
            return Optional.empty();
        }
        int least = PAUSE_MILLIS << (2 * again);
        again++;
        count++;
        return Optional.of(
                Duration.ofMillis(ThreadLocalRandom.current().nextInt(least, 2 * least)));
    }

    /** A server as it is when the choice is made; it changes while that is. */
    private record Seen(Offer offer, int order, long until, int outstanding) {

        static final Comparator<Seen> ORDER =
                Comparator.comparingInt(Seen::order)
                        .thenComparingLong(Seen::until)
                        .thenComparingInt(Seen::outstanding);

        static Seen of(Offer offer, long now) {
            Endpoint endpoint = offer.endpoint();
            Health.State state = endpoint.health().state(now);
            int fallback = endpoint.settings().fallback() ? 1 : 0;
            int order =
                    switch (state) {
                        // one that is due is asked before others: else it would stay so
                        case DUE -> 2 * fallback;
                        case UP -> 2 * fallback + 1;
                        case BUSY -> 4 + fallback;
                        case DOWN -> 6 + fallback;
                        case DENIED -> 8 + fallback;
                    };
            boolean waits = state != Health.State.UP && state != Health.State.DUE;
            return new Seen(
                    offer,
                    order,
                    waits ? endpoint.health().until() - now : 0,
                    endpoint.outstanding());
        }
    }
}
