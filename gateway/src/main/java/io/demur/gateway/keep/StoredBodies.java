package io.demur.gateway.keep;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Kept;
import io.demur.store.Bodies;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps bodies in the store, on threads of their own: databases know no virtual ones. */
public final class StoredBodies implements Keeping {

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

    @Override
    public CompletableFuture<Filed> file(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention,
            Beside beside) {
        CompletableFuture<Filed> filed = new CompletableFuture<>();
        try {
            executor.execute(() -> put(filed, attempt, part, subject, body, retention, beside));
        } catch (RejectedExecutionException e) {
            filed.completeExceptionally(e);
        }
        return filed;
    }

    private void put(
            CompletableFuture<Filed> filed,
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention,
            Beside beside) {
        CompletableFuture<Kept> stored = new CompletableFuture<>();
        try {
            Bodies.Ready ready =
                    bodies.ready(
                            attempt, part, subject, mode(retention.kept()), body, retention.days());
            if (!filed.complete(new Filed(ready.kept(), stored))) {
                return; // given up while it was sealed
            }
            beside.keep(ready);
            stored.complete(ready.kept());
        } catch (StoreFailed | StoreRefused | RuntimeException | Error e) {
            filed.completeExceptionally(e); // says nothing where it was completed
            stored.completeExceptionally(e);
            return;
        }
        beside.follow();
    }

    private static Kept.Mode mode(Settings.Kept kept) {
        return switch (kept) {
            case FULL -> Kept.Mode.FULL;
            case REDACTED -> Kept.Mode.REDACTED;
            case HASH_ONLY -> Kept.Mode.HASH_ONLY;
        };
    }
}
