package io.demur.wire.rehearsal;

import io.demur.wire.chat.Event;

import java.time.Duration;
import java.util.Objects;

/** What the rehearsal model does next, seen from a gateway. */
public sealed interface Beat {

    /** An event comes. */
    record Comes(Event event) implements Beat {
        public Comes {
            Objects.requireNonNull(event);
        }
    }

    /** Nothing comes for a while. */
    record Pause(Duration time) implements Beat {
        public Pause {
            Objects.requireNonNull(time);
        }
    }

    /** Nothing comes any more, and the connection stays; the last one. */
    record Silence() implements Beat {}
}
