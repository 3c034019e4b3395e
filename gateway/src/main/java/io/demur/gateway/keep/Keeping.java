package io.demur.gateway.keep;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Kept;
import io.demur.store.Bodies;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.util.concurrent.CompletableFuture;

/** Keeps bodies. Blocks nobody; safe for use by several threads. */
public interface Keeping {

    /** Where no policy says that the words may be kept. */
    Settings.Retention WITHOUT_WORDS =
            new Settings.Retention(Settings.Kept.HASH_ONLY, Settings.USUAL.retention().days());

    /**
     * Keeps a body as the policy's retention says, for who writes the entry while the body is on
     * its way to the disk: both have to be there before anything goes on.
     *
     * @param attempt whose body
     * @param part {@code request} or {@code reply}
     * @param subject whose data it is, as a pseudonym
     * @param beside what goes to the disk with it
     * @return completed with what the entry has to say, as soon as that is known; fails where the
     *     body cannot be kept
     */
    CompletableFuture<Filed> file(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention,
            Beside beside);

    /** The same with nothing beside it; completed once it is kept. */
    default CompletableFuture<Kept> keep(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention) {
        return file(attempt, part, subject, body, retention, Beside.NOTHING)
                .thenCompose(Filed::stored);
    }

    /** What goes to the disk with a body, on a thread that may wait for that. */
    @FunctionalInterface
    interface Beside {

        /** Nothing does. */
        Beside NOTHING = Bodies.Ready::keep;

        /**
         * Keeps both, in one transaction; the body alone where the fault may be the other's.
         *
         * @throws StoreFailed where the body is not kept, or nobody knows
         */
        void keep(Bodies.Ready body) throws StoreFailed, StoreRefused;

        /** What follows from it; nobody waits for that with the body, and it does not fail. */
        default void follow() {}
    }

    /**
     * A body on its way.
     *
     * @param kept what the entry about it has to say
     * @param stored completed once it is kept; fails where it cannot be
     */
    record Filed(Kept kept, CompletableFuture<Kept> stored) {}
}
