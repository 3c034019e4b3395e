package io.demur.gateway.upstream;

import io.demur.wire.ollama.Catalogue;
import io.demur.wire.ollama.LocalModel;
import io.demur.wire.openai.Models;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks a server which models it has. No model is reached by this, and nobody's words are sent. */
final class ModelList {

    private static final int BYTES_MAX = 4 << 20;
    private static final int NAMES_MAX = 10_000;

    private ModelList() {}

    /**
     * The models there, of which the name is known, and the digest where it is Ollama that answers;
     * failed where it is no such server, or does not answer in time.
     */
    static Future<List<LocalModel>> of(HttpClient client, Endpoint endpoint, Duration within) {
        String path =
                switch (endpoint.settings().kind()) {
                    case OPENAI, ANTHROPIC -> "/v1/models";
                    case OLLAMA -> "/api/tags";
                };
        return client.request(
                        endpoint.request(HttpMethod.GET, path)
                                .putHeader("accept", "application/json")
                                .setTimeout(within.toMillis()))
                .compose(
                        request ->
                                request.exceptionHandler(broken -> {})
                                        .send()
                                        .compose(ModelList::body)
                                        .timeout(within.toMillis(), TimeUnit.MILLISECONDS)
                                        .onFailure(failure -> request.reset()))
                .compose(body -> models(endpoint, body.getBytes()));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        response.exceptionHandler(broken -> {}); // whoever waits is told
        if (response.statusCode() != 200) {
            return Future.failedFuture(new IOException("HTTP status " + response.statusCode()));
        }
        Promise<Buffer> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(body));
        response.handler(
                piece -> {
                    if (body.length() + piece.length() > BYTES_MAX) {
                        promise.tryFail(new IOException("the list is too long"));
                    } else {
                        body.appendBuffer(piece);
                    }
                });
        return promise.future();
    }

    private static Future<List<LocalModel>> models(Endpoint endpoint, byte[] body) {
        List<LocalModel> models =
                switch (endpoint.settings().kind()) {
                    case OPENAI, ANTHROPIC ->
                            Models.names(body).stream()
                                    .map(name -> LocalModel.of(name, Instant.EPOCH))
                                    .toList();
                    case OLLAMA -> Catalogue.models(body);
                };
        return models.isEmpty()
                ? Future.failedFuture(
                        new IOException("what %s says is no list of models".formatted(endpoint)))
                : Future.succeededFuture(models.stream().limit(NAMES_MAX).toList());
    }
}
