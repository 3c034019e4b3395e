package io.demur.gateway.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounded work on threads of its own. */
class OffloadTest {

    private static boolean opened(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void doesWorkAndCountsIt() throws Exception {
        try (Offload offload = new Offload("one", 2, 4)) {
            assertEquals(7, offload.submit(() -> 7).get(20, TimeUnit.SECONDS));
            CompletableFuture<Integer> failing =
                    offload.submit(
                            () -> {
                                throw new StackOverflowError();
                            });
            ExecutionException thrown =
                    assertThrows(ExecutionException.class, () -> failing.get(20, TimeUnit.SECONDS));
            assertInstanceOf(StackOverflowError.class, thrown.getCause());
            assertEquals(new Offload.Counts(0, 2, 1, 0), offload.counts());
        }
    }

    @Test
    void whatHasNoRoomFailsAtOnceAndWhatNobodyWaitsForIsNotBegun() throws Exception {
        CountDownLatch latch = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        try (Offload offload = new Offload("full", 1, 1)) {
            CompletableFuture<Boolean> first =
                    offload.submit(
                            () -> {
                                begun.countDown();
                                return opened(latch);
                            });
            assertTrue(opened(begun));
            AtomicBoolean ran = new AtomicBoolean();
            CompletableFuture<Boolean> second = offload.submit(() -> ran.getAndSet(true));
            assertEquals(1, offload.counts().queued());
            CompletableFuture<Integer> third = offload.submit(() -> 3);
            assertTrue(third.isCompletedExceptionally());
            assertEquals(1, offload.counts().rejected());
            assertTrue(second.cancel(false));
            latch.countDown();
            assertTrue(first.get(20, TimeUnit.SECONDS));
            while (offload.counts().queued() > 0) {
                Thread.onSpinWait(); // what was cancelled takes up room until it is its turn
            }
            assertEquals(4, offload.submit(() -> 4).get(20, TimeUnit.SECONDS));
            assertFalse(ran.get());
        }
    }

    @Test
    void whatIsClosedTakesNoMore() {
        Offload offload = new Offload("closed", 1, 1);
        offload.close();
        assertTrue(offload.submit(() -> 1).isCompletedExceptionally());
    }
}
