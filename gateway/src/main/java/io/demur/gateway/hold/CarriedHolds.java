package io.demur.gateway.hold;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Of whom anything is held only because another request was refused: few, and for them alone what
 * is held is looked up even where the policy by itself lets a request pass. It is read again and
 * again, behind whoever asks. Safe for use by several threads.
 */
final class CarriedHolds {

    private static final System.Logger LOGGER = System.getLogger(CarriedHolds.class.getName());

    /** What other processes hold is seen this much later. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** What is known longer is no answer: other processes may have held much since. */
    static final Duration BELIEVED = Duration.ofMinutes(1);

    private final Supplier<CompletableFuture<Set<String>>> read;
    private Set<String> known = Set.of();

    /** How many holds of this process there were when what is known was asked for; -1 for never, */
    private long knownAt = -1;

    /** when that was, */
    private Instant knownFrom = Instant.EPOCH;

    /** when the last reading was begun, */
    private long begunAt = -1;

    /** and now. */
    private long holds;

    private CompletableFuture<Set<String>> reading = CompletableFuture.completedFuture(known);
    private Instant begun = Instant.EPOCH;

    CarriedHolds(Supplier<CompletableFuture<Set<String>>> read) {
        this.read = read;
    }

    /** This process holds one more: whoever asks next waits until it is known. */
    synchronized void more() {
        holds++;
    }

    /**
     * Whose they are. Where the store fails, as it was known before, for a minute; but where this
     * process has held one since, or it is older or nothing was ever known, nobody can say that
     * there are none, and that it failed goes through to whoever asks.
     */
    synchronized CompletableFuture<Set<String>> principals(Instant now) {
        boolean underWay = begunAt == holds && !reading.isDone();
        if ((isOlder(begun, now, FRESH) || !stands(now)) && !underWay) {
            begin(now);
        }
        return stands(now) ? CompletableFuture.completedFuture(known) : reading;
    }

    /** Whether what is known says all that this process holds, and is not too old. */
    private synchronized boolean stands(Instant now) {
        return knownAt == holds && !isOlder(knownFrom, now, BELIEVED);
    }

    private static boolean isOlder(Instant from, Instant now, Duration most) {
        return Duration.between(from, now).abs().compareTo(most) > 0;
    }

    private void begin(Instant now) {
        long at = holds;
        begunAt = at;
        begun = now;
        reading =
                read.get()
                        .whenComplete(
                                (found, failure) -> {
                                    if (failure == null) {
                                        learnt(at, now, found);
                                    } else if (stands(now)) { // otherwise whoever asks is told
                                        LOGGER.log(
                                                Level.WARNING,
                                                "who has anything held because of an earlier"
                                                        + " refusal is not read anew: {0}",
                                                failure.getMessage());
                                    }
                                });
    }

    /** One that was asked for later, and answered before this, says more. */
    private synchronized void learnt(long at, Instant from, Set<String> found) {
        if (at >= knownAt) {
            knownAt = at;
            knownFrom = from;
            known = found;
        }
    }
}
