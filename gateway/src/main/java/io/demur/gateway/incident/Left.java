package io.demur.gateway.incident;

import io.demur.gateway.keep.Keeping;
import io.demur.store.Bodies;
import io.demur.store.RequestPrint;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is left of an exchange for those that come later: a row in the store, on disk before the
 * last byte of the reply, in one transaction with that where there is one. Where the store does not
 * take it, what was refused is forgotten with this request; the reply, and the outcome in the log,
 * count for more. Made on the thread that keeps it, which may wait for the store.
 */
public final class Left implements Keeping.Beside {

    private static final System.Logger LOGGER = System.getLogger(Left.class.getName());

    private final RouteArounds of;
    private final Supplier<Footprint> made;
    private final Function<Footprint, RequestPrint> row;
    private final Then then;

    /** What is done once it is on disk. */
    @FunctionalInterface
    interface Then {
        void with(Footprint footprint) throws StoreFailed;
    }

    Left(
            RouteArounds of,
            Supplier<Footprint> made,
            Function<Footprint, RequestPrint> row,
            Then then) {
        this.of = of;
        this.made = made;
        this.row = row;
        this.then = then;
    }

    /** Keeps it with a reply. */
    @Override
    public void keep(Bodies.Ready body) throws StoreFailed, StoreRefused {
        Optional<Footprint> kept = Optional.empty();
        try {
            kept = kept(print -> of.prints.keep(print, body));
        } catch (StoreFailed | StoreRefused | RuntimeException e) {
            body.keep();
            unkept(e);
        }
        follow(kept);
    }

    /** Keeps it where there is no reply; completed when that is over, however it ends. */
    public CompletableFuture<?> keep() {
        return of.onShelf(
                        () -> {
                            follow(kept(of.prints::keep));
                            return this;
                        })
                .exceptionally(
                        failure -> {
                            unkept(failure);
                            return this;
                        });
    }

    /** One way of keeping a row. */
    private interface Way {
        boolean keeps(RequestPrint print) throws StoreFailed, StoreRefused;
    }

    /** Of whoever is being erased nothing is. */
    private Optional<Footprint> kept(Way way) throws StoreFailed, StoreRefused {
        Footprint footprint = made.get();
        return way.keeps(row.apply(footprint)) ? Optional.of(footprint) : Optional.empty();
    }

    private void follow(Optional<Footprint> kept) {
        if (kept.isPresent()) {
            try {
                then.with(kept.get());
            } catch (StoreFailed | RuntimeException e) {
                unkept(e);
            }
        }
    }

    private static void unkept(Throwable why) {
        LOGGER.log(
                Level.WARNING,
                "what is left of a request is not kept: {0}",
                why.getClass().getName());
    }
}
