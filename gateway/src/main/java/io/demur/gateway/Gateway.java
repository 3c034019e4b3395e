package io.demur.gateway;

import io.demur.gateway.gate.Gate;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Stamp;
import io.demur.wire.ollama.OllamaEmbeddings;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.Embeddings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running gateway. */
public final class Gateway implements AutoCloseable {

    private static final int LINE_BYTES_MAX = 8 << 10;
    private static final int HEADER_BYTES_MAX = 32 << 10;

    /** Beyond the longest exchange: an answer that is held back moves nothing for long. */
    private static final int IDLE_MORE_SECONDS = 60;

    private static final int START_SECONDS = 30;

    private static final EmbedHandler.Shape OPENAI_EMBEDDINGS =
            new EmbedHandler.Shape(
                    Embeddings::read,
                    Embeddings::reply,
                    fault -> new ChatFront().error(fault, new Stamp("", "", Instant.EPOCH, false)));
    private static final EmbedHandler.Shape OLLAMA_EMBED =
            new EmbedHandler.Shape(
                    OllamaEmbeddings::read, OllamaEmbeddings::reply, OllamaFront::error);
    private static final EmbedHandler.Shape OLLAMA_EMBEDDINGS =
            new EmbedHandler.Shape(
                    OllamaEmbeddings::readPrompt, OllamaEmbeddings::reply, OllamaFront::error);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final List<Server> servers;

    private Gateway(Vertx vertx, GatewaySettings settings, List<Server> servers) {
        this.vertx = vertx;
        this.settings = settings;
        this.servers = servers;
    }

    /**
     * Starts one; it listens when this returns.
     *
     * @param vertx that it runs on, and closes with itself
     * @throws IOException where it cannot listen; the message says why
     */
    public static Gateway start(Vertx vertx, GatewaySettings settings, Foundations on)
            throws IOException {
        on.running().metrics().models(on.models().names());
        Routes routes = routes(settings, on);
        List<Server> servers = new CopyOnWriteArrayList<>();
        Future<String> deployed =
                vertx.deployVerticle(
                        () -> {
                            Server server =
                                    new Server(listening(settings), routes, on.running().metrics());
                            servers.add(server);
                            return server;
                        },
                        new DeploymentOptions()
                                .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                                .setInstances(settings.instances()));
        try {
            deployed.toCompletionStage().toCompletableFuture().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(
                    "cannot listen at `%s:%d`: %s"
                            .formatted(
                                    settings.host(),
                                    settings.port(),
                                    e.getCause() == null ? e : e.getCause().getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
        return new Gateway(vertx, settings, servers);
    }

    private static HttpServerOptions listening(GatewaySettings settings) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setHost(settings.host())
                        .setPort(settings.port())
                        .setMaxInitialLineLength(LINE_BYTES_MAX)
                        .setMaxHeaderSize(HEADER_BYTES_MAX)
                        .setIdleTimeout(
                                Math.toIntExact(
                                        settings.answeredWithin().toSeconds() + IDLE_MORE_SECONDS))
                        .setHandle100ContinueAutomatically(true)
                        .setTcpNoDelay(true);
        settings.tls()
                .ifPresent(
                        tls ->
                                options.setSsl(true)
                                        .setKeyCertOptions(
                                                new PemKeyCertOptions()
                                                        .setCertPath(tls.certificate().toString())
                                                        .setKeyPath(tls.key().toString())));
        return options;
    }

    /** The whole table. */
    static Routes routes(GatewaySettings settings, Foundations on) {
        Parts parts =
                new Parts(
                        new Gate(on.trail(), on.clock(), on.running().seen()),
                        on.judging(),
                        on.reviewing(),
                        on.keeping(),
                        on.detector(),
                        new Refusals(settings.form()),
                        on.clock(),
                        settings.answeredWithin());
        Entrance entrance =
                new Entrance(on.keys(), on.keyless(), on.meter(), on.policy(), on.models());
        BodyReader bodies = new BodyReader(settings.bodyBytesMax(), settings.bodyWithin());
        List<Routes.Route> routes = new ArrayList<>();
        Calls calls = new Calls(entrance, bodies, on, parts, routes);
        calls.add("/v1/chat/completions", "openai.chat", new ChatFront());
        calls.add("/v1/completions", "openai.completions", new CompletionsFront());
        calls.add("/v1/messages", "anthropic.messages", new MessagesFront());
        calls.add("/api/chat", "ollama.chat", new OllamaFront(OllamaFront.Kind.CHAT));
        calls.add("/api/generate", "ollama.generate", new OllamaFront(OllamaFront.Kind.GENERATE));
        calls.add("/v1/embeddings", "openai.embeddings", OPENAI_EMBEDDINGS);
        calls.add("/api/embed", "ollama.embed", OLLAMA_EMBED);
        calls.add("/api/embeddings", "ollama.embeddings", OLLAMA_EMBEDDINGS);
        ModelLists lists = new ModelLists(entrance, on.clock());
        routes.add(new Routes.Route("GET", "/v1/models", false, lists::openAi));
        routes.add(new Routes.Route("GET", "/v1/models/*", false, lists::openAiOne));
        OllamaDesk desk = new OllamaDesk(entrance, bodies, on.clock());
        routes.add(new Routes.Route("GET", "/", false, desk::running));
        routes.add(new Routes.Route("HEAD", "/", false, desk::running));
        routes.add(new Routes.Route("GET", "/api/version", false, desk::version));
        routes.add(new Routes.Route("GET", "/api/tags", false, desk::tags));
        routes.add(new Routes.Route("GET", "/api/ps", false, desk::loaded));
        routes.add(new Routes.Route("POST", "/api/show", false, desk::show));
        for (String path : List.of("/api/pull", "/api/push", "/api/create", "/api/copy")) {
            routes.add(new Routes.Route("POST", path, false, desk::governed));
        }
        routes.add(new Routes.Route("DELETE", "/api/delete", false, desk::governed));
        routes.add(new Routes.Route("GET", "/healthz", false, Health::alive));
        routes.add(new Routes.Route("GET", "/readyz", false, new Readiness(on)::say));
        routes.add(
                new Routes.Route(
                        "GET", "/metrics", false, new MetricsDesk(settings, on, entrance)::say));
        on.running()
                .statements()
                .ifPresent(
                        statements ->
                                routes.add(
                                        new Routes.Route(
                                                "POST",
                                                "/demur/v1/policy",
                                                false,
                                                new PolicyDesk(statements, settings)::handIn)));
        return new Routes(routes);
    }

    /** Adds the routes that ask models: each the same, in its own protocol. */
    private record Calls(
            Entrance entrance,
            BodyReader bodies,
            Foundations on,
            Parts parts,
            List<Routes.Route> routes) {
        void add(String path, String protocol, EmbedHandler.Shape shape) {
            routes.add(
                    new Routes.Route(
                            "POST",
                            path,
                            true,
                            new EmbedHandler(shape, protocol, entrance, bodies, on.ids(), parts)));
        }

        void add(String path, String protocol, Front front) {
            routes.add(
                    new Routes.Route(
                            "POST",
                            path,
                            true,
                            new CallHandler(front, protocol, entrance, bodies, on.ids(), parts)));
        }
    }

    /** The port that it listens at. */
    public int port() {
        return servers.getFirst().port();
    }

    /** Takes no more requests, lets those under way come to their end, and stops. */
    @Override
    public void close() {
        try {
            List<Future<Void>> stopping = new ArrayList<>();
            for (Server server : servers) {
                stopping.add(server.shutdown(settings.stopWithin()));
            }
            Future.join(stopping)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.stopWithin().toSeconds() + 5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // what is left is cut off with the process's end
            System.getLogger(Gateway.class.getName())
                    .log(System.Logger.Level.WARNING, "exchanges were cut off at the end");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            vertx.close();
        }
    }
}
