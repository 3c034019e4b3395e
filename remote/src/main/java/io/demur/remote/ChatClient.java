package io.demur.remote;

import io.demur.core.Message;
import io.demur.core.StopReason;
import io.demur.core.harm.Assessment.Unjudged.Reason;
import io.demur.remote.Heard.Nothing;
import io.demur.remote.Heard.Said;
import io.demur.wire.Completion;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;
import io.demur.wire.Question;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

/**
 * Asks the model of one endpoint: once, without redirects, cookies or compressed bodies, and within
 * a deadline that covers everything. Whatever goes wrong is a {@link Nothing}. Safe for use by
 * several threads.
 */
final class ChatClient {

    /**
     * A judgement is a few words, but each of its tokens comes with alternatives: of the longest
     * answer that is asked for with these, 1,024 tokens of 9 names each, at 100 bytes a name, this
     * is four times the size.
     */
    static final int BODY_BYTES_MAX = 1 << 22;

    private static final int OK = 200;

    /**
     * What servers say of a question that they do not like: their filter stopped it, or it is too
     * long. Asked of another text the same server may well answer.
     */
    private static final Set<Integer> OF_THE_QUESTION = Set.of(400, 413, 422);

    private final JudgeEndpoint endpoint;
    private final HttpClient http;
    private final Semaphore places;

    ChatClient(JudgeEndpoint endpoint) {
        this.endpoint = endpoint;
        this.places = new Semaphore(endpoint.concurrencyMax(), true);
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(endpoint.timeout())
                        .build();
    }

    JudgeEndpoint endpoint() {
        return endpoint;
    }

    /** When a judgement that begins now has to be there, on the clock of {@code nanoTime}. */
    long deadline() {
        return System.nanoTime() + endpoint.timeout().toNanos();
    }

    /** Asks a question that needs nothing of the server's chat template. */
    Heard ask(List<Message> messages, int tokensMax, Optional<String> schema) {
        return ask(
                new Question(endpoint.model(), messages, tokensMax, 0, schema, Map.of()),
                deadline());
    }

    Heard ask(Question question, long deadline) {
        try {
            if (!places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return new Nothing(Reason.LATE, "no place was free within the timeout");
            }
            try {
                return post(endpoint.protocol().request(question), deadline);
            } finally {
                places.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Nothing(Reason.DOWN, "interrupted");
        }
    }

    private Heard post(byte[] body, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            return new Nothing(Reason.LATE, "no place was free within the timeout");
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.address())
                        .timeout(Duration.ofNanos(left))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .header("Accept-Encoding", "identity")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        endpoint.key().ifPresent(key -> request.header("Authorization", key.bearer()));
        CompletableFuture<HttpResponse<byte[]>> response =
                http.sendAsync(request.build(), info -> new CappedBody(BODY_BYTES_MAX));
        try {
            HttpResponse<byte[]> whole = response.get(left, TimeUnit.NANOSECONDS);
            return read(endpoint.protocol(), whole.statusCode(), whole.headers(), whole.body());
        } catch (TimeoutException e) {
            return new Nothing(Reason.LATE, "no whole answer within " + shown(endpoint.timeout()));
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } finally {
            // Of what is still under way, the connection is closed; of what is done, nothing.
            response.cancel(true);
        }
    }

    /** What an HTTP response says; never throws, whatever the bytes are. */
    static Heard read(Protocol protocol, int status, HttpHeaders headers, byte[] body) {
        if (status >= 300 && status < 400) {
            return new Nothing(Reason.DOWN, "HTTP status %d: not followed".formatted(status));
        }
        if (status != OK) {
            return new Nothing(
                    OF_THE_QUESTION.contains(status) ? Reason.INVALID : Reason.DOWN,
                    "HTTP status " + status);
        }
        String encoding = headers.firstValue("Content-Encoding").orElse("identity");
        if (!encoding.strip().equalsIgnoreCase("identity")) {
            return new Nothing(Reason.INVALID, "a compressed body, which was not asked for");
        }
        String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.split(";", 2)[0].strip().equals("application/json")) {
            return new Nothing(
                    Reason.INVALID,
                    "content type %s where `application/json` is needed"
                            .formatted(Excerpt.of(type)));
        }
        try {
            Completion completion = protocol.completion(body);
            return completion.response().stop() instanceof StopReason.Failed failed
                    ? new Nothing(Reason.DOWN, "an error, " + Excerpt.of(failed.message()))
                    : new Said(completion);
        } catch (MalformedJson e) {
            return new Nothing(Reason.INVALID, "a body that is no JSON");
        } catch (MalformedBody e) {
            return new Nothing(Reason.INVALID, "a body that is no answer: " + e.getMessage());
        }
    }

    private Nothing failed(Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException late ->
                    new Nothing(Reason.LATE, "no connection or no answer within the timeout");
            case CappedBody.TooLarge large ->
                    new Nothing(Reason.INVALID, "a body of " + large.getMessage());
            case ConnectException refused ->
                    new Nothing(Reason.DOWN, "no connection to `%s`".formatted(endpoint.server()));
            case SSLException insecure -> new Nothing(Reason.DOWN, "no secure connection");
            case IOException broken -> new Nothing(Reason.DOWN, "the connection broke off");
            default -> new Nothing(Reason.DOWN, cause.getClass().getSimpleName());
        };
    }

    private static String shown(Duration timeout) {
        return timeout.toMillis() % 1000 == 0
                ? timeout.toSeconds() + " s"
                : timeout.toMillis() + " ms";
    }
}
