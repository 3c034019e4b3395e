package io.demur.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What is left of a request, so that another can be compared with it.
 *
 * @param attempt its id
 * @param subject whose it was, as a pseudonym
 * @param kind what it is to those that come later
 * @param around the refused attempt that it is like, where that was found
 * @param compared whether it was compared with what was refused before it
 * @param what its prints, and where it went; never modified, and sealed where it is kept
 * @param expires when its time is over
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RequestPrint(
        String attempt,
        String subject,
        Kind kind,
        Optional<String> around,
        boolean compared,
        byte[] what,
        Instant at,
        Instant expires) {

    /** What a request is to those that come later. */
    public enum Kind {
        /** It was not refused. */
        SENT(0),
        /** It was refused: later ones are compared with it. */
        REFUSED(1),
        /** It was kept back, and only because another was refused: with that one they are. */
        CARRIED(2),
        /** The same, and sent once more by a program, or to ask what became of it. */
        REPEATED(3);

        private final long kept;

        Kind(long kept) {
            this.kept = kept;
        }

        /** What a store keeps of it, for as long as there are rows: it never changes. */
        long kept() {
            return kept;
        }

        /** That of which a store keeps this. */
        static Kind of(long kept) {
            for (Kind kind : values()) {
                if (kind.kept == kept) {
                    return kind;
                }
            }
            throw new IllegalArgumentException(
                    "a print is of kind `%d`, which there is none of".formatted(kept));
        }
    }

    public RequestPrint {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(around);
        Objects.requireNonNull(what);
        Objects.requireNonNull(at);
        Objects.requireNonNull(expires);
    }
}
