package io.demur.store;

import java.time.Instant;
import java.util.Objects;

/**
 * What is left of a request, so that another can be compared with it.
 *
 * @param attempt its id
 * @param subject whose it was, as a pseudonym
 * @param refused whether it was refused, so that later ones are compared with it
 * @param compared whether it was compared with what was refused before it
 * @param what its prints, and where it went; never modified, and sealed where it is kept
 * @param expires when its time is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RequestPrint(
        String attempt,
        String subject,
        boolean refused,
        boolean compared,
        byte[] what,
        Instant at,
        Instant expires) {
    public RequestPrint {
        Objects.requireNonNull(what);
        Objects.requireNonNull(at);
        Objects.requireNonNull(expires);
    }
}
