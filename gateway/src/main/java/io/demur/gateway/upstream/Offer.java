package io.demur.gateway.upstream;

import java.util.stream.Stream;

/**
 * A model at a server.
 *
 * @param model as the server names it
 */
record Offer(Endpoint endpoint, String model) {

    boolean isOllama() {
        return endpoint.settings().kind() == Kind.OLLAMA;
    }

    /** The model's name, in each way that means the same to the server. */
    Stream<String> served() {
        return isOllama() ? OllamaNames.same(model).stream() : Stream.of(model);
    }
}
