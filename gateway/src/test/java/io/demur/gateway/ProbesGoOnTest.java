package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Gate;
import io.demur.gateway.keep.Keeping;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.probe.Prober;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.profile.Subject;
import io.demur.gateway.upstream.ServedModels.Local;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Whatever breaks a round of probes, there is another. */
class ProbesGoOnTest {

    private static final Prober.Pace QUICK =
            new Prober.Pace(
                    Duration.ofMillis(1),
                    Duration.ofMillis(20),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(2));

    /** Either had ended it until the gateway was started again. */
    @Test
    void probesGoOnAfterAnErrorAndAStoreThatNeverAnswers(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        AtomicReference<Foundations> on = new AtomicReference<>();
        AtomicInteger rounds = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Semaphore kept = new Semaphore(0);
        try (House house =
                        new House(
                                folder,
                                Map.of(),
                                it -> {
                                    on.set(it);
                                    return it;
                                },
                                GatewaySettings.USUAL);
                Offload offload = new Offload("profiles", 1, 8)) {
            Foundations base = Objects.requireNonNull(on.get());
            Keeping hangs =
                    (attempt, part, subject, body, retention, beside) -> {
                        if (asked.incrementAndGet() == 1) {
                            return new CompletableFuture<Keeping.Filed>();
                        }
                        kept.release();
                        return base.keeping().file(attempt, part, subject, body, retention, beside);
                    };
            Wrong.Speaker speaker = new Wrong.Speaker(1);
            Prober prober =
                    new Prober(
                            new Gate(house.trail, InstantSource.system()),
                            hangs,
                            base.detector(),
                            base.ids(),
                            InstantSource.system(),
                            new Prober.As(house.principal, base.policy()),
                            () -> {
                                if (rounds.incrementAndGet() == 1) {
                                    throw new StackOverflowError();
                                }
                                return List.of(
                                        new Local(
                                                new Subject("here", "speaker", "a1"),
                                                speaker,
                                                () -> false));
                            },
                            new Profiles(List.of(), all -> {}),
                            offload,
                            QUICK);
            Deployed.on(vertx, prober);
            assertTrue(
                    kept.tryAcquire(60, TimeUnit.SECONDS),
                    () -> "%d rounds, %d probes".formatted(rounds.get(), asked.get()));
            assertTrue(rounds.get() >= 3);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }
}
