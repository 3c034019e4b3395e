package io.demur.remote;

import io.demur.remote.ModelReply.Answered;
import io.demur.remote.ModelReply.Failed;
import io.demur.remote.ModelReply.Reason;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.OwnCall;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Usage;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/**
 * Asks the models of one server as any caller does: once, in one piece, without redirects, and
 * within a deadline that covers everything. Whatever goes wrong is a {@link Failed}. Safe for use
 * by several threads.
 */
public final class ModelClient implements AutoCloseable {

    /** More than any answer that can be asked for. */
    private static final int BODY_BYTES_MAX = 1 << 24;

    private static final String ANTHROPIC_VERSION = "2023-06-01";
    private static final int UNAVAILABLE = 503;
    private static final int OVERLOADED = 529;

    private final ModelServer server;
    private final HttpClient http;

    public ModelClient(ModelServer server) {
        this.server = server;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(server.timeout())
                        .build();
    }

    /** Asks, and waits for the whole answer. */
    public ModelReply ask(ModelCall call) throws InterruptedException {
        Outgoing outgoing;
        try {
            outgoing = server.speaks().dialect().render(rendered(call));
        } catch (BadCall e) {
            return failed(Reason.REJECTED, 0, "it cannot be asked there: " + e.getMessage());
        }
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request(outgoing), info -> new CappedBody(BODY_BYTES_MAX));
        try {
            return read(response.get(server.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return failed(Reason.LATE, 0, "no whole answer in time");
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } finally {
            // Of what is still under way, the connection is closed; of what is done, nothing.
            response.cancel(true);
        }
    }

    private Call rendered(ModelCall call) {
        return OwnCall.of(
                server.speaks().protocol(),
                call.model(),
                call.request().messages(),
                call.temperature(),
                call.seed(),
                call.tokensMax(),
                server.wantsLaterName());
    }

    private HttpRequest request(Outgoing outgoing) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.base() + outgoing.path()))
                        .timeout(server.timeout())
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("Accept-Encoding", "identity")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(outgoing.body()));
        switch (server.speaks()) {
            case OPENAI, OLLAMA ->
                    server.key().ifPresent(key -> request.header("Authorization", key.bearer()));
            case ANTHROPIC -> {
                server.key().ifPresent(key -> request.header("x-api-key", key.plain()));
                request.header("anthropic-version", ANTHROPIC_VERSION);
            }
        }
        return request.build();
    }

    private ModelReply read(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status >= 300 && status < 400) {
            return failed(
                    Reason.REJECTED, status, "HTTP status %d: not followed".formatted(status));
        }
        return switch (server.speaks().dialect().result(status, response.body())) {
            case Reply reply -> answered(reply);
            case Failure failure -> failed(failure, response);
        };
    }

    private static Answered answered(Reply reply) {
        Optional<Usage> usage = reply.usage().filter(it -> it.input() + it.output() > 0);
        return new Answered(
                reply.response(),
                count(usage.map(Usage::input)),
                count(usage.map(Usage::output)),
                reply.model(),
                reply.fingerprint());
    }

    private static OptionalLong count(Optional<Long> count) {
        return count.isPresent() ? OptionalLong.of(count.get()) : OptionalLong.empty();
    }

    private static Failed failed(Failure failure, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        Reason reason =
                switch (failure.kind()) {
                    case REJECTED -> Reason.REJECTED;
                    case DENIED -> Reason.DENIED;
                    case FORBIDDEN -> Reason.BLOCKED;
                    case BUSY -> Reason.BUSY;
                    case OUTAGE ->
                            status == UNAVAILABLE || status == OVERLOADED
                                    ? Reason.BUSY
                                    : Reason.OUTAGE;
                    case BROKEN -> Reason.UNREADABLE;
                };
        String message =
                reason == Reason.UNREADABLE
                        ? failure.message() + ", " + type(response)
                        : failure.message();
        return new Failed(reason, status, message, RetryAfter.of(response.headers()));
    }

    private static String type(HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        return type.isBlank()
                ? "without a content type"
                : "content type " + Excerpt.of(type.toLowerCase(Locale.ROOT).split(";", 2)[0]);
    }

    private ModelReply failed(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException late ->
                    failed(Reason.LATE, 0, "no connection or no answer in time");
            case CappedBody.TooLarge large ->
                    failed(Reason.UNREADABLE, 0, "a body of " + large.getMessage());
            case ConnectException refused ->
                    failed(Reason.UNREACHABLE, 0, "no connection to `%s`".formatted(server));
            case SSLException insecure ->
                    failed(Reason.UNREACHABLE, 0, "no secure connection to `%s`".formatted(server));
            case IOException broken -> failed(Reason.BROKEN_OFF, 0, "the connection broke off");
            default -> failed(Reason.BROKEN_OFF, 0, cause.getClass().getSimpleName());
        };
    }

    private static Failed failed(Reason reason, int status, String message) {
        return new Failed(reason, status, message, Optional.empty());
    }

    /** Gives up what is still under way. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
