package io.demur.gateway;

import io.demur.gateway.drill.Passes;
import io.demur.gateway.running.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One verticle that listens; as many of them as there are cores share one port. */
final class Server extends VerticleBase {

    private static final System.Logger LOGGER = System.getLogger(Server.class.getName());

    /** How long a caller may take to end a request that is answered. */
    private static final long REST_MILLIS = 5_000;

    private final HttpServerOptions options;
    private final Routes routes;
    private final Nowhere nowhere;
    private final Connections connections;
    private final Metrics metrics;
    private final Optional<Passes> drills;
    private @Nullable HttpServer server;

    Server(
            HttpServerOptions options,
            Routes routes,
            Nowhere nowhere,
            Connections connections,
            Metrics metrics,
            Optional<Passes> drills) {
        this.options = options;
        this.routes = routes;
        this.nowhere = nowhere;
        this.connections = connections;
        this.metrics = metrics;
        this.drills = drills;
    }

    @Override
    public Future<?> start() {
        HttpServer listening =
                vertx.createHttpServer(options)
                        .connectionHandler(connection -> connections.opened(vertx, connection))
                        .requestHandler(this::serve);
        server = listening;
        return listening.listen();
    }

    /** The port that it listens at, once it does. */
    int port() {
        return server == null ? 0 : server.actualPort();
    }

    /** Takes no more requests, and is done when those under way are. */
    Future<Void> shutdown(Duration within) {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    @SuppressWarnings("CatchingUnchecked")
    private void serve(HttpServerRequest request) {
        if (!connections.begun(request.connection())) {
            var unused = request.connection().close();
            return;
        }
        boolean drill = isDrill(request); // by its end it is forgotten
        request.response()
                .endHandler(
                        ended -> {
                            if (!drill) {
                                metrics.replied(request.response().getStatusCode());
                            }
                        });
        try {
            if (!isPlain(request)) {
                connections.refuse(request.connection());
                request.response().putHeader("connection", "close").setStatusCode(400).end();
                request.connection().close();
                return;
            }
            Arrival arrival = Arrival.of(request);
            arrival.request().ifPresent(it -> request.response().putHeader(Arrival.REQUEST, it));
            serve(arrival);
        } catch (Throwable e) {
            broken(request, e);
        } finally {
            letEnd(request);
            connections.ended(request.connection());
        }
    }

    private boolean isDrill(HttpServerRequest request) {
        return drills.isPresent()
                && Arrival.of(request).key().filter(drills.get()::knows).isPresent();
    }

    @SuppressWarnings("CatchingUnchecked") // the last stop of what nobody foresaw
    private void serve(Arrival arrival) {
        try {
            routes.of(arrival.http().method().name(), arrival.path())
                    .orElse(none -> nowhere.serve(none, routes.methods(none.path())))
                    .serve(arrival);
        } catch (Throwable e) {
            nowhere.broken(arrival, e);
        }
    }

    /**
     * Whether everybody on the way reads the same body: there is one way to say how it comes, and
     * whoever packs it as well may mean another end of it.
     */
    private static boolean isPlain(HttpServerRequest request) {
        List<String> codings = request.headers().getAll("transfer-encoding");
        return codings.isEmpty()
                || (codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked"));
    }

    /** Not even an answer could be made of it: nobody is left waiting for one. */
    private static void broken(HttpServerRequest request, Throwable e) {
        // neither the message nor the way: both may hold what a caller wrote
        LOGGER.log(Level.ERROR, "a request was not served: {0}", Mishap.where(e));
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
        } else {
            response.setStatusCode(500).end();
        }
    }

    /** Who goes on sending what was answered already is not listened to for ever. */
    private void letEnd(HttpServerRequest request) {
        if (!request.isEnded()) {
            vertx.setTimer(
                    REST_MILLIS,
                    timer -> {
                        if (!request.isEnded()) {
                            request.connection().close();
                        }
                    });
        }
    }
}
