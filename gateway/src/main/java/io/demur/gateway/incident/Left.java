package io.demur.gateway.incident;

import io.demur.gateway.keep.Keeping;
import io.demur.store.Bodies;
import io.demur.store.RequestPrint;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
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

    /** Where the store has been waited for already, a body alone fares no better. */
    private static final Set<StoreFailed.Kind> HOPELESS =
            Set.of(StoreFailed.Kind.LOCKED, StoreFailed.Kind.LATE, StoreFailed.Kind.UNREACHABLE);

    private final RouteArounds of;
    private final String attempt;
    private final Supplier<Footprint> made;
    private final Function<Footprint, RequestPrint> row;
    private final Then then;
    private final CompletableFuture<Left> over = new CompletableFuture<>();
    private volatile Optional<Footprint> kept = Optional.empty();

    /** What is done once it is on disk. */
    @FunctionalInterface
    interface Then {
        void with(Footprint footprint) throws StoreFailed;
    }

    Left(
            RouteArounds of,
            String attempt,
            Supplier<Footprint> made,
            Function<Footprint, RequestPrint> row,
            Then then) {
        this.of = of;
        this.attempt = attempt;
        this.made = made;
        this.row = row;
        this.then = then;
    }

    @Override
    public void keep(Bodies.Ready body) throws StoreFailed, StoreRefused {
        try {
            keep(print -> of.prints.keep(print, body));
        } catch (StoreFailed e) {
            if (HOPELESS.contains(e.kind())) {
                throw e;
            }
            keepAlone(body, e);
        } catch (StoreRefused | RuntimeException | Error e) {
            keepAlone(body, e);
        }
    }

    /** The fault may be in what is left of it. */
    private void keepAlone(Bodies.Ready body, Throwable why) throws StoreFailed, StoreRefused {
        body.keep();
        troubled("is not kept", why);
    }

    @Override
    public void follow() {
        try {
            if (kept.isPresent()) {
                then.with(kept.get());
            }
        } catch (StoreFailed | RuntimeException | Error e) {
            troubled("is compared later", e);
            of.leave(attempt);
        } finally {
            over.complete(this);
        }
    }

    /** Begins to keep it where there is no reply. */
    public void keep() {
        var unused =
                of.onShelf(
                                () -> {
                                    keep(of.prints::keep);
                                    follow();
                                    return this;
                                })
                        .exceptionally(
                                failure -> {
                                    troubled("is not kept", failure);
                                    over.complete(this);
                                    return this;
                                });
    }

    /** Completed when it is kept and what follows is done, or neither can be; never failed. */
    public CompletableFuture<Left> over() {
        return over;
    }

    /** One way of keeping a row. */
    private interface Shelf {
        boolean keeps(RequestPrint print) throws StoreFailed, StoreRefused;
    }

    /** Of whoever is being erased nothing is. */
    private void keep(Shelf shelf) throws StoreFailed, StoreRefused {
        Footprint footprint = made.get();
        kept = shelf.keeps(row.apply(footprint)) ? Optional.of(footprint) : Optional.empty();
    }

    private void troubled(String what, Throwable why) {
        LOGGER.log(
                Level.WARNING,
                "what is left of `{0}` {1}: {2}",
                attempt,
                what,
                why.getClass().getName());
    }
}
