package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A caller who leaves: nobody is asked on their behalf any more, and the log says so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeavingTest {

    private final Wrong wrong = new Wrong();
    private House house;
    private Raw raw;
    private final Wrong.Speaker during = slow("during");
    private final Wrong.Speaker whole = slow("whole");
    private final Wrong.Speaker before = slow("before");

    private static Wrong.Speaker slow(String name) {
        Wrong.Speaker speaker = new Wrong.Speaker(1000, name);
        speaker.between.set(Duration.ofMillis(200));
        return speaker;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of("during", during, "whole", whole, "before", before),
                        wrong,
                        GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private String request(String model, boolean stream) {
        return raw.request(
                "/v1/chat/completions",
                "{\"model\": \"%s\", \"stream\": %s, \"messages\": [{\"role\": \"user\","
                        .formatted(model, stream)
                        .concat(" \"content\": \"What is the capital of France?\"}]}"));
    }

    /** The one outcome of the one attempt of a model, once it is there. */
    private Outcome outcome(String model) throws Exception {
        for (int i = 0; i < 200; i++) {
            List<Entry> entries = house.entries();
            Optional<String> attempt =
                    entries.stream()
                            .filter(it -> it instanceof Attempt a && a.model().equals(model))
                            .map(it -> ((Attempt) it).id())
                            .findFirst();
            List<Outcome> outcomes =
                    entries.stream()
                            .filter(
                                    it ->
                                            it instanceof Outcome o
                                                    && Optional.of(o.attempt()).equals(attempt))
                            .map(it -> (Outcome) it)
                            .toList();
            if (!outcomes.isEmpty()) {
                assertEquals(1, outcomes.size());
                return outcomes.getFirst();
            }
            Thread.sleep(50);
        }
        throw new AssertionError("no outcome of " + model);
    }

    private void isAborted(String model, Wrong.Speaker speaker, long left) throws Exception {
        long cancelled = speaker.cancelledAt.get(10, TimeUnit.SECONDS);
        System.out.printf(
                "`%s`: cancelled %d us after it left%n", model, (cancelled - left) / 1000);
        Outcome outcome = outcome(model);
        assertEquals(Outcome.Result.ABORT, outcome.result());
        assertEquals(Optional.of("client-left"), outcome.reason());
    }

    @Test
    void whoLeavesInTheMiddleOfAStreamEndsTheModelsWork() throws Exception {
        wrong.judging.set(Wrong::sure);
        long left;
        try (Socket socket = raw.open()) {
            Raw.send(socket, request("during", true));
            InputStream in = socket.getInputStream();
            assertEquals(1500, in.readNBytes(1500).length);
            left = System.nanoTime();
        }
        isAborted("during", during, left);
    }

    @Test
    void whoLeavesWhileAWholeAnswerIsWaitedForEndsTheModelsWork() throws Exception {
        long left;
        try (Socket socket = raw.open()) {
            Raw.send(socket, request("whole", false));
            while (whole.asked.get() == 0) {
                Thread.sleep(10);
            }
            left = System.nanoTime();
        }
        isAborted("whole", whole, left);
    }

    @Test
    void whoLeavesWhileItIsJudgedIsNotAnsweredByAModelAtLength() throws Exception {
        CompletableFuture<Boolean> judged = new CompletableFuture<>();
        wrong.judging.set(
                right ->
                        question ->
                                new Wrong.Finding(
                                        right.hear(question),
                                        hearing -> {
                                            if (question.asked().model().equals("before")) {
                                                judged.complete(true);
                                                Future.await(
                                                        Vertx.currentContext().owner().timer(700));
                                            }
                                            return hearing.findings();
                                        }));
        long left;
        try (Socket socket = raw.open()) {
            Raw.send(socket, request("before", true));
            assertTrue(judged.get(10, TimeUnit.SECONDS));
            left = System.nanoTime();
        }
        isAborted("before", before, left);
    }

    @Test
    void whoLeavesBeforeTheBodyIsThereLeavesNothingBehind() throws Exception {
        int open = house.trail.open();
        for (int i = 0; i < 20; i++) {
            try (Socket socket = raw.open()) {
                String request = request("whole", true);
                Raw.send(socket, request.substring(0, request.length() - 1 - i));
            }
        }
        Thread.sleep(200);
        assertEquals(open, house.trail.open());
        try (Socket socket = raw.open()) {
            Raw.send(socket, "GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            assertEquals("HTTP/1.1 200", Raw.untilEnd(socket).substring(0, 12));
        }
    }
}
