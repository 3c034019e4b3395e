package io.demur.core.text;

import java.util.Objects;

/**
 * A stretch of a text that says one thing.
 *
 * @param start UTF-16 offset of its first character
 * @param end UTF-16 offset after its last character; greater than {@code start}
 * @param shape how it is set
 */
public record Sentence(int start, int end, Shape shape) {

    /** How a sentence is set in the text. */
    public enum Shape {
        /** Running text. */
        PROSE,
        /** Within a list item or a table row. */
        LIST_ITEM,
        /** A heading, or a line that is bold as a whole. */
        HEADING,
        /** Within a block quote. */
        QUOTE,
        /** Within a fenced block that does not read as prose. */
        CODE,
        /** Within a block of reasoning, which is not part of the answer. */
        THOUGHT
    }

    public Sentence {
        Objects.requireNonNull(shape);
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("sentence `%d..%d` is empty".formatted(start, end));
        }
    }
}
