package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.gateway.offload.Offload;
import io.demur.record.entry.Attempt;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A walk over the whole table: behind what reaches a model stands an exchange, and nothing else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesTest {

    private static final Set<String> ASK =
            Set.of(
                    "/v1/chat/completions",
                    "/v1/completions",
                    "/v1/messages",
                    "/v1/embeddings",
                    "/api/chat",
                    "/api/generate",
                    "/api/embed",
                    "/api/embeddings");

    private final Wrong.Speaker speaker = new Wrong.Speaker(1);
    private final AtomicReference<Foundations> seen = new AtomicReference<>();
    private House house;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of("speaker", speaker),
                        on -> {
                            seen.set(on);
                            return on;
                        },
                        GatewaySettings.USUAL);
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private List<Routes.Route> all() {
        try (Offload parsing = new Offload("test", 1, 1)) {
            return Gateway.routes(GatewaySettings.USUAL, requireNonNull(seen.get()), parsing).all();
        }
    }

    @Test
    void onlyAnExchangeStandsBehindARouteThatAsksAModel() {
        for (Routes.Route route : all()) {
            boolean exchanges =
                    route.service() instanceof CallHandler
                            || route.service() instanceof EmbedHandler;
            assertEquals(route.asksModel(), exchanges, route::path);
        }
        assertEquals(
                ASK,
                Set.copyOf(
                        all().stream()
                                .filter(Routes.Route::asksModel)
                                .map(Routes.Route::path)
                                .toList()));
    }

    @Test
    void noRouteHidesAnotherAndNoneThatAsksHasAPattern() {
        List<Routes.Route> all = all();
        for (Routes.Route route : all) {
            assertTrue(
                    !route.asksModel()
                            || (!route.path().contains("*") && route.path().length() > 1),
                    route::path);
            Service first =
                    new Routes(all).of(route.method(), route.path().replace("/*", "/x")).get();
            assertEquals(route.service(), first, route::path);
        }
    }

    @Test
    void noOtherRouteReachesAModelWhateverIsSentThere() throws Exception {
        Raw raw = new Raw(house);
        String body =
                "{\"model\": \"speaker\", \"name\": \"speaker\", \"max_tokens\": 9, \"prompt\":"
                        + " \"hello\", \"input\": \"hello\", \"messages\": [{\"role\": \"user\","
                        + " \"content\": \"hello\"}]}";
        for (Routes.Route route : all()) {
            for (String method :
                    List.of(
                            "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
                            "QUERY", "post")) {
                if (route.asksModel() && method.equals("POST")) {
                    continue;
                }
                try (Socket socket = raw.open()) {
                    String path = route.path().replace("/*", "/speaker");
                    Raw.send(
                            socket,
                            raw.request(path, body)
                                    .replaceFirst("POST", method)
                                    .replace("host: x", "host: x\r\nconnection: close"));
                    String answer = Raw.untilEnd(socket);
                    assertTrue(answer.startsWith("HTTP/1.1 "), () -> method + path + answer);
                    assertTrue(!answer.startsWith("HTTP/1.1 5"), () -> method + path + answer);
                }
            }
        }
        assertEquals(0, speaker.asked.get());
        assertTrue(house.entries().stream().noneMatch(Attempt.class::isInstance));
    }
}
