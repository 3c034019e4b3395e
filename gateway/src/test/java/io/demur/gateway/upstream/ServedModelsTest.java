package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.upstream.Discovery.Candidate;
import io.demur.gateway.upstream.Discovery.Found;
import io.demur.wire.chat.Failure;
import io.vertx.core.Future;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which model is asked where: by configuration, by what servers say, and by the policy first. */
class ServedModelsTest extends Asks {

    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static void answers(LyingServer.Talk talk) throws Exception {
        if (talk.request().line().startsWith("GET /v1/models")) {
            talk.json(200, "{\"data\":[{\"id\":\"m\"},{\"id\":\"n\"}]}");
        } else if (talk.request().line().startsWith("GET /api/tags")) {
            talk.json(200, "{\"models\":[{\"name\":\"m:latest\"},{\"name\":\"n:7b\"}]}");
        } else {
            talk.sse().text("Yes.").stop("stop");
        }
    }

    private static Heard hear(ServedModels models, Map<String, String> bases) {
        ModelClass of = bases.isEmpty() ? ModelClass.HOSTED : ModelClass.LOCAL;
        Permit permit = permits().of(Permits.call(true), Duration.ofMinutes(1), of);
        Upstream upstream = models.of("m", Permits.charter(bases)).orElseThrow();
        return verticle().run(() -> hear(upstream, permit));
    }

    private static <T> T wait(Future<T> future) {
        return Verticle.wait(future.toCompletionStage().toCompletableFuture());
    }

    @Test
    void aModelThatNobodyHasIsNone() {
        LyingServer server = server(ServedModelsTest::answers);
        ServedModels models = models(settings("one", server));
        assertEquals(Optional.empty(), models.of("x", Permits.charter(Map.of())));
        assertEquals(Optional.empty(), models.of("x", Permits.charter(Map.of("x", server.url()))));
        assertEquals(List.of("m"), models.names());
    }

    @Test
    void thePolicysAddressIsTheOnlyOne() {
        LyingServer one = server(ServedModelsTest::answers);
        LyingServer two = server(ServedModelsTest::answers);
        ServedModels models =
                models(
                        settings("one", one).withKey(Secret.of("sk-one")),
                        settings("two", two).withKey(Secret.of("sk-two")));
        for (int i = 0; i < 5; i++) {
            assertEquals("two", hear(models, Map.of("m", two.url() + "/v1")).server());
        }
        assertEquals(0, one.seen().size());
        assertEquals("Bearer sk-two", two.seen().getFirst().header("authorization"));
    }

    @Test
    void anAddressThatOnlyThePolicyKnowsGetsNobodysKey() {
        LyingServer one = server(ServedModelsTest::answers);
        LyingServer fixed = server(ServedModelsTest::answers);
        ServedModels models = models(settings("one", one).withKey(Secret.of("sk-one")));
        assertEquals("Yes.", hear(models, Map.of("m", fixed.url())).text());
        assertEquals(0, one.seen().size());
        assertEquals("", fixed.seen().getFirst().header("authorization"));
    }

    @Test
    void whereThePolicysAddressIsDownNoOtherIsAsked() {
        LyingServer one = server(ServedModelsTest::answers);
        LyingServer gone = server(ServedModelsTest::answers);
        gone.close();
        ServedModels models = models(settings("one", one));
        assertEquals(Failure.Kind.OUTAGE, hear(models, Map.of("m", gone.url())).failure().kind());
        assertEquals(
                Failure.Kind.OUTAGE, hear(models, Map.of("m", "file:///nowhere")).failure().kind());
        assertEquals(0, one.seen().size());
    }

    @Test
    void aServerSaysWhichModelsItHas() {
        LyingServer openAi = server(ServedModelsTest::answers);
        LyingServer ollama = server(ServedModelsTest::answers);
        LyingServer gone = server(ServedModelsTest::answers);
        gone.close();
        ServedModels models =
                models(
                        UpstreamSettings.of("a", Kind.OPENAI, openAi.url()),
                        UpstreamSettings.of("o", Kind.OLLAMA, ollama.url()),
                        UpstreamSettings.of("gone", Kind.OLLAMA, gone.url()));
        assertEquals(List.of(), models.names());
        wait(models.refresh());
        assertEquals(List.of("m", "m:latest", "n", "n:7b"), models.names());
        // what Ollama means by a name without a tag, where no other server means something by it
        models.listed("a", List.of("n"));
        assertEquals(List.of("m:latest", "n", "n:7b"), models.names());
        assertTrue(models.of("m", Permits.charter(Map.of())).isPresent());
        assertEquals(
                List.of("m:latest", "n:7b"),
                models.servers().stream()
                        .filter(server -> server.name().equals("o"))
                        .findFirst()
                        .orElseThrow()
                        .models());
    }

    @Test
    void whatListensHereIsFound() {
        LyingServer openAi = server(ServedModelsTest::answers);
        LyingServer ollama = server(ServedModelsTest::answers);
        LyingServer web = server(talk -> talk.answer(200, "text/html", "<html>"));
        LyingServer silent = server(LyingServer.Talk::hang);
        LyingServer endless =
                server(
                        talk -> {
                            talk.pieces("application/json");
                            while (true) {
                                talk.piece(" ".repeat(1 << 16));
                            }
                        });
        LyingServer elsewhere =
                server(talk -> talk.answer(302, "text/html", "", "location: " + openAi.url()));
        LyingServer gone = server(ServedModelsTest::answers);
        gone.close();
        LyingServer own = server(ServedModelsTest::answers);
        List<Found> found =
                wait(
                        Discovery.look(
                                verticle().vertx,
                                List.of(
                                        new Candidate("vllm", Kind.OPENAI, openAi.port()),
                                        new Candidate("ollama", Kind.OLLAMA, ollama.port()),
                                        new Candidate("web", Kind.OPENAI, web.port()),
                                        new Candidate("silent", Kind.OPENAI, silent.port()),
                                        new Candidate("endless", Kind.OPENAI, endless.port()),
                                        new Candidate("moved", Kind.OPENAI, elsewhere.port()),
                                        new Candidate("gone", Kind.OLLAMA, gone.port()),
                                        new Candidate("own", Kind.OPENAI, own.port())),
                                Set.of(own.port())));
        assertEquals(
                List.of("vllm", "ollama"), found.stream().map(it -> it.server().name()).toList());
        assertEquals(List.of("m", "n"), found.getFirst().models());
        assertEquals(0, own.seen().size());
    }

    @Test
    void twoServersHaveTwoNames() {
        LyingServer server = server(ServedModelsTest::answers);
        assertThrows(
                IllegalArgumentException.class,
                () -> models(settings("one", server), settings("one", server)));
    }

    @Test
    void anAddressMayBeOfTheNewerInternet() throws Exception {
        LyingServer server;
        try {
            server =
                    new LyingServer(
                            ServedModelsTest::answers, InetAddress.getByAddress(LOOPBACK_6));
        } catch (UncheckedIOException e) {
            Assumptions.abort("this machine has no IPv6: " + e.getMessage());
            return;
        }
        try (server) {
            UpstreamSettings six =
                    UpstreamSettings.of("six", Kind.OPENAI, "http://[::1]:" + server.port())
                            .withModels(Map.of("m", "m"));
            assertEquals("Yes.", hear(models(six), Map.of()).text());
            assertEquals("[::1]:" + server.port(), server.seen().getFirst().header("host"));
        }
    }
}
