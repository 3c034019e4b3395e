package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Policy;
import io.demur.gateway.House;
import io.demur.gateway.Refusals;
import io.demur.record.entry.Outcome;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Servers count as they like; the caller is answered, and the attempt has its outcome. */
class StrangeCountsTest {

    private static final String OPENAI =
            """
            {"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,
            "message":{"role":"assistant","content":"Blue."},"finish_reason":"stop"}],
            "usage":{"prompt_tokens":COUNT,"completion_tokens":COUNT,"total_tokens":COUNT}}
            """;
    private static final String ANTHROPIC =
            """
            {"id":"m1","type":"message","role":"assistant","model":"m","stop_reason":"end_turn",
            "content":[{"type":"text","text":"Blue."}],"usage":{"input_tokens":COUNT,
            "output_tokens":COUNT,"cache_read_input_tokens":COUNT}}
            """;
    private static final String OLLAMA =
            """
            {"model":"m","message":{"role":"assistant","content":"Blue."},"done":true,
            "done_reason":"stop","prompt_eval_count":COUNT,"eval_count":COUNT,
            "total_duration":COUNT}
            """;

    @TempDir Path folder = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "OPENAI, -5, 0",
        "OPENAI, 9223372036854775807, 1000000000",
        "OPENAI, 1e300, 1000000000",
        "ANTHROPIC, -5, 0",
        "ANTHROPIC, 9223372036854775807, 1000000000",
        "OLLAMA, -5, 0",
        "OLLAMA, 9223372036854775807, 1000000000"
    })
    void aServerThatCountsNonsenseIsAnsweredForAndRecorded(Kind kind, String said, long counted)
            throws Exception {
        String body =
                switch (kind) {
                    case OPENAI -> OPENAI;
                    case ANTHROPIC -> ANTHROPIC;
                    case OLLAMA -> OLLAMA;
                };
        Vertx vertx = Vertx.vertx();
        try (LyingServer server =
                        new LyingServer(talk -> talk.json(200, body.replace("COUNT", said)));
                ServedModels served =
                        new ServedModels(
                                vertx,
                                List.of(
                                        UpstreamSettings.of("s", kind, server.url())
                                                .withModels(Map.of("m", "m"))),
                                InstantSource.system())) {
            Upstream upstream = served.of("m", Permits.charter(Map.of())).orElseThrow();
            try (House house =
                    new House(
                            folder,
                            Map.of("m", upstream),
                            Refusals.Form.TURN,
                            Policy.defaultPosture())) {
                HttpResponse<String> reply = ask(house);
                assertEquals(200, reply.statusCode(), reply::body);
                assertTrue(reply.body().contains("Blue."), reply::body);
                List<Outcome> outcomes =
                        house.entries().stream()
                                .filter(Outcome.class::isInstance)
                                .map(Outcome.class::cast)
                                .toList();
                assertEquals(1, outcomes.size());
                assertEquals(Outcome.Result.ALLOW, outcomes.getFirst().result());
                assertEquals(counted == 0, outcomes.getFirst().estimated());
                if (counted > 0) {
                    assertEquals(OptionalLong.of(counted), outcomes.getFirst().tokensIn());
                    assertEquals(OptionalLong.of(counted), outcomes.getFirst().tokensOut());
                }
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }

    private static HttpResponse<String> ask(House house) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/v1/chat/completions"
                                                        .formatted(house.port())))
                                .header("authorization", "Bearer " + house.key())
                                .POST(
                                        HttpRequest.BodyPublishers.ofString(
                                                """
                                                {"model":"m","messages":[{"role":"user",
                                                "content":"What colour is the sky?"}]}
                                                """))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
