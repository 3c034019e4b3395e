package io.demur.gateway;

import io.demur.gateway.appeal.Links;
import io.demur.gateway.appeal.Redress;
import io.demur.gateway.drill.Drills;
import io.demur.gateway.gate.Gate;
import io.demur.gateway.offload.Offload;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Front;
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
import java.time.InstantSource;
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

    /** Long bodies that are made out at once, and how many wait for that. */
    private static final int PARSING_THREADS = 2;

    private static final int PARSING_ROOM = 64;

    private static final Apology.Shape OLLAMA_ERRORS = (fault, stamp) -> OllamaFront.error(fault);
    private static final EmbedHandler.Shape OPENAI_EMBEDDINGS =
            new EmbedHandler.Shape(Embeddings::read, Embeddings::reply, new ChatFront()::error);
    private static final EmbedHandler.Shape OLLAMA_EMBED =
            new EmbedHandler.Shape(OllamaEmbeddings::read, OllamaEmbeddings::reply, OLLAMA_ERRORS);
    private static final EmbedHandler.Shape OLLAMA_EMBEDDINGS =
            new EmbedHandler.Shape(
                    OllamaEmbeddings::readPrompt, OllamaEmbeddings::reply, OLLAMA_ERRORS);

    private final Vertx vertx;
    private final GatewaySettings settings;
    private final List<Server> servers;
    private final Offload parsing;

    private Gateway(Vertx vertx, GatewaySettings settings, List<Server> servers, Offload parsing) {
        this.vertx = vertx;
        this.settings = settings;
        this.servers = servers;
        this.parsing = parsing;
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
        Offload parsing = new Offload("bodies", PARSING_THREADS, PARSING_ROOM);
        Routes routes = routes(settings, on, parsing);
        GatewaySettings.Intake intake = settings.intake();
        Connections connections =
                new Connections(intake.connectionsMax(), intake.headWithin(), intake.idleWithin());
        Nowhere nowhere = new Nowhere(on.ids(), on.clock());
        List<Server> servers = new CopyOnWriteArrayList<>();
        Future<String> deployed =
                vertx.deployVerticle(
                        () -> {
                            Server server =
                                    new Server(
                                            listening(settings),
                                            routes,
                                            nowhere,
                                            connections,
                                            on.running().metrics(),
                                            on.annexes().drills().map(Drills::passes));
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
        return new Gateway(vertx, settings, servers, parsing);
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
                        .setHttp2ClearTextEnabled(false) // its connections are known late
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

    /**
     * The whole table.
     *
     * @param parsing where long bodies are made out
     */
    static Routes routes(GatewaySettings settings, Foundations on, Offload parsing) {
        Parts parts =
                new Parts(
                        new Gate(
                                on.trail(),
                                on.clock(),
                                on.annexes()
                                        .drills()
                                        .map(it -> on.running().seen().and(it.seen()))
                                        .orElseGet(on.running()::seen)),
                        on.judging(),
                        on.reviewing(),
                        on.keeping(),
                        on.detector(),
                        new Refusals(
                                settings.form(),
                                settings.address(),
                                on.annexes().redress().map(Redress::links)),
                        on.annexes().waitlist(),
                        on.annexes().incidents(),
                        on.clock(),
                        on.nanos(),
                        new Turnstile(
                                settings.intake().judgedMax(), settings.intake().turnWithin()),
                        settings.answeredWithin());
        Entrance entrance =
                new Entrance(
                        on.keys(),
                        on.keyless(),
                        on.meter(),
                        on.policy(),
                        on.models(),
                        on.annexes().drills().map(Drills::passes));
        BodyReader bodies =
                new BodyReader(
                        settings.bodyBytesMax(),
                        settings.bodyWithin(),
                        new Room(
                                settings.intake().bodiesBytesMax(),
                                Math.max(
                                        settings.intake().bodiesBytesMax() / 2,
                                        settings.bodyBytesMax())),
                        parsing);
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
        routes.add(new Routes.Route("GET", "/healthz", false, Liveness::alive));
        routes.add(new Routes.Route("GET", "/readyz", false, new Readiness(on)::say));
        routes.add(
                new Routes.Route(
                        "GET", "/metrics", false, new MetricsDesk(settings, on, entrance)::say));
        routes.add(
                new Routes.Route(
                        "GET",
                        "/demur/v1/models",
                        false,
                        new ModelDesk(entrance, on.clock())::say));
        routes.add(new Routes.Route("GET", "/demur/v1/openapi.yaml", false, Description::say));
        on.annexes()
                .waitlist()
                .ifPresent(
                        waitlist ->
                                routes.add(
                                        new Routes.Route(
                                                "GET",
                                                HoldDesk.PATH + "*",
                                                false,
                                                new HoldDesk(entrance, waitlist, on.clock())
                                                        ::follow)));
        on.annexes()
                .casework()
                .map(it -> new CaseDesk(entrance, it, bodies, on.clock()).routes())
                .ifPresent(routes::addAll);
        on.annexes()
                .incidents()
                .map(it -> new IncidentDesk(entrance, it, on.clock()))
                .ifPresent(
                        incidents -> {
                            String path = IncidentDesk.PATH;
                            routes.add(new Routes.Route("GET", path, false, incidents::all));
                            routes.add(new Routes.Route("GET", path + "/*", false, incidents::one));
                        });
        on.annexes()
                .drills()
                .map(it -> new DrillDesk(settings, on, entrance, it))
                .ifPresent(
                        drills -> {
                            String path = DrillDesk.PATH;
                            routes.add(new Routes.Route("POST", path, false, drills::now));
                            routes.add(new Routes.Route("GET", path + "/*", false, drills::follow));
                        });
        on.annexes().redress().ifPresent(it -> redress(routes, entrance, bodies, it, on.clock()));
        on.running()
                .ledger()
                .map(it -> new LedgerDesk(entrance, it, on.clock()))
                .ifPresent(
                        ledger ->
                                routes.add(
                                        new Routes.Route(
                                                "GET", LedgerDesk.PATH, false, ledger::say)));
        on.running()
                .statements()
                .ifPresent(
                        statements ->
                                routes.add(
                                        new Routes.Route(
                                                "POST",
                                                "/demur/v1/policy",
                                                false,
                                                new PolicyDesk(statements, bodies)::handIn)));
        return new Routes(routes);
    }

    /** Adds those by which callers answer back. */
    private static void redress(
            List<Routes.Route> routes,
            Entrance entrance,
            BodyReader bodies,
            Redress redress,
            InstantSource clock) {
        DeskBody brought = new DeskBody(bodies);
        AppealDesk appeals = new AppealDesk(entrance, brought, redress, clock);
        ReportDesk reports = new ReportDesk(entrance, brought, redress, clock);
        String path = Links.PATH;
        routes.add(new Routes.Route("POST", path, false, appeals::open));
        routes.add(new Routes.Route("GET", path + "/*", false, appeals::follow));
        routes.add(new Routes.Route("POST", path + "/*", false, appeals::act));
        routes.add(new Routes.Route("POST", ReportDesk.REPORTS, false, reports::report));
        routes.add(new Routes.Route("POST", ReportDesk.FEEDBACK, false, reports::feedback));
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
                            "POST", path, true, new EmbedHandler(shape, reception(protocol))));
        }

        void add(String path, String protocol, Front front) {
            routes.add(
                    new Routes.Route(
                            "POST", path, true, new CallHandler(front, reception(protocol))));
        }

        private Reception reception(String protocol) {
            return new Reception(protocol, entrance, bodies, on.ids(), parts);
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
            parsing.close();
            vertx.close();
        }
    }
}
