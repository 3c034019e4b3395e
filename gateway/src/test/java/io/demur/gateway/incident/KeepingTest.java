package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.keep.Keeping.Beside;
import io.demur.gateway.keep.Keeping.Filed;
import io.demur.gateway.keep.StoredBodies;
import io.demur.record.entry.Kept;
import io.demur.store.Bodies;
import io.demur.store.StoreRefused;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Which bodies wait for a thread of their own, and which are sealed by whoever brings them. */
class KeepingTest extends Gateways {

    private final List<Runnable> handed = new ArrayList<>();

    private CompletableFuture<Filed> file(
            Executor executor, String part, byte[] body, Beside beside) {
        return new StoredBodies(bodies(), executor)
                .file(ids.next("att"), part, ada, body, settings.retention(), beside);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T got(CompletableFuture<T> future) throws Exception {
        return future.get(20, TimeUnit.SECONDS);
    }

    /** After which her key is held for a while. */
    private void once() throws Exception {
        Kept kept =
                got(got(file(Runnable::run, "request", bytes("first"), Beside.NOTHING)).stored());
        assertEquals(5, kept.bytes());
    }

    @Test
    void theFirstOfASubjectIsHandedOverAndTheNextIsNot() throws Exception {
        CompletableFuture<Filed> first =
                file(handed::add, "request", bytes("first"), Beside.NOTHING);
        assertEquals(1, handed.size());
        handed.getFirst().run();
        got(got(first).stored());
        Filed second = got(file(handed::add, "request", bytes("second"), Beside.NOTHING));
        assertEquals(second.kept(), got(second.stored()));
        assertEquals(1, handed.size());
    }

    @Test
    void whatIsLongIsSealedElsewhere() throws Exception {
        once();
        CompletableFuture<Filed> filed =
                file(handed::add, "reply", new byte[100_000], Beside.NOTHING);
        assertEquals(1, handed.size());
        handed.getFirst().run();
        assertEquals(100_000, got(got(filed).stored()).bytes());
    }

    @Test
    void whatHasSomethingBesideItIsKeptByAThreadThatMayWait() throws Exception {
        once();
        List<String> done = new ArrayList<>();
        Beside beside =
                new Beside() {
                    @Override
                    public void keep(Bodies.Ready body) {
                        done.add("kept");
                    }

                    @Override
                    public void follow() {
                        done.add("followed");
                    }
                };
        Filed filed = got(file(handed::add, "reply", bytes("reply"), beside));
        assertTrue(done.isEmpty());
        handed.getFirst().run();
        assertEquals(filed.kept(), got(filed.stored()));
        assertEquals(List.of("kept", "followed"), done);
    }

    @Test
    void whereNoThreadTakesItNothingIsKept() {
        Executor full =
                unused -> {
                    throw new RejectedExecutionException("full");
                };
        CompletableFuture<Filed> filed = file(full, "reply", bytes("reply"), Beside.NOTHING);
        assertInstanceOf(
                RejectedExecutionException.class,
                assertThrows(ExecutionException.class, () -> got(filed)).getCause());
    }

    @Test
    void whatCannotBeKeptFailsTheSameWhereverItIsSealed() throws Exception {
        once();
        CompletableFuture<Filed> filed =
                file(Runnable::run, "nonsense", bytes("reply"), Beside.NOTHING);
        assertInstanceOf(
                StoreRefused.class,
                assertThrows(ExecutionException.class, () -> got(filed)).getCause());
    }
}
