package io.demur.wire.chat;

import java.util.Objects;

/** What shape the answer is to have. */
public sealed interface Format {
    /** As the model likes. */
    record Free() implements Format {}

    /** Any JSON object. */
    record Json() implements Format {}

    /**
     * JSON that follows a schema.
     *
     * @param name of the schema; may be empty
     * @param rest what else the protocol says of it
     */
    record Schema(String name, Fields schema, Fields rest) implements Format {
        public Schema {
            Objects.requireNonNull(name);
            Objects.requireNonNull(schema);
            Objects.requireNonNull(rest);
        }
    }
}
