package io.demur.wire.chat;

import java.util.List;

/**
 * Embeddings as a server gave them.
 *
 * @param model as the server names it
 * @param vectors one for each text, in the order of the texts
 * @param input tokens counted
 */
public record Embedded(String model, List<float[]> vectors, long input) {
    public Embedded {
        vectors = List.copyOf(vectors);
    }
}
