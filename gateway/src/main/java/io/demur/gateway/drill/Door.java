package io.demur.gateway.drill;

import io.demur.core.drill.DrillProbe;
import io.demur.record.json.Canonical;
import io.demur.record.json.Json;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The gateway's own front door, from outside: what is asked here goes the way of every caller, from
 * the socket on.
 */
final class Door {

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
        address =
                new RequestOptions()
                        .setHost(near(host))
                        .setPort(port)
                        .setMethod(HttpMethod.POST)
                        .setURI("/v1/chat/completions");
    }

    /** A number: a name might lead to another program's port. */
    private static String near(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> host;
        };
    }

    /** Asks, and is done with the status when the whole answer has come. */
    Future<Integer> ask(Pass pass, String model, DrillProbe probe, Duration within) {
        RequestOptions options =
                new RequestOptions(address)
                        .putHeader("authorization", "Bearer " + pass.token())
                        .putHeader("content-type", "application/json")
                        .setTimeout(within.toMillis());
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(body(model, probe))))
                .compose(response -> response.body().map(body -> response.statusCode()))
                .timeout(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static byte[] body(String model, DrillProbe probe) {
        TreeMap<String, Json> message = new TreeMap<>();
        message.put("content", new Json.Str(probe.text()));
        message.put("role", new Json.Str("user"));
        TreeMap<String, Json> call = new TreeMap<>();
        call.put("messages", new Json.Arr(List.of(new Json.Obj(message))));
        call.put("model", new Json.Str(model));
        return Canonical.text(new Json.Obj(call)).getBytes(StandardCharsets.UTF_8);
    }
}
