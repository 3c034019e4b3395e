package io.demur.gateway.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits, and their ends. */
class WaitingTest {

    @Test
    void whatDoesNotComeInTimeIsLate() {
        CompletableFuture<String> never = new CompletableFuture<>();
        long begun = System.nanoTime();
        CompletionException late =
                assertThrows(
                        CompletionException.class, () -> Waiting.on(never, Duration.ofMillis(100)));
        assertInstanceOf(TimeoutException.class, late.getCause());
        assertTrue(System.nanoTime() - begun >= 100_000_000);
        assertFalse(never.isDone());
    }

    @Test
    void workThatIsLateIsGivenUp() {
        CompletableFuture<String> never = new CompletableFuture<>();
        assertThrows(TimeoutException.class, () -> Offload.await(never, Duration.ofMillis(30)));
        assertTrue(never.isCompletedExceptionally());
    }

    @Test
    void whatFailsFailsAsItDid() {
        IllegalStateException wrong = new IllegalStateException("wrong");
        assertSame(
                wrong,
                assertThrows(
                        IllegalStateException.class,
                        () -> Waiting.on(CompletableFuture.failedFuture(wrong))));
        IOException declared = new IOException("declared");
        CompletionException wrapped =
                assertThrows(
                        CompletionException.class,
                        () -> Waiting.on(CompletableFuture.failedFuture(declared)));
        assertSame(declared, wrapped.getCause());
    }

    @Test
    void manyWaitAtOnceAndEachGetsItsOwn() throws Exception {
        List<CompletableFuture<Integer>> awaited = new ArrayList<>();
        List<CompletableFuture<Integer>> got = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            CompletableFuture<Integer> one = new CompletableFuture<>();
            awaited.add(one);
            CompletableFuture<Integer> result = new CompletableFuture<>();
            got.add(result);
            Thread.startVirtualThread(
                    () -> result.complete(Waiting.on(one, Duration.ofSeconds(20))));
        }
        for (int i = 0; i < 200; i++) {
            awaited.get(i).complete(i);
        }
        for (int i = 0; i < 200; i++) {
            assertEquals(i, got.get(i).get(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void inAVerticleManyWaitForWhatOtherThreadsComplete() throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<Context> started = new CompletableFuture<>();
        vertx.deployVerticle(
                () ->
                        new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                started.complete(super.context);
                                return Future.succeededFuture();
                            }
                        },
                new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
        Context context = started.get(20, TimeUnit.SECONDS);
        List<CompletableFuture<Integer>> got = new ArrayList<>();
        try (ExecutorService others = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 500; i++) {
                CompletableFuture<Integer> result = new CompletableFuture<>();
                got.add(result);
                int turn = i;
                context.runOnContext(
                        unused -> {
                            int sum = 0;
                            for (int k = 0; k < 4; k++) {
                                CompletableFuture<Integer> one = new CompletableFuture<>();
                                others.execute(() -> one.complete(turn));
                                sum += Waiting.on(one, Duration.ofSeconds(20));
                            }
                            result.complete(sum);
                        });
            }
            for (int i = 0; i < 500; i++) {
                assertEquals(4 * i, got.get(i).get(20, TimeUnit.SECONDS));
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoFailsWhenToldKeepsNoOtherDeadlineFromRinging() throws Exception {
        Deadlines.Deadline failing =
                Deadlines.in(
                        Duration.ZERO,
                        () -> {
                            throw new StackOverflowError();
                        });
        CountDownLatch later = new CountDownLatch(1);
        Deadlines.Deadline second = Deadlines.in(Duration.ofMillis(100), later::countDown);
        assertTrue(later.await(20, TimeUnit.SECONDS));
        second.close();
        failing.close();
    }

    @Test
    void nobodyHearsOfADeadlineThatIsOver() throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        Deadlines.in(Duration.ofMillis(30), () -> told.set(true)).close();
        CountDownLatch later = new CountDownLatch(1);
        Deadlines.Deadline second = Deadlines.in(Duration.ofMillis(120), later::countDown);
        assertTrue(later.await(20, TimeUnit.SECONDS));
        second.close();
        assertFalse(told.get());
    }
}
