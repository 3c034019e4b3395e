package io.demur.wire.ollama;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A model as Ollama describes it.
 *
 * @param digest of its files; may be empty
 * @param family such as {@code llama}; may be empty
 * @param parameters such as {@code 8.0B}; may be empty
 * @param quantization such as {@code Q4_K_M}; may be empty
 * @param abilities such as {@code completion}, {@code tools}, {@code embedding}
 */
public record LocalModel(
        String name,
        Instant changed,
        long bytes,
        String digest,
        String family,
        String parameters,
        String quantization,
        List<String> abilities) {
    public LocalModel {
        Objects.requireNonNull(name);
        Objects.requireNonNull(changed);
        Objects.requireNonNull(digest);
        Objects.requireNonNull(family);
        Objects.requireNonNull(parameters);
        Objects.requireNonNull(quantization);
        abilities = List.copyOf(abilities);
    }

    /** One of which nothing but its name is known. */
    public static LocalModel of(String name, Instant changed) {
        return new LocalModel(name, changed, 0, "", "", "", "", List.of("completion"));
    }
}
