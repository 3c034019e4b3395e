package io.demur.gateway.drill;

import io.demur.gateway.gate.Seen;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** What a gateway and its drills have in common. Safe for use by several threads. */
public final class Drills {

    private final Passes passes = new Passes();
    private final Asked asked = new Asked();
    private final Watch watch;
    private final AtomicReference<Driller> driller = new AtomicReference<>();
    private final AtomicReference<Extra> extra = new AtomicReference<>();

    /**
     * Those of a gateway.
     *
     * @param watch what is known until now
     */
    public Drills(Watch watch) {
        this.watch = watch;
    }

    /** How drills come in. */
    public Passes passes() {
        return passes;
    }

    Asked asked() {
        return asked;
    }

    /** What is known by them. */
    public Watch watch() {
        return watch;
    }

    /** Who is to be told of exchanges. */
    public Seen seen() {
        return passes.and(asked);
    }

    void by(Driller other) {
        driller.set(other);
    }

    /** Those that somebody wanted last, beside the timetable; nothing where nobody has. */
    public Optional<Extra> extra() {
        return Optional.ofNullable(extra.get());
    }

    void begun(Extra other) {
        extra.set(other);
    }

    /**
     * Drills now, beside the timetable.
     *
     * @param model which; all that callers ask where it is absent
     * @param each so many of each sort
     * @return what comes of them; fails where drills that were asked for so are under way, or these
     *     would be too many
     */
    public CompletableFuture<Extra> now(Optional<String> model, int each) {
        Driller there = driller.get();
        return there == null
                ? CompletableFuture.failedFuture(new IllegalStateException("no drills here"))
                : there.now(model, each);
    }
}
