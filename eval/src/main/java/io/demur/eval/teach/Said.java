package io.demur.eval.teach;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One side of a lesson, and where it comes from.
 *
 * @param text the words of the answer
 * @param origin who gave it, and where that stands
 */
public record Said(String text, Origin origin) {

    /** Where an answer comes from. */
    public sealed interface Origin {

        /** The same columns for all, so that every row of a file has them. */
        Map<String, @Nullable Object> fields();
    }

    /**
     * An answer that was really given.
     *
     * @param source the data set or run
     * @param file where it was read
     * @param line of that file
     * @param turn which answer of its conversation, counted from 0
     * @param id of the transcript or the case
     * @param model who gave it, or the empty string
     */
    public record Recorded(String source, String file, long line, int turn, String id, String model)
            implements Origin {
        @Override
        public Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("by", "model");
            fields.put("source", source);
            fields.put("file", file);
            fields.put("line", line);
            fields.put("turn", turn);
            fields.put("id", id);
            fields.put("model", model.isEmpty() ? null : model);
            return fields;
        }
    }

    /** A refusal that was written here, because no good one was there. */
    public record Composed() implements Origin {
        @Override
        public Map<String, @Nullable Object> fields() {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("by", "composer");
            for (String none : new String[] {"source", "file", "line", "turn", "id", "model"}) {
                fields.put(none, null);
            }
            return fields;
        }
    }

    public Said {
        Objects.requireNonNull(origin);
        if (text.isBlank()) {
            throw new IllegalArgumentException("nothing is said");
        }
    }
}
