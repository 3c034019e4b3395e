package io.demur.gateway.gate;

import io.demur.record.Position;
import io.demur.record.entry.Attempt;

/** An attempt that is on disk. Only the {@link Gate} makes one, when the log has said so. */
public final class Attempted {

    private final Attempt entry;
    private final Position position;

    Attempted(Attempt entry, Position position) {
        this.entry = entry;
        this.position = position;
    }

    /** What stands in the log. */
    public Attempt entry() {
        return entry;
    }

    /** Where it stands. */
    public Position position() {
        return position;
    }

    public String id() {
        return entry.id();
    }
}
