package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.MalformedBody;

/**
 * A way in which a JSON record holds a transcript. To add one, implement this, add it to {@link
 * Formats}, describe it in {@code docs/reference/formats.md}, and extend {@code
 * TranscriptFormatContract} in the tests. Shapes have no state.
 */
interface JsonShape {

    /** What users call it in {@code --format}. */
    String name();

    /** Whether an object has the fields of this shape; asked before {@link #read}. */
    boolean fits(JsonNode record);

    /** Puts what the record says into the draft. */
    void read(JsonNode record, Draft draft) throws MalformedBody;
}
