package io.demur.gateway;

import io.demur.wire.chat.ErrorReply;
import io.demur.wire.chat.Fault;
import io.demur.wire.ollama.OllamaFront;
import io.vertx.core.buffer.Buffer;

/** The answer where nothing is. */
final class Nowhere {

    private Nowhere() {}

    /**
     * Says that there is nothing.
     *
     * @param otherwise whether there would be with another method
     */
    static Service service(boolean otherwise) {
        return arrival -> {
            ErrorReply error =
                    OllamaFront.error(
                            Fault.of(
                                    Fault.Kind.NOT_FOUND,
                                    otherwise
                                            ? "`%s` is not asked with `%s`"
                                                    .formatted(
                                                            arrival.path(), arrival.http().method())
                                            : "there is nothing at `%s`"
                                                    .formatted(arrival.path())));
            arrival.http()
                    .response()
                    .setStatusCode(otherwise ? 405 : error.status())
                    .putHeader("content-type", "application/json")
                    .end(Buffer.buffer(error.body()));
        };
    }
}
