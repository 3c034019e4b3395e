package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.record.entry.Attempt;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** More come than can be judged at a time: they stand in line, and none takes from the others. */
class CrowdTest {

    private static final String PATH = "/v1/chat/completions";
    private static final String CHAT =
            """
            {"model": "m", "messages": [{"role": "user", "content": "What does a house cost?"}]}\
            """;

    private final Staged staged = new Staged();
    private final Wrong wrong = new Wrong();
    private final CompletableFuture<Void> disk = new CompletableFuture<>();
    private final CountDownLatch writing = new CountDownLatch(1);

    @BeforeEach
    void aDiskThatIsSlow() {
        staged.more = wrong;
        for (int i = 0; i < 3; i++) {
            staged.answers.add(
                    List.of(
                            new Event.Began("c1", "m"),
                            new Event.Text("A lot of money."),
                            Event.Stop.of(StopReason.END)));
        }
        wrong.keeping.set(
                right ->
                        (attempt, part, subject, body, retention, beside) -> {
                            writing.countDown();
                            return disk.thenCompose(
                                    now ->
                                            right.file(
                                                    attempt, part, subject, body, retention,
                                                    beside));
                        });
    }

    /** Where one is judged at a time. */
    private House house(Path folder, Duration turnWithin) throws Exception {
        GatewaySettings usual = GatewaySettings.USUAL;
        GatewaySettings settings =
                new GatewaySettings(
                        usual.host(),
                        0,
                        1,
                        usual.bodyBytesMax(),
                        usual.bodyWithin(),
                        usual.answeredWithin(),
                        usual.stopWithin(),
                        usual.form(),
                        usual.tls(),
                        usual.address(),
                        new GatewaySettings.Intake(
                                100,
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(60),
                                usual.bodyBytesMax(),
                                1,
                                turnWithin));
        return new House(folder, Map.of("m", staged), staged, settings);
    }

    @AfterEach
    void theDiskGoesOn() {
        disk.complete(null);
    }

    private static CompletableFuture<Piecewise> ask(Raw raw) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Piecewise.ask(raw, PATH, CHAT);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private static long attempts(House house) throws Exception {
        return house.entries().stream().filter(Attempt.class::isInstance).count();
    }

    @Test
    void whoDoesNotComeToATurnIsToldToComeAgainAndWasNeverAskedAbout(@TempDir Path folder)
            throws Exception {
        try (House house = house(folder, Duration.ofMillis(200))) {
            Raw raw = new Raw(house);
            CompletableFuture<Piecewise> first = ask(raw);
            assertTrue(writing.await(60, TimeUnit.SECONDS));
            Piecewise second = ask(raw).get(60, TimeUnit.SECONDS);
            assertEquals(503, second.status());
            assertEquals(Optional.of("2"), second.header("retry-after"));
            assertFalse(second.header("x-should-retry").isPresent());
            assertFalse(second.header("x-demur-attempt").isPresent(), "an attempt nobody made");
            assertEquals(List.of(), staged.asked);
            disk.complete(null);
            assertEquals(200, first.get(60, TimeUnit.SECONDS).status());
            assertEquals(1, attempts(house));
            assertEquals(200, ask(raw).get(60, TimeUnit.SECONDS).status());
        }
    }

    @Test
    void whoStandsInLineIsLetInByWhoeverLeavesAndNoTurnIsLost(@TempDir Path folder)
            throws Exception {
        try (House house = house(folder, Duration.ofMinutes(1))) {
            Raw raw = new Raw(house);
            CompletableFuture<Piecewise> first = ask(raw);
            assertTrue(writing.await(60, TimeUnit.SECONDS));
            CompletableFuture<Piecewise> second = ask(raw);
            CompletableFuture<Piecewise> third = ask(raw);
            disk.complete(null);
            for (CompletableFuture<Piecewise> each : List.of(first, second, third)) {
                assertEquals(200, each.get(60, TimeUnit.SECONDS).status());
            }
            assertEquals(3, attempts(house));
            assertEquals(3, staged.asked.size());
        }
    }
}
