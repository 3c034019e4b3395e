package io.demur.gateway.keep;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Kept;
import io.demur.store.Bodies;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Keeps bodies in the store. What is short, and whose key is held, is sealed at once by whoever
 * calls; all that has to wait for the database does so on threads of its own, because databases
 * know no virtual ones.
 */
public final class StoredBodies implements Keeping {

    /** Bytes that are sealed at once: what is longer would hold up others of the verticle. */
    private static final int SHORT = 16 << 10;

    private final Bodies bodies;
    private final Executor executor;

    /**
     * Keeps bodies in a store.
     *
     * @param executor of platform threads; where it takes no more, nothing is kept and so nothing
     *     is answered
     */
    public StoredBodies(Bodies bodies, Executor executor) {
        this.bodies = bodies;
        this.executor = executor;
    }

    /** What is to be kept, and by which rule; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Order(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention,
            Beside beside) {

        Optional<Bodies.Ready> readyNow(Bodies bodies) throws StoreRefused {
            return body.length > SHORT
                    ? Optional.empty()
                    : bodies.readyNow(attempt, part, subject, mode(), body, retention.days());
        }

        Bodies.Ready ready(Bodies bodies) throws StoreFailed, StoreRefused {
            return bodies.ready(attempt, part, subject, mode(), body, retention.days());
        }

        private Kept.Mode mode() {
            return switch (retention.kept()) {
                case FULL -> Kept.Mode.FULL;
                case REDACTED -> Kept.Mode.REDACTED;
                case HASH_ONLY -> Kept.Mode.HASH_ONLY;
            };
        }
    }

    @Override
    public CompletableFuture<Filed> file(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention,
            Beside beside) {
        Order order = new Order(attempt, part, subject, body, retention, beside);
        try {
            Optional<Bodies.Ready> ready = order.readyNow(bodies);
            if (ready.isPresent()) {
                Kept kept = ready.get().kept();
                return CompletableFuture.completedFuture(
                        new Filed(kept, stored(order, ready.get())));
            }
            CompletableFuture<Filed> filed = new CompletableFuture<>();
            executor.execute(() -> file(order, filed));
            return filed;
        } catch (StoreRefused | RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e); // as it would fail on a thread of its own
        }
    }

    private void file(Order order, CompletableFuture<Filed> filed) {
        CompletableFuture<Kept> stored = new CompletableFuture<>();
        try {
            Bodies.Ready ready = order.ready(bodies);
            if (filed.complete(new Filed(ready.kept(), stored))) {
                put(order.beside(), ready, stored);
            } // else given up while it was sealed
        } catch (StoreFailed | StoreRefused | RuntimeException | Error e) {
            filed.completeExceptionally(e);
        }
    }

    /** What goes beside it has to wait for the database. */
    private CompletableFuture<Kept> stored(Order order, Bodies.Ready ready) {
        if (order.beside().equals(Beside.NOTHING)) {
            return ready.keepLater().thenApply(done -> ready.kept());
        }
        CompletableFuture<Kept> stored = new CompletableFuture<>();
        executor.execute(() -> put(order.beside(), ready, stored));
        return stored;
    }

    private static void put(Beside beside, Bodies.Ready ready, CompletableFuture<Kept> stored) {
        try {
            beside.keep(ready);
        } catch (StoreFailed | StoreRefused | RuntimeException | Error e) {
            stored.completeExceptionally(e);
            return;
        }
        stored.complete(ready.kept());
        beside.follow();
    }
}
