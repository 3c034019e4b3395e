package io.demur.gateway.keep;

import io.demur.core.charter.Settings;
import io.demur.record.entry.Kept;

import java.util.concurrent.CompletableFuture;

/** Keeps bodies. Blocks nobody; safe for use by several threads. */
public interface Keeping {

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
}
