package io.demur.gateway;

import io.demur.gateway.offload.Waiting;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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

    /**
     * Does something once it is let through; the next one follows when it is done.
     *
     * @throws BadCall where it takes too long; nothing was asked of anybody then
     */
    <T> T through(Supplier<T> work) throws BadCall {
        enter();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    private void enter() throws BadCall {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        if (take(turn)) {
            return;
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
