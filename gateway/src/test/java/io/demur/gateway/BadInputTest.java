package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is no call: a clear error in the protocol's shape, and no word of it in the log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    /** Stands in every body. */
    private static final String PLANTED = "Zwetschgenmus";

    private static final int BODY_MAX = 300_000;
    private static final String CHAT = "/v1/chat/completions";

    private static final Map<String, String> ERRORS =
            Map.of(
                    CHAT,
                    "{\"error\":{\"message\":\"",
                    "/v1/completions",
                    "{\"error\":{\"message\":\"",
                    "/v1/embeddings",
                    "{\"error\":{\"message\":\"",
                    "/v1/messages",
                    "{\"type\":\"error\",\"error\":{\"type\":\"",
                    "/api/chat",
                    "{\"error\":\"",
                    "/api/generate",
                    "{\"error\":\"",
                    "/api/embed",
                    "{\"error\":\"");

    private final Overheard overheard = new Overheard();
    private final Wrong.Speaker speaker = new Wrong.Speaker(1);
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        GatewaySettings usual = GatewaySettings.USUAL;
        house =
                new House(
                        folder,
                        Map.of("speaker", speaker),
                        new Wrong(),
                        new GatewaySettings(
                                usual.host(),
                                0,
                                2,
                                BODY_MAX,
                                Duration.ofSeconds(1),
                                usual.answeredWithin(),
                                usual.stopWithin(),
                                usual.form(),
                                Optional.empty(),
                                Optional.empty()));
        raw = new Raw(house);
    }

    @AfterAll
    void stop() {
        house.close();
        overheard.close();
        String said = overheard.text();
        assertFalse(said.contains(PLANTED), said);
        assertFalse(said.contains(house.key), said);
        assertFalse(said.contains(house.key.substring(house.key.lastIndexOf('_') + 1)), said);
    }

    private static String content(String path, String text) {
        return switch (path) {
            case "/v1/embeddings", "/api/embed" -> "\"input\": \"" + text + "\"";
            case "/v1/completions", "/api/generate" -> "\"prompt\": \"" + text + "\"";
            default ->
                    "\"max_tokens\": 9, \"messages\": [{\"role\": \"user\", \"content\": \""
                            + text
                            + "\"}]";
        };
    }

    private static String good(String path) {
        return "{\"model\": \"speaker\", \"stream\": false, " + content(path, PLANTED) + "}";
    }

    private String answer(String path, byte[] body, String... headers) throws Exception {
        try (Socket socket = raw.open()) {
            OutputStream out = socket.getOutputStream();
            StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nhost: x\r\n");
            head.append("authorization: Bearer ").append(house.key).append("\r\n");
            for (String header : headers) {
                head.append(header).append("\r\n");
            }
            head.append("content-length: ").append(body.length).append("\r\n\r\n");
            out.write(head.toString().getBytes(StandardCharsets.UTF_8));
            try {
                out.write(body);
                out.flush();
            } catch (java.net.SocketException e) {
                // it was answered before all of it was there
            }
            return Raw.one(socket);
        }
    }

    private static int status(String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 "), answer);
        return Integer.parseInt(answer.substring(9, 12));
    }

    private void isClear(String path, String answer, int... statuses) {
        int status = status(answer);
        boolean expected = false;
        for (int each : statuses) {
            expected |= each == status;
        }
        assertTrue(expected, () -> path + " " + answer);
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertTrue(body.startsWith(ERRORS.get(path)), () -> path + " " + answer);
    }

    private void check(String what, byte[] body, int... statuses) throws Exception {
        for (String path : ERRORS.keySet()) {
            String answer = answer(path, body);
            assertFalse(answer.isEmpty(), what);
            isClear(path, answer, statuses);
        }
    }

    private void checkField(String field) throws Exception {
        for (String path : ERRORS.keySet()) {
            String body = "{\"model\": \"speaker\", " + field + ", " + content(path, PLANTED) + "}";
            String answer = answer(path, body.getBytes(StandardCharsets.UTF_8));
            int status = status(answer);
            assertTrue(status == 400 || status == 404 || status == 200, () -> field + answer);
        }
    }

    @Test
    void whatIsNoJsonIsSaidToBeSo() throws Exception {
        String planted = "\"" + PLANTED + "\"";
        for (String body :
                List.of(
                        "",
                        "null",
                        "[]",
                        planted,
                        "{" + planted,
                        "{" + planted + ": }",
                        "{\"model\": " + planted + "} " + planted,
                        "\u0000\u0000\u0000" + PLANTED,
                        "{\"model\": " + planted + ", \"model\": " + planted + "}",
                        "{\"model\": \"speaker\", \"messages\": " + planted + ", \"prompt\": {}}",
                        "{\"model\": {\"a\": " + planted + "}}",
                        "{\"model\": \"speaker\", \"messages\": ["
                                + planted
                                + "], \"input\": [[]],"
                                + " \"prompt\": 7}")) {
            check(body, body.getBytes(StandardCharsets.UTF_8), 400);
        }
    }

    @Test
    void bombsOfJsonAreNoMoreThanBadCalls() throws Exception {
        int deep = 100_000;
        check("arrays", "[".repeat(deep).getBytes(StandardCharsets.UTF_8), 400);
        check("objects", "{\"a\":".repeat(deep / 2).getBytes(StandardCharsets.UTF_8), 400);
        for (String open : List.of("[", "{\"a\":")) {
            String close = open.equals("[") ? "]" : "}";
            checkField("\"metadata\": " + open.repeat(40_000) + "1" + close.repeat(40_000));
            checkField("\"tools\": " + open.repeat(900) + "1" + close.repeat(900));
        }
        for (String number :
                List.of(
                        "1e999999999",
                        "-1e-999999999",
                        "1E+2147483648",
                        "9".repeat(100_000),
                        "0." + "9".repeat(100_000),
                        "NaN",
                        "1e400",
                        "-1",
                        "9223372036854775808")) {
            for (String field :
                    List.of("temperature", "max_tokens", "seed", "n", "top_k", "unheard_of")) {
                checkField("\"" + field + "\": " + number);
            }
            checkField("\"options\": {\"num_predict\": " + number + "}");
        }
        StringBuilder many = new StringBuilder("\"metadata\": {");
        for (int i = 0; i < 20_000; i++) {
            many.append("\"").append(i).append("\": 1, ");
        }
        checkField(many + "\"z\": 1}");
    }

    @Test
    void bytesThatAreNoTextAreRefusedAndLoneSurrogatesDoNoHarm() throws Exception {
        for (int[] bad :
                List.of(
                        new int[] {0xff},
                        new int[] {0xc0, 0xaf},
                        new int[] {0xed, 0xa0, 0x80},
                        new int[] {0xf5, 0x80, 0x80, 0x80},
                        new int[] {0xe2, 0x82})) {
            for (String path : ERRORS.keySet()) {
                ByteArrayOutputStream body = new ByteArrayOutputStream();
                String[] halves = good(path).split(PLANTED, 2);
                body.writeBytes(halves[0].getBytes(StandardCharsets.UTF_8));
                for (int b : bad) {
                    body.write(b);
                }
                body.writeBytes(halves[1].getBytes(StandardCharsets.UTF_8));
                isClear(path, answer(path, body.toByteArray()), 400);
            }
        }
        for (String path : ERRORS.keySet()) {
            String lone = good(path).replace(PLANTED, "\\ud800 " + PLANTED + "\\u0000");
            assertTrue(status(answer(path, lone.getBytes(StandardCharsets.UTF_8))) < 500);
        }
    }

    @Test
    void bodiesThatAreTooLongOrPackedAreNotRead() throws Exception {
        byte[] long_ = new byte[BODY_MAX + 1];
        java.util.Arrays.fill(long_, (byte) ' ');
        check("too long", long_, 413);
        for (String path : ERRORS.keySet()) {
            byte[] body = good(path).getBytes(StandardCharsets.UTF_8);
            isClear(path, answer(path, body, "content-encoding: gzip"), 400);
            isClear(path, answer(path, body, "content-encoding: br, gzip"), 400);
        }
        try (Socket socket = raw.open()) {
            Raw.send(
                    socket,
                    "POST /api/chat HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n"
                            + "authorization: Bearer "
                            + house.key
                            + "\r\n\r\n");
            String chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            for (int i = 0; i < 10; i++) {
                Raw.send(socket, chunk);
            }
            isClear("/api/chat", Raw.one(socket), 413);
        }
    }

    @Test
    void whoSendsTooSlowlyIsToldSoAndLetGo() throws Exception {
        try (Socket socket = raw.open()) {
            String request = raw.request(CHAT, good(CHAT));
            Raw.send(socket, request.substring(0, request.length() - 5));
            String all = Raw.untilEnd(socket);
            isClear(CHAT, all, 400);
            assertTrue(all.contains("the body did not come within 1 seconds"), all);
            assertFalse(all.endsWith("<silence>"), all);
        }
    }

    @Test
    void aBodyThatNobodyReadsDoesNotHoldTheConnection() throws Exception {
        try (Socket socket = raw.open()) {
            Raw.send(
                    socket,
                    "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n");
            String all = Raw.untilEnd(socket);
            isClear(CHAT, all, 401);
            assertFalse(all.endsWith("<silence>"), all);
        }
    }

    @Test
    void aConnectionGoesOnAfterErrors() throws Exception {
        try (Socket socket = raw.open()) {
            for (int i = 0; i < 3; i++) {
                Raw.send(socket, raw.request("/v1/chat/completions", "{\"" + PLANTED));
                isClear(CHAT, Raw.one(socket), 400);
                Raw.send(socket, raw.request("/nowhere", "{\"" + PLANTED));
                assertEquals(404, status(Raw.one(socket)));
                Raw.send(socket, raw.request(CHAT, good(CHAT)).replace(house.key, house.key + "x"));
                isClear(CHAT, Raw.one(socket), 401);
                Raw.send(socket, raw.request(CHAT, good(CHAT)));
                assertEquals(200, status(Raw.one(socket)));
            }
        }
    }

    @Test
    void whatIsSentAtOnceIsAnsweredInItsOrder() throws Exception {
        try (Socket socket = raw.open()) {
            Raw.send(
                    socket,
                    raw.request(CHAT, good(CHAT))
                            + raw.request("/nowhere", "")
                            + raw.request("/api/chat", good("/api/chat"))
                            + raw.request("/v1/messages", "{"));
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                statuses.add(status(Raw.one(socket)));
            }
            assertEquals(List.of(200, 404, 200, 400), statuses);
        }
    }

    @Test
    void aModelThatIsNotThereIsSaidToBeSoWhateverItIsCalled() throws Exception {
        for (String path : ERRORS.keySet()) {
            for (String name :
                    List.of(
                            PLANTED,
                            "x\\r\\nset-cookie: a=b",
                            "\\u202e",
                            "../../etc/passwd",
                            "speaker\\u0000",
                            "SPEAKER",
                            "x".repeat(20_000))) {
                String body = good(path).replace("\"speaker\"", "\"" + name + "\"");
                String answer = answer(path, body.getBytes(StandardCharsets.UTF_8));
                isClear(path, answer, 404, 400);
                assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("\nset-cookie"));
            }
        }
    }
}
