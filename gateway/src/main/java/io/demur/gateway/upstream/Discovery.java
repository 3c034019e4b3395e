package io.demur.gateway.upstream;

import io.demur.wire.ollama.LocalModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Looks for servers of models on this machine, where they usually listen. */
public final class Discovery {

    /**
     * A port at which a server may listen.
     *
     * @param name of the server, if it is there
     */
    public record Candidate(String name, Kind kind, int port) {
        public Candidate {
            Objects.requireNonNull(name);
            Objects.requireNonNull(kind);
        }
    }

    /**
     * A server that answers.
     *
     * @param models that it has, as it names them
     */
    public record Found(UpstreamSettings server, List<String> models) {
        public Found {
            Objects.requireNonNull(server);
            models = List.copyOf(models);
        }
    }

    /** Where they listen unless they are told otherwise. */
    public static final List<Candidate> USUAL =
            List.of(
                    new Candidate("ollama", Kind.OLLAMA, 11434),
                    new Candidate("llama.cpp", Kind.OPENAI, 8080),
                    new Candidate("vllm", Kind.OPENAI, 8000),
                    new Candidate("lm-studio", Kind.OPENAI, 1234));

    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final Duration CONNECT = Duration.ofMillis(300);

    private Discovery() {}

    /**
     * Looks at each of these ports of this machine, all at once; at none for longer than a second.
     *
     * @param except ports that are somebody else's, the gateway's own above all: it would find
     *     itself
     */
    public static Future<List<Found>> look(
            Vertx vertx, List<Candidate> candidates, Set<Integer> except) {
        HttpClientAgent client = Clients.of(vertx);
        List<Future<List<Found>>> looks = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!except.contains(candidate.port())) {
                looks.add(look(client, candidate));
            }
        }
        return Future.join(looks)
                .transform(
                        all -> {
                            client.close();
                            return Future.succeededFuture(
                                    looks.stream()
                                            .map(Future::result)
                                            .flatMap(List::stream)
                                            .toList());
                        });
    }

    private static Future<List<Found>> look(HttpClientAgent client, Candidate candidate) {
        UpstreamSettings server =
                UpstreamSettings.of(
                                candidate.name(),
                                candidate.kind(),
                                "http://127.0.0.1:" + candidate.port())
                        .withTimeouts(
                                new Timeouts(
                                        CONNECT, Timeouts.USUAL.begin(), Timeouts.USUAL.idle()));
        return ModelList.of(client, new Endpoint(server), WITHIN)
                .map(
                        models ->
                                List.of(
                                        new Found(
                                                server.withTimeouts(Timeouts.USUAL),
                                                models.stream().map(LocalModel::name).toList())))
                .otherwise(List.of());
    }
}
