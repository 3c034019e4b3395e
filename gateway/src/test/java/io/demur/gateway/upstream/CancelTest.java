package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** When nobody waits any more, and when a caller reads slowly. */
class CancelTest extends Asks {

    /** How far an answer has come when nobody wants it any more. */
    enum Point {
        SILENT,
        HEAD,
        BEGUN,
        ERROR_BODY;

        void play(LyingServer.Talk talk) throws Exception {
            switch (this) {
                case SILENT -> talk.hang();
                case HEAD -> talk.sse().hang();
                case BEGUN -> talk.sse().text("Yes").hang();
                case ERROR_BODY -> talk.raw("HTTP/1.1 500 No\r\ncontent-length: 9\r\n\r\n{").hang();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServerSeesAtOnceThatNobodyWaits(Point point, TestReporter reporter) throws Exception {
        LyingServer server = server(point::play);
        ServedModels models = models(settings("one", server));
        Permit permit = permit(Permits.call(true));
        CompletableFuture<Answer> sent = new CompletableFuture<>();
        CompletableFuture<String> reading =
                verticle()
                        .begin(
                                () -> {
                                    try (Answer answer = upstream(models).send(permit)) {
                                        sent.complete(answer);
                                        while (!answer.next().getLast().isLast()) {
                                            // until it is cancelled
                                        }
                                        return "ended";
                                    } catch (AnswerCancelled e) {
                                        return "cancelled";
                                    }
                                });
        Answer answer = Verticle.wait(sent);
        while (server.seen().isEmpty()) {
            Thread.sleep(5);
        }
        Thread.sleep(50);
        long from = System.nanoTime();
        answer.cancel();
        long seen = server.left.get(20, TimeUnit.SECONDS);
        reporter.publishEntry(
                "cancel." + point, TimeUnit.NANOSECONDS.toMicros(seen - from) + " us");
        assertEquals("cancelled", Verticle.wait(reading));
        assertEquals(0, models.servers().getFirst().outstanding());
        assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
    }

    @Test
    void whatIsClosedBeforeItsEndIsGivenUp() throws Exception {
        LyingServer server = server(talk -> talk.sse().text("Yes").hang());
        ServedModels models = models(settings("one", server));
        Permit permit = permit(Permits.call(true));
        verticle()
                .run(
                        () -> {
                            try (Answer answer = upstream(models).send(permit)) {
                                return answer.next();
                            }
                        });
        server.left.get(20, TimeUnit.SECONDS);
        assertEquals(0, models.servers().getFirst().outstanding());
    }

    @Test
    void whatIsCancelledBeforeItIsReadIsNotEvenAsked() {
        LyingServer server = server(talk -> talk.sse().text("Yes").stop("stop"));
        ServedModels models = models(settings("one", server));
        Permit permit = permit(Permits.call(true));
        assertThrows(
                AnswerCancelled.class,
                () ->
                        verticle()
                                .run(
                                        () -> {
                                            try (Answer answer = upstream(models).send(permit)) {
                                                answer.cancel();
                                                return answer.next();
                                            }
                                        }));
        assertEquals(0, server.seen().size());
    }

    @Test
    void aCallerWhoDoesNotReadSlowsTheServerDown() throws Exception {
        LyingServer server = server(talk -> talk.sse().flood("x".repeat(8192)));
        ServedModels models = models(settings("one", server));
        Permit permit = permit(Permits.call(true));
        CompletableFuture<Void> enough = new CompletableFuture<>();
        CompletableFuture<String> reading =
                verticle()
                        .begin(
                                () -> {
                                    try (Answer answer = upstream(models).send(permit)) {
                                        answer.next();
                                        io.vertx.core.Future.await(
                                                io.vertx.core.Future.fromCompletionStage(enough));
                                        return "read";
                                    }
                                });
        long before = -1;
        for (int i = 0; i < 100 && before != server.flooded.get(); i++) {
            before = server.flooded.get();
            Thread.sleep(300);
        }
        long stalled = server.flooded.get();
        enough.complete(null);
        assertEquals("read", Verticle.wait(reading));
        // what fits into the buffers of two sockets, and not a megabyte more for each second
        assertTrue(stalled < 32 << 20, () -> stalled + " bytes");
    }

    @Test
    void aHundredAtOnce() throws Exception {
        LyingServer server =
                server(
                        talk -> {
                            talk.sse();
                            for (int i = 0; i < 20; i++) {
                                talk.text("a" + i + " ");
                                talk.sleep(10);
                            }
                            talk.stop("stop");
                        });
        ServedModels models = models(settings("one", server));
        List<CompletableFuture<Heard>> heard = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Permit permit = permit(Permits.call(true));
            heard.add(verticle().begin(() -> hear(upstream(models), permit)));
        }
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            expected.append('a').append(i).append(' ');
        }
        for (CompletableFuture<Heard> each : heard) {
            assertEquals(expected.toString(), Verticle.wait(each).text());
            assertTrue(each.join().last() instanceof Event.Stop);
        }
        assertEquals(0, models.servers().getFirst().outstanding());
    }
}
