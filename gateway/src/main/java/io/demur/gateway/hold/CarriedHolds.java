package io.demur.gateway.hold;

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

    /** What other processes hold is seen this much later. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Supplier<CompletableFuture<Set<String>>> read;
    private volatile Set<String> known = Set.of();
    private CompletableFuture<Set<String>> awaited = CompletableFuture.completedFuture(known);
    private Instant since = Instant.EPOCH;
    private boolean stale = true;

    CarriedHolds(Supplier<CompletableFuture<Set<String>>> read) {
        this.read = read;
    }

    /** This process holds one more: whoever asks next waits until it is known. */
    synchronized void more() {
        stale = true;
    }

    /** Whose they are; as it was known before where the store fails. */
    synchronized CompletableFuture<Set<String>> principals(Instant now) {
        if (stale || Duration.between(since, now).abs().compareTo(FRESH) > 0) {
            CompletableFuture<Set<String>> next =
                    read.get()
                            .handle(
                                    (found, failure) -> {
                                        if (failure == null) {
                                            known = found;
                                        }
                                        return known;
                                    });
            awaited = stale ? next : awaited;
            stale = false;
            since = now;
        }
        return awaited.isDone() ? CompletableFuture.completedFuture(known) : awaited;
    }
}
