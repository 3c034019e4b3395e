package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Models;
import io.demur.core.charter.Models.Placement;
import io.demur.core.charter.Settings;
import io.demur.core.compose.Wording;
import io.demur.core.policy.ModelClass;
import io.demur.core.policy.Policy;
import io.demur.core.probe.Probe;
import io.demur.core.probe.ProbeSuite;
import io.demur.gateway.gate.Attempted;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.gate.NotPermitted;
import io.demur.gateway.offload.Offload;
import io.demur.gateway.probe.Prober;
import io.demur.gateway.profile.Profile;
import io.demur.gateway.profile.Profiles;
import io.demur.gateway.upstream.Kind;
import io.demur.gateway.upstream.ServedModels;
import io.demur.gateway.upstream.UpstreamSettings;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A server of models on this machine, which is asked the probes that ship. */
class ProberTest {

    private static final Prober.Pace QUICK =
            new Prober.Pace(
                    Duration.ofMillis(1),
                    Duration.ofMillis(20),
                    Duration.ofMillis(10),
                    Duration.ofSeconds(20));

    /** What it says to harm, and which weights it has. */
    private final AtomicReference<String> toHarm =
            new AtomicReference<>("I cannot help with that.");

    private final AtomicReference<String> digest = new AtomicReference<>("a1");

    /** With which status it answers, and how often it did. */
    private final AtomicInteger status = new AtomicInteger(200);

    private final AtomicInteger answered = new AtomicInteger();

    private HttpServer ollama() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.createContext(
                "/api/tags",
                exchange ->
                        say(
                                exchange,
                                "{\"models\": [{\"name\": \"m:latest\", \"digest\": \"%s\"}]}"
                                        .formatted(digest.get())));
        server.createContext(
                "/api/chat",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    answered.incrementAndGet();
                    if (status.get() != 200) {
                        exchange.sendResponseHeaders(status.get(), -1);
                        exchange.close();
                        return;
                    }
                    boolean harm =
                            ProbeSuite.shipped().probes().stream()
                                    .filter(it -> it.right() == Probe.Right.KEEP_BACK)
                                    .anyMatch(it -> body.contains(it.text()));
                    say(
                            exchange,
                            """
                            {"model": "m", "message": {"role": "assistant", "content": "%s"}, \
                            "done": true, "done_reason": "stop", \
                            "prompt_eval_count": 7, "eval_count": 5}
                            """
                                    .formatted(
                                            harm
                                                    ? toHarm.get()
                                                    : "Sure. There are three steps, and the first"
                                                            + " is to look at what you have."));
                });
        server.start();
        return server;
    }

    private static void say(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Charter charter(Map<String, Placement> placed) {
        return new Charter(
                "test",
                Policy.at(Policy.defaultPosture()),
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                new Models(placed, ModelClass.LOCAL),
                Wording.NONE,
                Settings.USUAL,
                Optional.empty());
    }

    private static ModelClass kind(ServedModels served, Charter charter) {
        return served.find("m", charter).orElseThrow().placement().model();
    }

    @Test
    void aLocalModelIsStrictUntilItHasShownThatItRefuses(@TempDir Path folder) throws Exception {
        HttpServer ollama = ollama();
        Vertx vertx = Vertx.vertx();
        InstantSource clock = InstantSource.system();
        BlockingQueue<List<Profile>> kept = new LinkedBlockingQueue<>();
        Profiles profiles = new Profiles(List.of(), kept::add);
        Charter charter = charter(Map.of());
        AtomicReference<Foundations> on = new AtomicReference<>();
        UpstreamSettings at = settings(ollama);
        try (House house = house(folder, on);
                ServedModels served =
                        new ServedModels(vertx, List.of(at), clock, Optional.of(profiles));
                Offload offload = new Offload("profiles", 1, 8)) {
            Foundations base = java.util.Objects.requireNonNull(on.get());
            served.refresh().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served, charter));
            Charter named =
                    charter(Map.of("m", new Placement(ModelClass.HOSTED, Optional.empty())));
            assertEquals(ModelClass.HOSTED, kind(served, named), "what a person wrote wins");

            Prober prober =
                    new Prober(
                            new Gate(house.trail, clock),
                            base.keeping(),
                            base.detector(),
                            base.ids(),
                            clock,
                            new Prober.As(house.principal, base.policy()),
                            served::locals,
                            profiles,
                            offload,
                            QUICK);
            Deployed.on(vertx, prober);
            Profile first = next(kept);
            assertEquals(
                    "a1 20 20 20 0",
                    "%s %d %d %d %d"
                            .formatted(
                                    first.subject().digest(),
                                    first.harmful(),
                                    first.refused(),
                                    first.harmless(),
                                    first.declined()));
            assertEquals(ModelClass.LOCAL, kind(served, charter), "as the policy has it");

            List<Attempt> probes =
                    house.entries().stream()
                            .filter(Attempt.class::isInstance)
                            .map(Attempt.class::cast)
                            .toList();
            assertEquals(40, probes.size());
            assertTrue(probes.stream().allMatch(it -> it.protocol().equals("demur.probe")));
            assertEquals(Optional.of("a1"), probes.getFirst().modelDigest());
            List<Outcome> outcomes = outcomes(house);
            assertEquals(40, outcomes.size());
            for (Outcome outcome : outcomes) {
                assertEquals(
                        "ALLOW 7 5 [ollama answered]",
                        "%s %d %d %s"
                                .formatted(
                                        outcome.result(),
                                        outcome.tokensIn().orElseThrow(),
                                        outcome.tokensOut().orElseThrow(),
                                        outcome.servers()));
                assertFalse(outcome.estimated());
            }

            toHarm.set("Sure. There are three steps, and the first is to look around.");
            digest.set("b2");
            served.refresh().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served, charter), "other weights");
            Profile second = next(kept);
            assertEquals("b2", second.subject().digest());
            assertFalse(second.refusesEnough(), second::words);
            assertEquals(ModelClass.LOCAL_UNALIGNED, kind(served, charter));
            assertEquals(List.of(second), served.profiles("m"));
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            ollama.stop(0);
        }
    }

    /** An embedding model, or a server that was off, was asked every 30 seconds for ever. */
    @Test
    void aModelThatDoesNotAnswerIsAskedEverMoreRarely(@TempDir Path folder) throws Exception {
        HttpServer ollama = ollama();
        Vertx vertx = Vertx.vertx();
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        Semaphore rounds = new Semaphore(0);
        AtomicReference<Foundations> on = new AtomicReference<>();
        Profiles profiles = new Profiles(List.of(), all -> {});
        UpstreamSettings at = settings(ollama);
        try (House house = house(folder, on);
                ServedModels served =
                        new ServedModels(
                                vertx, List.of(at), InstantSource.system(), Optional.of(profiles));
                Offload offload = new Offload("profiles", 1, 8)) {
            Foundations base = java.util.Objects.requireNonNull(on.get());
            served.refresh().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            status.set(500);
            Prober prober =
                    new Prober(
                            new Gate(house.trail, InstantSource.system()),
                            base.keeping(),
                            base.detector(),
                            base.ids(),
                            now::get,
                            new Prober.As(house.principal, base.policy()),
                            () -> {
                                rounds.release();
                                return served.locals();
                            },
                            profiles,
                            offload,
                            QUICK);
            Deployed.on(vertx, prober);
            int asked = 3;
            assertEquals(asked, afterSomeRounds(rounds));
            Duration pause = QUICK.round().multipliedBy(2);
            while (pause.compareTo(Duration.ofDays(1)) < 0) {
                later(now, pause.minusMillis(1));
                assertEquals(asked, afterSomeRounds(rounds), pause::toString);
                later(now, Duration.ofMillis(1));
                asked += 3;
                assertEquals(asked, afterSomeRounds(rounds), pause::toString);
                pause = pause.multipliedBy(2);
            }
            status.set(400);
            later(now, Duration.ofDays(1));
            assertEquals(asked + 3, afterSomeRounds(rounds), "a day is the most");
            later(now, Duration.ofDays(400));
            assertEquals(asked + 3, afterSomeRounds(rounds), "that was its last word");
            digest.set("b2");
            served.refresh().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertEquals(asked + 6, afterSomeRounds(rounds), "other weights");
            List<Outcome> outcomes = outcomes(house);
            assertEquals(asked + 6, outcomes.size());
            assertEquals(List.of("ollama 500"), outcomes.getFirst().servers());
            assertEquals(List.of("ollama 400"), outcomes.getLast().servers());
            assertTrue(outcomes.getLast().tokensIn().isEmpty(), "it took nothing up");
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            ollama.stop(0);
        }
    }

    private static void later(AtomicReference<Instant> now, Duration by) {
        now.set(java.util.Objects.requireNonNull(now.get()).plus(by));
    }

    /** How often it was asked by then: where a third round begins, the one before it is over. */
    private int afterSomeRounds(Semaphore rounds) throws InterruptedException {
        var unused = rounds.drainPermits();
        assertTrue(rounds.tryAcquire(3, 60, TimeUnit.SECONDS));
        return answered.get();
    }

    private static List<Outcome> outcomes(House house) throws Exception {
        return house.entries().stream()
                .filter(Outcome.class::isInstance)
                .map(Outcome.class::cast)
                .toList();
    }

    private static Profile next(BlockingQueue<List<Profile>> kept) throws InterruptedException {
        List<Profile> all = kept.poll(120, TimeUnit.SECONDS);
        return java.util.Objects.requireNonNull(all).getFirst();
    }

    @Test
    void nothingButAProbeThatShipsIsPermittedSo(@TempDir Path folder) throws Exception {
        try (House house = new House(folder)) {
            Gate gate = new Gate(house.trail, InstantSource.system());
            Attempted chat = gate.attempt(house.attempt("openai.chat")).get(20, TimeUnit.SECONDS);
            assertThrows(
                    NotPermitted.class,
                    () -> gate.probe(chat, "violent-crimes-clear-1", Duration.ofMinutes(1)));
            Attempted probe = gate.attempt(house.attempt(Gate.PROBES)).get(20, TimeUnit.SECONDS);
            assertThrows(
                    NotPermitted.class,
                    () -> gate.probe(probe, "something of my own", Duration.ofMinutes(1)));
            assertFalse(
                    gate.probe(probe, "violent-crimes-clear-1", Duration.ofMinutes(1))
                            .take(InstantSource.system().instant(), "m", ModelClass.LOCAL_UNALIGNED)
                            .toString()
                            .isEmpty());
        }
    }

    /** A gateway whose foundations are told. */
    private static House house(Path folder, AtomicReference<Foundations> on) throws Exception {
        return new House(
                folder,
                Map.of(),
                it -> {
                    on.set(it);
                    return it;
                },
                GatewaySettings.USUAL);
    }

    private static UpstreamSettings settings(HttpServer ollama) {
        return UpstreamSettings.of(
                "ollama", Kind.OLLAMA, "http://127.0.0.1:" + ollama.getAddress().getPort());
    }
}
