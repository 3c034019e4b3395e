package io.demur.gateway.upstream;

import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Failure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server of models: how it is asked, how many requests are under way, and how it is. Safe for
 * use by several threads.
 */
final class Endpoint {

    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private final UpstreamSettings settings;
    private final Dialect dialect;
    private final Health health = new Health();
    private final AtomicInteger outstanding = new AtomicInteger();

    Endpoint(UpstreamSettings settings) {
        this.settings = settings;
        dialect = settings.kind().dialect();
    }

    UpstreamSettings settings() {
        return settings;
    }

    Dialect dialect() {
        return dialect;
    }

    Health health() {
        return health;
    }

    /** How many requests are under way. */
    int outstanding() {
        return outstanding.get();
    }

    /** A request is under way. */
    void begin() {
        outstanding.incrementAndGet();
        health.asked();
    }

    /** One is over. */
    void end() {
        outstanding.decrementAndGet();
    }

    /** Notes why a request failed. */
    void failed(Failure failure, boolean unreachable, Duration retryAfter) {
        long now = System.nanoTime();
        switch (failure.kind()) {
            // what it does not let through says nothing of it: that is for its caller to hear
            case REJECTED, FORBIDDEN -> health.answered();
            case DENIED -> health.denied(now);
            case BUSY -> health.busy(now, retryAfter);
            case OUTAGE, BROKEN -> health.failed(now, unreachable);
        }
    }

    /** What a body is called that comes in pieces. */
    String streamType() {
        return switch (settings.kind()) {
            case OPENAI, ANTHROPIC -> "text/event-stream";
            case OLLAMA -> "application/x-ndjson";
        };
    }

    /** A request to this server, with all that it wants to see. */
    RequestOptions request(HttpMethod method, String operation) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(method)
                        .setHost(settings.url().host())
                        .setPort(settings.url().port())
                        .setSsl(settings.url().tls())
                        .setURI(settings.kind().pathOf(settings.url(), operation))
                        .setConnectTimeout(settings.timeouts().connect().toMillis())
                        .setFollowRedirects(false)
                        .putHeader("user-agent", "demur");
        settings.key()
                .ifPresent(
                        key -> {
                            switch (settings.kind()) {
                                case OPENAI, OLLAMA ->
                                        options.putHeader("authorization", "Bearer " + key.value());
                                case ANTHROPIC -> options.putHeader("x-api-key", key.value());
                            }
                        });
        if (settings.kind() == Kind.ANTHROPIC) {
            options.putHeader("anthropic-version", ANTHROPIC_VERSION);
        }
        settings.headers().forEach((name, value) -> options.putHeader(name, value.value()));
        return options;
    }

    @Override
    public String toString() {
        return settings.name() + " at " + settings.url();
    }
}
