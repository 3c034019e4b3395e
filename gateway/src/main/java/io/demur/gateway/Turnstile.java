package io.demur.gateway;

import io.demur.gateway.offload.Waiting;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/**
 * Lets so many requests be judged at a time; the others stand in line, in the order in which they
 * came. Without it everybody who comes takes a share of the processor from what was let in before,
 * until nothing is recorded in time and answers break off that a model was already paid for. For
 * the virtual threads of any verticle.
 */
final class Turnstile {

    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Duration patience;
    private final Queue<CompletableFuture<Void>> line = new ArrayDeque<>();
    private int free;

    /**
     * Lets through so many.
     *
     * @param most at a time
     * @param patience how long one stands in line, before it is sent away
     */
    Turnstile(int most, Duration patience) {
        free = most;
        this.patience = patience;
    }

    /** Being let through, until it is over. For one thread. */
    final class Turn {

        private boolean over;

        private Turn() {}

        /** The next one follows. Again it does nothing. */
        void over() {
            if (!over) {
                over = true;
                leave();
            }
        }
    }

    /**
     * Waits to be let through.
     *
     * @throws BadCall where it takes too long; nothing was asked of anybody then
     */
    Turn enter() throws BadCall {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        if (take(turn)) {
            return new Turn();
        }
        try {
            Waiting.on(turn, patience);
        } catch (RuntimeException e) {
            if (!away(turn)) {
                leave(); // its turn came just then
            }
            throw new BadCall(
                    new Fault(
                            Fault.Kind.UNAVAILABLE,
                            "more is asked of this gateway than it can judge at the moment",
                            Optional.empty(),
                            Optional.of(AGAIN)));
        }
        return new Turn();
    }

    private synchronized boolean take(CompletableFuture<Void> turn) {
        if (free > 0) {
            free--;
            return true;
        }
        line.add(turn);
        return false;
    }

    private synchronized boolean away(CompletableFuture<Void> turn) {
        return line.removeIf(it -> it == turn);
    }

    private void leave() {
        CompletableFuture<Void> next;
        synchronized (this) {
            next = line.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.complete(null);
    }
}
