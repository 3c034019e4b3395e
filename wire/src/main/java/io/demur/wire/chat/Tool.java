package io.demur.wire.chat;

import java.util.Objects;
import java.util.Optional;

/**
 * A function that the model may call.
 *
 * @param schema the JSON Schema of its arguments; no fields where none is given
 * @param rest what else its protocol says of the function
 * @param outer what stands beside the function, in protocols that wrap it
 */
public record Tool(
        String name, Optional<String> description, Fields schema, Fields rest, Fields outer) {
    public Tool {
        Objects.requireNonNull(name);
        Objects.requireNonNull(description);
        Objects.requireNonNull(schema);
        Objects.requireNonNull(rest);
        Objects.requireNonNull(outer);
    }
}
