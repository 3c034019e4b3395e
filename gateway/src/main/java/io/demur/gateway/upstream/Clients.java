package io.demur.gateway.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;

/** The HTTP client that servers are asked with. */
final class Clients {

    /** Connections to one server: each stream has one of its own. */
    private static final int CONNECTIONS_MAX = 8192;

    private static final int WAITING_MAX = 1024;

    /** Shorter than the servers': many close a connection that was idle for five seconds. */
    private static final int KEEP_SECONDS = 4;

    private Clients() {}

    /** One that follows nothing, unpacks nothing and trusts what the platform trusts. */
    static HttpClientAgent of(Vertx vertx) {
        return vertx.httpClientBuilder()
                .with(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_1_1)
                                .setPipelining(false)
                                .setKeepAliveTimeout(KEEP_SECONDS)
                                .setDecompressionSupported(false)
                                .setVerifyHost(true)
                                .setTrustAll(false)
                                .setMaxRedirects(0)
                                .setTcpNoDelay(true))
                .with(
                        new PoolOptions()
                                .setHttp1MaxSize(CONNECTIONS_MAX)
                                .setMaxWaitQueueSize(WAITING_MAX))
                // what breaks is told to whoever waits; else it would be logged, words of the
                // server's
                // and all
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }
}
