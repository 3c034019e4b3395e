package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.gateway.offload.Offload;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

class OffloadedReaderTest {

    private static final Said SAID = new Said(0.1, 0.2);

    private static Reader reader(Supplier<Said> says) {
        return new Reader() {
            @Override
            public List<JudgeId> ids() {
                return List.of(Standards.JUDGE);
            }

            @Override
            public Said read(Request asked, String window) {
                return says.get();
            }
        };
    }

    /** What comes of reading where exchanges run. */
    private static Object read(Reader reader, Offload offload, Duration patience) throws Exception {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<Object> result = new CompletableFuture<>();
        try {
            OffloadedReader offloaded = new OffloadedReader(reader, offload, patience);
            var deployed =
                    vertx.deployVerticle(
                            new AbstractVerticle() {
                                @Override
                                public void start() {
                                    try {
                                        result.complete(offloaded.read(Request.UNKNOWN, "words"));
                                    } catch (RuntimeException e) {
                                        result.complete(e);
                                    }
                                }
                            },
                            new DeploymentOptions()
                                    .setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
            deployed.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            return result.get(30, TimeUnit.SECONDS);
        } finally {
            vertx.close();
        }
    }

    @Test
    void givesWhatTheReaderSays() throws Exception {
        try (Offload offload = new Offload("test", 1, 1)) {
            assertEquals(
                    Optional.of(SAID), read(reader(() -> SAID), offload, Duration.ofSeconds(20)));
        }
    }

    @Test
    void hasNothingToSayWhereItIsLateOrThereIsNoRoom() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        Reader slow =
                reader(
                        () -> {
                            try {
                                free.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                            return SAID;
                        });
        try (Offload offload = new Offload("test", 1, 1)) {
            assertEquals(Optional.empty(), read(slow, offload, Duration.ofMillis(20)));
            var unused = offload.submit(() -> slow.read(Request.UNKNOWN, ""));
            assertEquals(Optional.empty(), read(slow, offload, Duration.ofSeconds(20)));
            free.countDown();
        }
    }

    @Test
    void isNotAskedWhatItsReaderCannotRead() throws Exception {
        Reader foreign =
                new Reader() {
                    @Override
                    public List<JudgeId> ids() {
                        return List.of(Standards.JUDGE);
                    }

                    @Override
                    public boolean reads(String window) {
                        return !window.equals("words");
                    }

                    @Override
                    public Said read(Request asked, String window) {
                        throw new IllegalStateException("not English");
                    }
                };
        try (Offload offload = new Offload("test", 1, 1)) {
            assertEquals(Optional.empty(), read(foreign, offload, Duration.ofSeconds(20)));
        }
    }

    @Test
    void failsWhereTheReaderFails() throws Exception {
        Reader failing =
                reader(
                        () -> {
                            throw new IllegalStateException("closed");
                        });
        try (Offload offload = new Offload("test", 1, 1)) {
            assertInstanceOf(
                    IllegalStateException.class, read(failing, offload, Duration.ofSeconds(20)));
        }
    }
}
