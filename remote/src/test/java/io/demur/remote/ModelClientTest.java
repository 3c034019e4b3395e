package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.remote.ModelReply.Answered;
import io.demur.remote.ModelReply.Failed;
import io.demur.remote.ModelReply.Reason;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Servers of models, and what is none, as they answer on a socket. */
class ModelClientTest {

    private static final String OK = "HTTP/1.1 200 OK";
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static ModelCall call() {
        return new ModelCall(
                "m", Request.of("Hello?"), OptionalDouble.of(0.5), OptionalLong.of(7), 99);
    }

    private static LyingServer.Lie answer(String status, String type, String body, String... more) {
        return (socket, out) -> write(out, status, type, body, more);
    }

    private static void write(
            OutputStream out, String status, String type, String body, String... more)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(status + "\r\nContent-Type: " + type + "\r\n");
        for (String line : more) {
            head.append(line).append("\r\n");
        }
        head.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n");
        out.write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
    }

    private static ModelReply asked(LyingServer.Lie lie, String path, Duration timeout)
            throws Exception {
        try (LyingServer server = new LyingServer(lie);
                ModelClient client =
                        new ModelClient(
                                ModelServer.at(
                                        server.address() + path, Optional.empty(), timeout))) {
            return client.ask(call());
        }
    }

    private static ModelReply asked(LyingServer.Lie lie) throws Exception {
        return asked(lie, "", TIMEOUT);
    }

    private static Failed failed(ModelReply reply) {
        return assertInstanceOf(Failed.class, reply);
    }

    @Test
    void readsAnAnswerOfTheOpenAiProtocol() throws Exception {
        String body =
                """
                {"id": "c1", "model": "m-2026", "system_fingerprint": "fp_9",
                 "choices": [{"index": 0, "finish_reason": "stop",
                   "message": {"role": "assistant", "content": "Hi."}}],
                 "usage": {"prompt_tokens": 5, "completion_tokens": 2}}
                """;
        assertEquals(
                new Answered(
                        new Response("Hi.", StopReason.END),
                        OptionalLong.of(5),
                        OptionalLong.of(2),
                        "m-2026",
                        Optional.of("fp_9")),
                asked(answer(OK, "application/json", body)));
    }

    @Test
    void readsAnAnswerOfAnthropics() throws Exception {
        String body =
                """
                {"type": "message", "id": "m1", "role": "assistant", "model": "c-1",
                 "content": [{"type": "text", "text": "Hi."}], "stop_reason": "end_turn",
                 "usage": {"input_tokens": 5, "output_tokens": 2}}
                """;
        Answered answered =
                assertInstanceOf(
                        Answered.class,
                        asked(answer(OK, "application/json", body), "/v1/messages", TIMEOUT));
        assertEquals("Hi.", answered.response().text());
        assertEquals(OptionalLong.of(2), answered.outputTokens());
    }

    @Test
    void readsAnAnswerOfOllamas() throws Exception {
        String body =
                """
                {"model": "q", "message": {"role": "assistant", "content": "Hi."},
                 "done": true, "done_reason": "stop", "prompt_eval_count": 5, "eval_count": 2}
                """;
        Answered answered =
                assertInstanceOf(
                        Answered.class,
                        asked(answer(OK, "application/json", body), "/api/chat", TIMEOUT));
        assertEquals("Hi.", answered.response().text());
        assertEquals(OptionalLong.of(5), answered.inputTokens());
    }

    @Test
    void aRefusalInAProvidersFieldIsAnAnswer() throws Exception {
        String refusal =
                """
                {"choices": [{"index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": null, "refusal": "I can't."}}]}
                """;
        Answered answered =
                assertInstanceOf(Answered.class, asked(answer(OK, "application/json", refusal)));
        assertInstanceOf(StopReason.Refusal.class, answered.response().stop());
        String filtered =
                """
                {"error": {"code": "content_filter", "message": "filtered", "status": 400}}
                """;
        Answered blocked =
                assertInstanceOf(
                        Answered.class,
                        asked(answer("HTTP/1.1 400 Bad", "application/json", filtered)));
        assertInstanceOf(StopReason.ContentFilter.class, blocked.response().stop());
    }

    @ParameterizedTest
    @CsvSource({
        "429, BUSY",
        "503, BUSY",
        "529, BUSY",
        "500, OUTAGE",
        "502, OUTAGE",
        "401, DENIED",
        "403, BLOCKED",
        "400, REJECTED",
        "404, REJECTED",
        "302, REJECTED"
    })
    void aStatusSaysWhatToMakeOfIt(int status, Reason reason) throws Exception {
        Failed failed =
                failed(
                        asked(
                                answer(
                                        "HTTP/1.1 " + status + " X",
                                        "application/json",
                                        "{\"error\": {\"message\": \"secret words\"}}",
                                        "Retry-After: 7")));
        assertEquals(reason, failed.reason());
        assertEquals(status, failed.status());
        assertFalse(failed.message().contains("secret"), failed.message());
        if (status >= 400) {
            assertEquals(Optional.of(Duration.ofSeconds(7)), failed.retryAfter());
        }
    }

    @Test
    void aPageForPeopleIsNoAnswer() throws Exception {
        Failed failed =
                failed(asked(answer(OK, "text/html; charset=utf-8", "<html>Log in</html>")));
        assertEquals(Reason.UNREADABLE, failed.reason());
        assertTrue(failed.message().contains("content type `text/html`"), failed.message());
    }

    @Test
    void anAnswerThatIsCutOffIsNone() throws Exception {
        Failed failed =
                failed(
                        asked(
                                (socket, out) -> {
                                    out.write(
                                            LyingServer.head(
                                                    OK,
                                                    "Content-Type: application/json",
                                                    "Content-Length: 5000"));
                                    out.write("{\"choices\": [{".getBytes(StandardCharsets.UTF_8));
                                    out.flush();
                                    socket.close();
                                }));
        assertEquals(Reason.BROKEN_OFF, failed.reason());
        assertEquals(
                Reason.UNREADABLE,
                failed(asked(answer(OK, "application/json", "{\"choices\": [{"))).reason());
    }

    @Test
    void aServerThatStallsIsLate() throws Exception {
        Failed failed =
                failed(
                        asked(
                                (socket, out) -> {
                                    out.write(LyingServer.head(OK, "Content-Length: 5000"));
                                    out.flush();
                                    Thread.sleep(60_000);
                                },
                                "",
                                Duration.ofMillis(300)));
        assertEquals(Reason.LATE, failed.reason());
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String url = "http://127.0.0.1:" + port;
        try (ModelClient client = new ModelClient(ModelServer.at(url, Optional.empty(), TIMEOUT))) {
            Failed failed = failed(client.ask(call()));
            assertEquals(Reason.UNREACHABLE, failed.reason());
            assertTrue(failed.message().contains(url), failed.message());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, OPENAI, http://localhost:8000",
        "http://localhost:8000/v1/, OPENAI, http://localhost:8000",
        "http://h/x/v1/chat/completions, OPENAI, http://h/x",
        "https://api.anthropic.com, ANTHROPIC, https://api.anthropic.com",
        "https://proxy/claude/v1/messages, ANTHROPIC, https://proxy/claude",
        "http://127.0.0.1:11434, OLLAMA, http://127.0.0.1:11434",
        "http://127.0.0.1:11434/v1, OPENAI, http://127.0.0.1:11434",
        "http://far:80/api/chat, OLLAMA, http://far:80"
    })
    void aUrlSaysWhichProtocolIsSpoken(String url, ModelServer.Speaks speaks, String base) {
        ModelServer server = ModelServer.at(url, Optional.empty(), TIMEOUT);
        assertEquals(speaks, server.speaks());
        assertEquals(base, server.toString());
    }

    @Test
    void aPasswordInAUrlIsNotRepeated() {
        IllegalArgumentException e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ModelServer.at("http://me:hunter2@host", Optional.empty(), TIMEOUT));
        assertFalse(String.valueOf(e.getMessage()).contains("hunter2"));
    }

    @Test
    void aServerMaySayWhenToComeBackInSecondsOrByADate() {
        Instant now = Instant.parse("2026-11-22T10:00:00Z");
        assertEquals(Optional.of(Duration.ofSeconds(12)), RetryAfter.read("12", now));
        assertEquals(Optional.of(Duration.ofMillis(1500)), RetryAfter.read("1.5", now));
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                RetryAfter.read("Sun, 22 Nov 2026 10:00:30 GMT", now));
        assertEquals(
                Optional.of(Duration.ZERO), RetryAfter.read("Sun, 22 Nov 2026 09:00:30 GMT", now));
        assertEquals(Optional.empty(), RetryAfter.read("soon", now));
    }
}
