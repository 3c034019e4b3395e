package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.gateway.gate.NotPermitted;
import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One server: what it answers, and what it says where it lies. */
class HttpAnswerTest extends Asks {

    private static final String WHOLE =
            "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":"
                    + "\"assistant\",\"content\":\"Use kill.\"},\"finish_reason\":\"stop\"}],"
                    + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}";

    private static void streamed(LyingServer.Talk talk) throws Exception {
        talk.sse().text("Use ").text("kill.").stop("stop");
    }

    @Test
    void anAnswerComesInPieces() {
        LyingServer server = server(HttpAnswerTest::streamed);
        Heard heard = hear(models(settings("one", server)), Permits.call(true));
        assertEquals("Use kill.", heard.text());
        assertEquals(StopReason.END, heard.reply().stop());
        assertEquals("one", heard.server());
        LyingServer.Seen seen = server.seen().getFirst();
        assertEquals("POST /v1/chat/completions HTTP/1.1", seen.line());
        assertEquals("text/event-stream", seen.header("accept"));
        assertEquals("application/json", seen.header("content-type"));
        assertEquals("", seen.header("accept-encoding"));
        assertTrue(seen.body().contains("\"model\":\"theirs\""), seen::body);
    }

    @Test
    void anAnswerComesAtOnce() {
        LyingServer server = server(talk -> talk.json(200, WHOLE));
        Heard heard = hear(models(settings("one", server)), Permits.call(false));
        assertEquals("Use kill.", heard.text());
        assertEquals(3, heard.reply().usage().orElseThrow().output());
    }

    @Test
    void anAnswerAtOnceWherePiecesWereAskedForIsOneToo() {
        LyingServer server = server(talk -> talk.json(200, WHOLE));
        assertEquals("Use kill.", hear(models(settings("one", server)), Permits.call(true)).text());
        LyingServer unnamed = server(talk -> talk.answer(200, "text/event-stream", " \n" + WHOLE));
        assertEquals(
                "Use kill.", hear(models(settings("two", unnamed)), Permits.call(true)).text());
    }

    @Test
    void aConnectionIsUsedAgain() {
        LyingServer server = server(HttpAnswerTest::streamed);
        ServedModels models = models(settings("one", server));
        for (int i = 0; i < 5; i++) {
            assertEquals("Use kill.", hear(models, Permits.call(true)).text());
        }
        assertEquals(1, server.connections());
    }

    @Test
    void ollamaAndAnthropicAreAskedInTheirOwnWay() {
        LyingServer ollama =
                server(
                        talk ->
                                talk.pieces("application/x-ndjson")
                                        .piece(
                                                "{\"model\":\"m\",\"message\":{\"role\":"
                                                        + "\"assistant\",\"content\":\"Yes\"},"
                                                        + "\"done\":false}\n")
                                        .piece(
                                                "{\"model\":\"m\",\"message\":{\"role\":"
                                                        + "\"assistant\",\"content\":\".\"},"
                                                        + "\"done\":true,"
                                                        + "\"done_reason\":\"stop\"}\n")
                                        .end());
        assertEquals(
                "Yes.",
                hear(models(settings("o", Kind.OLLAMA, ollama)), Permits.call(true)).text());
        assertEquals("POST /api/chat HTTP/1.1", ollama.seen().getFirst().line());
        LyingServer anthropic =
                server(
                        talk ->
                                talk.json(
                                        200,
                                        "{\"id\":\"a\",\"type\":\"message\",\"role\":\"assistant\","
                                            + "\"content\":[{\"type\":\"text\",\"text\":\"Yes.\"}],"
                                            + "\"stop_reason\":\"end_turn\"}"));
        UpstreamSettings keyed =
                settings("a", Kind.ANTHROPIC, anthropic).withKey(Secret.of("sk-ant-1"));
        assertEquals("Yes.", hear(models(keyed), Permits.call(false)).text());
        LyingServer.Seen seen = anthropic.seen().getFirst();
        assertEquals("POST /v1/messages HTTP/1.1", seen.line());
        assertEquals("sk-ant-1", seen.header("x-api-key"));
        assertEquals("", seen.header("authorization"));
        assertEquals("2023-06-01", seen.header("anthropic-version"));
    }

    @Test
    void aPermitIsUsedUpBySending() {
        LyingServer server = server(HttpAnswerTest::streamed);
        ServedModels models = models(settings("one", server));
        Permit permit = permit(Permits.call(true));
        verticle().run(() -> hear(upstream(models), permit));
        assertThrows(NotPermitted.class, () -> verticle().run(() -> upstream(models).send(permit)));
        assertEquals(1, server.seen().size());
    }

    /** What a server may do instead of answering. Each is a failure, never an answer. */
    enum Lie {
        CLOSES_AT_ONCE,
        RESETS_AT_ONCE,
        NO_HTTP,
        HALF_A_HEAD,
        SILENT,
        SILENT_AFTER_HEAD,
        HTML,
        GARBAGE_EVENTS,
        GARBAGE_CHUNKS,
        CUT_OFF_IN_A_CHUNK,
        NOTHING_AT_ALL,
        TOO_SHORT,
        HUGE_LINE,
        ENDLESS_HEADER,
        ERROR_IN_200,
        ERROR_EVENT,
        COMPRESSED,
        ELSEWHERE,
        SERVER_ERROR,
        SERVER_ERROR_CUT_OFF,
        TWO_ANSWERS;

        void play(LyingServer.Talk talk) throws Exception {
            switch (this) {
                case CLOSES_AT_ONCE -> talk.close();
                case RESETS_AT_ONCE -> talk.reset();
                case NO_HTTP -> talk.raw("SSH-2.0-OpenSSH_9.2\r\n").close();
                case HALF_A_HEAD -> talk.raw("HTTP/1.1 200 OK\r\ncontent-ty").close();
                case SILENT -> talk.hang();
                case SILENT_AFTER_HEAD -> talk.sse().hang();
                case HTML -> talk.answer(200, "text/html", "<html>Sign in</html>");
                case GARBAGE_EVENTS -> talk.sse().data("{{{").data("]").end();
                case GARBAGE_CHUNKS -> talk.sse().raw("zz\r\nwhat\r\n").close();
                case CUT_OFF_IN_A_CHUNK -> talk.sse().raw("40\r\ndata: {\"cho").reset();
                case NOTHING_AT_ALL -> talk.sse().end();
                case TOO_SHORT ->
                        talk.raw(
                                        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"
                                                + "content-length: 500\r\n\r\ndata: {\"choices\"")
                                .close();
                case HUGE_LINE -> {
                    talk.sse().piece("data: ");
                    String much = "x".repeat(64 << 10);
                    for (int i = 0; i < 80; i++) {
                        talk.piece(much);
                    }
                    talk.end();
                }
                case ENDLESS_HEADER ->
                        talk.raw("HTTP/1.1 200 OK\r\nx: " + "y".repeat(1 << 20)).hang();
                case ERROR_IN_200 ->
                        talk.json(200, "{\"error\":{\"message\":\"overloaded\",\"code\":500}}");
                case ERROR_EVENT ->
                        talk.sse().data("{\"error\":{\"message\":\"the engine died\"}}").end();
                case COMPRESSED ->
                        talk.answer(200, "application/json", WHOLE, "content-encoding: gzip");
                case ELSEWHERE ->
                        talk.answer(307, "text/plain", "", "location: http://127.0.0.1:1/");
                case SERVER_ERROR -> talk.json(500, "{\"error\":{\"message\":\"no memory\"}}");
                case SERVER_ERROR_CUT_OFF ->
                        talk.raw("HTTP/1.1 500 No\r\ncontent-length: 90\r\n\r\n{\"err").reset();
                case TWO_ANSWERS ->
                        talk.json(200, WHOLE.replace("}],\"usage\"", "},{\"index\":1}],\"usage\""));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLieIsAFailure(Lie lie) {
        LyingServer server = server(lie::play);
        Heard heard = hear(models(settings("one", server).withTimeouts(SHORT)), Permits.call(true));
        assertEquals(1, heard.events().size());
        assertTrue(heard.failure().isOutage(), heard::toString);
    }

    @ParameterizedTest
    @EnumSource
    void whereOneLiesAnotherIsAsked(Lie lie) {
        LyingServer liar = server(lie::play);
        LyingServer other = server(HttpAnswerTest::streamed);
        Heard heard =
                hear(
                        models(
                                settings("one", liar).withTimeouts(SHORT),
                                settings("two", other).asFallback()),
                        Permits.call(true));
        assertEquals("Use kill.", heard.text());
        assertEquals("two", heard.server());
        assertEquals(1, liar.seen().size());
        assertEquals(1, other.seen().size());
    }

    /** How an answer may break off that has begun. */
    enum Break {
        CLOSE,
        RESET,
        SILENCE,
        GARBAGE,
        ERROR,
        BAD_CHUNK;

        void play(LyingServer.Talk talk) throws Exception {
            talk.sse().text("Use ").text("kill");
            switch (this) {
                case CLOSE -> talk.close();
                case RESET -> {
                    talk.sleep(50);
                    talk.reset();
                }
                case SILENCE -> talk.hang();
                case GARBAGE -> talk.data("}{").end();
                case ERROR -> talk.data("{\"error\":{\"message\":\"out of memory\"}}").end();
                case BAD_CHUNK -> talk.raw("-5\r\nwhat").close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasBegunIsNotBegunAnew(Break how) throws Exception {
        CompletableFuture<Void> read = new CompletableFuture<>();
        LyingServer server =
                server(
                        talk -> {
                            talk.sse().text("Use ");
                            read.join(); // the first event was handed out
                            how.play(talk);
                        });
        LyingServer other = server(HttpAnswerTest::streamed);
        ServedModels models =
                models(
                        settings("one", server).withTimeouts(SHORT),
                        settings("two", other).asFallback());
        Permit permit = permit(Permits.call(true));
        List<Event> events = new ArrayList<>();
        verticle()
                .run(
                        () -> {
                            try (Answer answer = upstream(models).send(permit)) {
                                events.addAll(answer.next());
                                read.complete(null);
                                while (!events.getLast().isLast()) {
                                    events.addAll(answer.next());
                                }
                                return "";
                            }
                        });
        assertInstanceOf(Event.Failed.class, events.getLast());
        assertEquals(0, other.seen().size());
    }

    @Test
    void anEndWithoutItsLastLineIsAnEnd() {
        LyingServer server =
                server(
                        talk -> {
                            talk.sse().text("Yes.");
                            talk.data(
                                    "{\"choices\":[{\"index\":0,\"delta\":{},"
                                            + "\"finish_reason\":\"stop\"}]}");
                            talk.reset();
                        });
        Heard heard = hear(models(settings("one", server)), Permits.call(true));
        assertEquals("Yes.", heard.text());
        assertInstanceOf(Event.Stop.class, heard.last());
    }

    @Test
    void slowDripsAreRead() {
        LyingServer server =
                server(
                        talk -> {
                            talk.sse();
                            String event =
                                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                                            + "\"Grüße\"},\"finish_reason\":\"stop\"}]}\n\n";
                            for (byte b : event.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
                                talk.rawByte(b);
                            }
                            talk.data("[DONE]").end();
                        });
        assertEquals("Grüße", hear(models(settings("one", server)), Permits.call(true)).text());
    }

    @Test
    void aBodyThatIsTooLongIsNotKept() {
        LyingServer server =
                server(
                        talk -> {
                            talk.pieces("application/json").piece("{\"choices\":[");
                            String much = " ".repeat(1 << 20);
                            for (int i = 0; i < 17; i++) {
                                talk.piece(much);
                            }
                            talk.end();
                        });
        Heard heard = hear(models(settings("one", server)), Permits.call(false));
        assertTrue(heard.failure().message().contains("longer than"), heard::toString);
    }

    @Test
    void blanksWithoutAnEndAreNotReadForEver() {
        LyingServer server =
                server(
                        talk -> {
                            talk.pieces("application/json");
                            while (true) {
                                talk.piece(" ".repeat(1 << 16));
                            }
                        });
        Permit permit = permits().of(Permits.call(false), java.time.Duration.ofMillis(500));
        Heard heard = verticle().run(() -> hear(upstream(models(settings("one", server))), permit));
        assertTrue(heard.failure().isOutage(), heard::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 413, 422})
    void whatAServerHoldsToBeWrongIsSaidAndNotTriedElsewhere(int status) {
        LyingServer server =
                server(talk -> talk.json(status, "{\"error\":{\"message\":\"too long\"}}"));
        LyingServer other = server(HttpAnswerTest::streamed);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        Heard heard = hear(models, Permits.call(true));
        assertEquals(new Failure(Failure.Kind.REJECTED, status, "the model's server answers with HTTP status " + status), heard.failure());
        assertEquals(0, other.seen().size());
        assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
    }

    @Test
    void whereNobodyListensItFails() {
        LyingServer gone = server(talk -> talk.close());
        gone.close();
        ServedModels models = models(settings("one", gone));
        assertEquals(Failure.Kind.OUTAGE, hear(models, Permits.call(true)).failure().kind());
        assertEquals(ServerStatus.State.DOWN, models.servers().getFirst().state());
    }

    @Test
    void aKeyIsSentAndNeverShown() {
        LyingServer server = server(talk -> talk.json(500, "{}"));
        UpstreamSettings keyed = settings("one", server).withKey(Secret.of("sk-very-secret"));
        ServedModels models = models(keyed);
        Heard heard = hear(models, Permits.call(true));
        assertEquals("Bearer sk-very-secret", server.seen().getFirst().header("authorization"));
        assertFalse((heard + "" + models.servers() + keyed).contains("very-secret"));
    }

    @Test
    void headersOfTheConfigurationAreSent() {
        LyingServer server = server(HttpAnswerTest::streamed);
        UpstreamSettings one = settings("one", server);
        UpstreamSettings headed =
                new UpstreamSettings(
                        one.name(),
                        one.kind(),
                        one.url(),
                        Optional.empty(),
                        Map.of("api-key", Secret.of("abc")),
                        one.models(),
                        false,
                        one.timeouts());
        assertEquals("Use kill.", hear(models(headed), Permits.call(true)).text());
        assertEquals("abc", server.seen().getFirst().header("api-key"));
    }
}
