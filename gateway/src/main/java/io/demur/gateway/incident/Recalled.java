package io.demur.gateway.incident;

import io.demur.core.incident.Resemblance;

import java.util.Optional;

/** That a request is like a refused one, as it is found before the reply. Immutable. */
public final class Recalled {

    private final String id;
    private final Resemblance like;
    private final Footprint earlier;
    private final boolean own;

    Recalled(String id, Resemblance like, Footprint earlier, boolean own) {
        this.id = id;
        this.like = like;
        this.earlier = earlier;
        this.own = own;
    }

    /** The case to which it belongs. */
    public String id() {
        return id;
    }

    /** The attempt that was refused, where that was the caller's own. */
    public Optional<String> earlier() {
        return own ? Optional.of(earlier.attempt()) : Optional.empty();
    }

    /** The attempt that was refused, whosever it was, for the record. */
    public String refused() {
        return earlier.attempt();
    }

    /** The code of the reason why it was refused, likewise. */
    public Optional<String> reason() {
        return own ? earlier.fate().reason() : Optional.empty();
    }

    Resemblance like() {
        return like;
    }

    Footprint footprint() {
        return earlier;
    }
}
