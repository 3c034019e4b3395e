package io.demur.gateway.keep;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Kept;

import java.util.concurrent.CompletableFuture;

/** Keeps bodies. Blocks nobody; safe for use by several threads. */
public interface Keeping {

    /** Where no policy says that the words may be kept. */
    Settings.Retention WITHOUT_WORDS =
            new Settings.Retention(Settings.Kept.HASH_ONLY, Settings.USUAL.retention().days());

    /**
     * Keeps a body as the policy's retention says.
     *
     * @param attempt whose body
     * @param part {@code request} or {@code reply}
     * @param subject whose data it is, as a pseudonym
     * @return completed with what the entry about it has to say, once the body is kept; fails where
     *     it cannot be
     */
    CompletableFuture<Kept> keep(
            String attempt, String part, String subject, byte[] body, Settings.Retention retention);

    /**
     * The same in two steps, for who writes the entry while the body is on its way to the disk.
     * Both have to be there before anything goes on.
     *
     * @return completed with what the entry has to say, as soon as that is known
     */
    default CompletableFuture<Filed> file(
            String attempt,
            String part,
            String subject,
            byte[] body,
            Settings.Retention retention) {
        return keep(attempt, part, subject, body, retention)
                .thenApply(kept -> new Filed(kept, CompletableFuture.completedFuture(kept)));
    }

    /**
     * A body on its way.
     *
     * @param kept what the entry about it has to say
     * @param stored completed once it is kept; fails where it cannot be
     */
    record Filed(Kept kept, CompletableFuture<Kept> stored) {}
}
