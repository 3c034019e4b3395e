package io.demur.desk;

import io.demur.record.entry.Feedback;
import io.demur.store.Past;
import io.demur.store.Petitions;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;

/** How content callers say they are. Safe for use by several threads and processes. */
public final class Thumbs {

    private final Petitions petitions;
    private final Past past;
    private final InstantSource clock;

    public Thumbs(Petitions petitions, Past past, InstantSource clock) {
        this.petitions = petitions;
        this.past = past;
        this.clock = clock;
    }

    /** Whether one is of use. */
    public enum Thumb {
        UP,
        DOWN
    }

    /**
     * Has the log tell of one; of several about one attempt the last counts.
     *
     * @return whether that attempt is the principal's
     */
    public boolean give(String attempt, String principal, Thumb thumb)
            throws StoreFailed, IOException {
        if (past.exchange(attempt).filter(it -> it.principal().equals(principal)).isEmpty()) {
            return false;
        }
        petitions.tell(
                "thumb-" + UUID.randomUUID(),
                new Feedback(
                        clock.instant(), attempt, principal, thumb == Thumb.UP ? "up" : "down"));
        return true;
    }
}
