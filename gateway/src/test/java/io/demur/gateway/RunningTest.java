package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Seen;
import io.demur.gateway.running.Running;
import io.demur.record.policy.InForce;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What those who run a gateway see of it, from outside. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunningTest {

    private static final Pattern SAMPLE =
            Pattern.compile(
                    "[a-z_]+(\\{[a-z_]+=\"([^\"\\\\]|\\\\.)*\"(,[a-z_]+=\"([^\"\\\\]|\\\\.)*\")*})?"
                            + " [0-9.+Inf]+");

    private House house;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = new House(folder);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    /** Bytes as they are: a client library would not send every header. */
    private String ask(String head, String body) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.gateway.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    "%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(head, body.length(), body)
                            .getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String metrics() throws Exception {
        String reply = ask("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1", "");
        assertTrue(reply.startsWith("HTTP/1.1 200"), reply);
        return reply.substring(reply.indexOf("\r\n\r\n") + 4);
    }

    private String chat(String model) throws Exception {
        return ask(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                        + house.key,
                """
                {"model": "%s", "messages": [{"role": "user", \
                "content": "How do I kill a Python process that hangs?"}]}\
                """
                        .formatted(model));
    }

    @Test
    void exchangesAreCountedAndNothingThatACallerWroteIsShown() throws Exception {
        assertTrue(chat("rehearsal").startsWith("HTTP/1.1 200"));
        assertTrue(chat("planted-model\\\"").startsWith("HTTP/1.1 404"));
        String text = metrics();
        text.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> assertTrue(SAMPLE.matcher(line).matches(), line));
        assertTrue(
                text.contains(
                        "demur_exchanges_total{protocol=\"openai.chat\",decision=\"allow\","
                                + "origin=\"none\",result=\"allow\"} "),
                text);
        assertTrue(text.contains("demur_exchange_seconds_count{protocol=\"openai.chat\"} "), text);
        assertTrue(
                text.contains(
                        "demur_added_seconds_bucket{protocol=\"openai.chat\",le=\"0.00025\"} "),
                text);
        assertTrue(text.contains("demur_added_seconds_count{protocol=\"openai.chat\"} "), text);
        assertTrue(
                text.contains("demur_tokens_total{model=\"rehearsal\",direction=\"in\"} "), text);
        assertTrue(text.contains("demur_http_replies_total{status=\"404\"} "), text);
        assertTrue(text.contains("\ndemur_open_attempts 0\n"), text);
        assertTrue(text.contains("\ndemur_policy_in_force 1\n"), text);
        assertFalse(text.contains("planted") || text.contains("Python"), text);
        assertFalse(text.contains(house.key), text);
    }

    @Test
    void metricsAreForThisMachineAloneOrForWhoeverMayManage() throws Exception {
        for (String head :
                List.of(
                        "GET /metrics HTTP/1.1\r\nHost: evil.example",
                        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: 127.0.0.1",
                        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nForwarded: for=x",
                        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1.evil.example")) {
            assertTrue(ask(head, "").startsWith("HTTP/1.1 401"), head);
            assertTrue(
                    ask(head + "\r\nAuthorization: Bearer " + house.key, "")
                            .startsWith("HTTP/1.1 403"),
                    head);
        }
    }

    @Test
    void aGatewayThatCanAnswerIsReady() throws Exception {
        String reply = ask("GET /readyz HTTP/1.1\r\nHost: x", "");
        assertTrue(reply.startsWith("HTTP/1.1 200"), reply);
        assertTrue(reply.contains("\"ready\":true"), reply);
    }

    @Test
    void aGatewayThatCannotAnswerSaysWhyAndNamesNobody() {
        InForce none = new InForce.RefuseAll(List.of());
        Running stale =
                new Running(
                        Optional.empty(),
                        () -> true,
                        () -> 0,
                        List::of,
                        Map.of(),
                        Running.alone().metrics(),
                        Seen.NOTHING,
                        false,
                        "1");
        stale.metrics().unwritten();
        Readiness.Answer answer = new Readiness(() -> none, () -> false, stale).answer();
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        assertEquals(503, answer.status());
        assertTrue(
                body.startsWith(
                        "{\"checks\":{\"checkpoint\":false,\"keys\":false,\"log\":false,"
                                + "\"policy\":false},\"ready\":false,\"reasons\":["),
                body);
    }

    @Test
    void aGatewayThatTakesNoStatementsHasNoPlaceForThem() throws Exception {
        String reply = ask("POST /demur/v1/policy HTTP/1.1\r\nHost: x", "junk");
        assertTrue(reply.startsWith("HTTP/1.1 404"), reply);
    }
}
