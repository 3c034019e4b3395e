package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Policy.Sureness;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.Upstream;
import io.demur.gateway.upstream.Whole;
import io.demur.wire.chat.Embedded;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every call passes the same checks, and every error has the shape of its protocol. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneDoorTest {

    /** A model whose server's client breaks in a way that no program foresees. */
    private static final class Breaking implements Upstream {
        @Override
        public Answer send(Permit permit) {
            throw new OutOfMemoryError("test");
        }

        @Override
        public Whole<Embedded> embed(Permit permit) {
            throw new OutOfMemoryError("test");
        }
    }

    private final Wrong.Speaker speaker = new Wrong.Speaker(1);
    private final Queue<Sureness> decided = new ConcurrentLinkedQueue<>();
    private House house;
    private Raw raw;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of(
                                "speaker",
                                speaker,
                                "a/b c",
                                new Wrong.Speaker(1, "a/b c"),
                                "broken",
                                new Breaking()),
                        this::listened,
                        GatewaySettings.USUAL);
        raw = new Raw(house);
    }

    private Foundations listened(Foundations right) {
        return Swapped.with(
                Swapped.with(right, Wrong.sure(right.judging())),
                (request, with, pieces) -> {
                    decided.add(with.sureness());
                    return right.reviewing().open(request, with, pieces);
                });
    }

    @BeforeEach
    void forget() {
        decided.clear();
        speaker.asked.set(0);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private String answer(String request) throws Exception {
        try (Socket socket = raw.open()) {
            Raw.send(socket, request);
            return Raw.one(socket);
        }
    }

    private String post(String path, String body) throws Exception {
        return answer(raw.request(path, body.replace('\'', '"')));
    }

    private static void is(int status, String part, String answer) {
        assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
        assertTrue(answer.contains(part), answer);
    }

    @Test
    void textsToEmbedReferToNothingEither() throws Exception {
        for (String field :
                List.of(
                        "'file_id':'f'",
                        "'prompt_token_ids':[1,2]",
                        "'image':'https://a.invalid/b.png'")) {
            is(
                    400,
                    "nobody here can read",
                    post("/v1/embeddings", "{'model':'speaker','input':'a'," + field + "}"));
        }
        is(
                400,
                "nobody here can read",
                post("/api/embed", "{'model':'speaker','input':'a','context':[1,2]}"));
        is(
                400,
                "nobody here can read",
                post("/api/embeddings", "{'model':'speaker','prompt':'a','context':[1,2]}"));
    }

    @Test
    void soundsAndImagesToFetchDoNotPass() throws Exception {
        for (String part :
                List.of(
                        "{'type':'input_audio','input_audio':{'data':'AAAA','format':'wav'}}",
                        "{'type':'image_url','image_url':{'url':'http://127.0.0.1/a.png'}}",
                        "{'type':'video_url','video_url':{'url':'https://a.invalid/b'}}")) {
            is(
                    400,
                    "`messages[0].content",
                    post(
                            "/v1/chat/completions",
                            "{'model':'speaker','messages':[{'role':'user','content':["
                                    + part
                                    + "]}]}"));
        }
        assertEquals(0, speaker.asked.get());
    }

    /** An answer to what nobody could read is looked at as a whole. */
    @Test
    void whatNobodyCanReadMakesTheJudgementUnsure() throws Exception {
        byte[] noise = new byte[3_000];
        new Random(1).nextBytes(noise);
        String hidden = Base64.getEncoder().encodeToString(noise);
        String call =
                "{'model':'speaker','messages':[{'role':'user','content':[{'type':'text','text':"
                        + "'What is the capital of France?'},%s]}]}";
        is(
                200,
                "",
                post(
                        "/v1/chat/completions",
                        call.formatted("{'type':'odd','odd':{'data':'" + hidden + "'}}")));
        is(
                200,
                "",
                post(
                        "/v1/chat/completions",
                        call.formatted(
                                "{'type':'image_url','image_url':{'url':'data:image/png;base64,"
                                        + hidden
                                        + "'}}")));
        assertEquals(List.of(Sureness.UNSURE, Sureness.SURE), List.copyOf(decided));
    }

    @Test
    void manyEmptyStringsAreNoCall() throws Exception {
        is(
                400,
                "`messages` has `20000` elements; at most `4096` are read",
                post(
                        "/v1/chat/completions",
                        "{'model':'speaker','messages':["
                                + "{'role':'user','content':''},".repeat(19_999)
                                + "{'role':'user','content':''}]}"));
        String inputs = "'',".repeat(199_999) + "''";
        for (String path : List.of("/v1/embeddings", "/api/embed")) {
            is(
                    400,
                    "`input` has `200000` elements; at most `2048` are read",
                    post(path, "{'model':'speaker','input':[" + inputs + "]}"));
        }
        is(
                400,
                "names, values and brackets",
                post("/api/chat", "{'model':'speaker','x':[" + "[],".repeat(300_000) + "[]]}"));
    }

    /** It was allowed, and came to nothing. */
    @Test
    void anErrorDoesNotLeaveAHeadThatSaysAllow() throws Exception {
        for (String answer :
                List.of(
                        post("/v1/embeddings", "{'model':'broken','input':'a'}"),
                        post(
                                "/v1/chat/completions",
                                "{'model':'broken','messages':[{'role':'user','content':'a'}]}"))) {
            is(500, "\"type\":\"server_error\"", answer);
            assertFalse(answer.toLowerCase(Locale.ROOT).contains("x-demur-decision"), answer);
        }
    }

    @Test
    void unknownPathsAnswerInTheShapeOfTheirProtocol() throws Exception {
        is(404, "{\"error\":{\"message\":\"there is nothing", post("/v1/responses", "{}"));
        String anthropic = post("/v1/messages/count_tokens", "{}");
        is(404, "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"", anthropic);
        assertTrue(anthropic.contains("\"request_id\":\"req_"), anthropic);
        is(404, "{\"error\":\"there is nothing", post("/api/nothing", "{}"));
        String early = post("/v1/messages", "{}");
        is(400, "\"request_id\":\"req_", early);
        String id = early.substring(early.indexOf("\"request_id\":\"") + 14).split("\"", 2)[0];
        assertTrue(early.toLowerCase(Locale.ROOT).contains("x-request-id: " + id), early);
    }

    @Test
    void anotherMethodIsToldWhichIsRight() throws Exception {
        String answer = answer("GET /v1/chat/completions HTTP/1.1\r\nhost: x\r\n\r\n");
        is(405, "\"type\":\"invalid_request_error\"", answer);
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nallow: post\r\n"), answer);
        is(405, "allow: GET, HEAD", post("/", "{}"));
    }

    @Test
    void namesOfModelsMayBeEscaped() throws Exception {
        for (String name : List.of("a%2Fb%20c", "a/b%20c")) {
            is(
                    200,
                    "\"id\":\"a/b c\"",
                    answer(
                            "GET /v1/models/%s HTTP/1.1\r\nhost: x\r\nx-api-key: %s\r\n\r\n"
                                    .formatted(name, house.key)));
        }
        is(
                404,
                "model_not_found",
                answer(
                        "GET /v1/models/%%zz HTTP/1.1\r\nhost: x\r\nx-api-key: %s\r\n\r\n"
                                .formatted(house.key)));
    }
}
