package io.demur.gateway.upstream;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A verticle on virtual threads, as the gateway's are, and what runs on it. */
final class Verticle implements AutoCloseable {

    private static final int SECONDS_MAX = 60;

    final Vertx vertx = Vertx.vertx();
    private final Context context;

    Verticle() {
        CompletableFuture<Context> started = new CompletableFuture<>();
        wait(
                vertx.deployVerticle(
                                () ->
                                        new AbstractVerticle() {
                                            @Override
                                            public void start() {
                                                started.complete(super.context);
                                            }
                                        },
                                new DeploymentOptions()
                                        .setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
                        .toCompletionStage()
                        .toCompletableFuture());
        context = started.join();
    }

    /** Begins something there. */
    <T> CompletableFuture<T> begin(Callable<T> what) {
        CompletableFuture<T> done = new CompletableFuture<>();
        context.runOnContext(
                ignored -> {
                    try {
                        done.complete(what.call());
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                });
        return done;
    }

    /** Does something there. */
    <T> T run(Callable<T> what) {
        return wait(begin(what));
    }

    static <T> T wait(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        wait(vertx.close().toCompletionStage().toCompletableFuture());
    }
}
