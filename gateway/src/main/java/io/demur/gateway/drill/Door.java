package io.demur.gateway.drill;

import io.demur.core.Message;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.OwnCall;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Result;
import io.demur.wire.openai.OpenAiDialect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's own front door, from outside: what is asked here goes the way of every caller, from
 * the socket on.
 */
final class Door {

    /**
     * How long an answer may be: much shorter, and models that think first would say nothing at
     * all. What is cut off by it is judged as it stands.
     */
    static final int TOKENS_MAX = 1_000;

    private static final OpenAiDialect PROTOCOL = new OpenAiDialect();

    private final HttpClient client;
    private final RequestOptions address;

    /**
     * The door at a port of this machine.
     *
     * @param certificate of the gateway, where it has one; only who shows it is spoken to
     */
    Door(Vertx vertx, String host, int port, Optional<Path> certificate) {
        HttpClientOptions options = new HttpClientOptions();
        certificate.ifPresent(
                it ->
                        options.setSsl(true)
                                .setVerifyHost(false)
                                .setTrustOptions(new PemTrustOptions().addCertPath(it.toString())));
        client = vertx.createHttpClient(options);
        address = new RequestOptions().setHost(near(host)).setPort(port).setMethod(HttpMethod.POST);
    }

    /** A number: a name might lead to another program's port. */
    private static String near(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }

    /** Asks, and is done with what the caller gets, once the whole of it has come. */
    Future<Result> ask(Pass pass, String model, List<Message> messages, Duration within)
            throws BadCall {
        Outgoing call = PROTOCOL.render(call(model, messages));
        RequestOptions options =
                new RequestOptions(address)
                        .setURI(call.path())
                        .putHeader("authorization", "Bearer " + pass.token())
                        .putHeader("content-type", "application/json")
                        .setTimeout(within.toMillis());
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(call.body())))
                .compose(
                        response ->
                                response.body()
                                        .map(
                                                body ->
                                                        PROTOCOL.result(
                                                                response.statusCode(),
                                                                body.getBytes())))
                .timeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Under the name for the most tokens that the newest models take alone. */
    private static Call call(String model, List<Message> messages) {
        return OwnCall.of(
                Protocol.OPENAI_CHAT,
                model,
                messages,
                OptionalDouble.empty(),
                OptionalLong.empty(),
                TOKENS_MAX,
                true);
    }
}
