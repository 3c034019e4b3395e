package io.demur.gateway;

import io.demur.gateway.running.Metrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One verticle that listens; as many of them as there are cores share one port. */
final class Server extends VerticleBase {

    private static final System.Logger LOGGER = System.getLogger(Server.class.getName());

    private final HttpServerOptions options;
    private final Routes routes;
    private final Metrics metrics;
    private @Nullable HttpServer server;

    Server(HttpServerOptions options, Routes routes, Metrics metrics) {
        this.options = options;
        this.routes = routes;
        this.metrics = metrics;
    }

    @Override
    public Future<?> start() {
        HttpServer listening = vertx.createHttpServer(options).requestHandler(this::serve);
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

    private void serve(HttpServerRequest request) {
        Arrival arrival = Arrival.of(request);
        request.response().endHandler(ended -> metrics.replied(request.response().getStatusCode()));
        try {
            routes.of(request.method().name(), arrival.path())
                    .orElseGet(() -> Nowhere.service(routes.knows(arrival.path())))
                    .serve(arrival);
        } catch (RuntimeException e) {
            // neither the message nor the body: both may hold what a caller wrote
            LOGGER.log(Level.ERROR, "{0}: {1}", arrival, e.getClass().getName());
            if (!request.response().ended()) {
                if (request.response().headWritten()) {
                    request.connection().close();
                } else {
                    request.response().setStatusCode(500).end();
                }
            }
        }
    }
}
