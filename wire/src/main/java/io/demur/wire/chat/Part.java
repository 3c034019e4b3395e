package io.demur.wire.chat;

import io.demur.wire.WellFormed;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A part of a message, of a call or of an answer. */
public sealed interface Part {

    /** Words. */
    record Text(String text, Fields rest) implements Part {
        public Text {
            text = WellFormed.of(text);
            Objects.requireNonNull(rest);
        }

        public static Text of(String text) {
            return new Text(text, Fields.NONE);
        }
    }

    /** What a model thought before it answered, with the provider's seal where it has one. */
    record Reasoning(String text, Optional<String> signature, Fields rest) implements Part {
        public Reasoning {
            text = WellFormed.of(text);
            Objects.requireNonNull(signature);
            Objects.requireNonNull(rest);
        }

        public static Reasoning of(String text) {
            return new Reasoning(text, Optional.empty(), Fields.NONE);
        }
    }

    /** Reasoning that only its provider can read. */
    record Redacted(String data) implements Part {
        public Redacted {
            data = WellFormed.of(data);
        }
    }

    /** The words of a refusal that had a field of its own. */
    record Refusal(String text) implements Part {
        public Refusal {
            text = WellFormed.of(text);
        }
    }

    /**
     * An image in the call itself.
     *
     * @param mediaType such as {@code image/png}
     * @param base64 passed on as it came, and never read
     */
    record Image(String mediaType, String base64, Fields rest) implements Part {
        public Image {
            Objects.requireNonNull(mediaType);
            Objects.requireNonNull(base64);
            Objects.requireNonNull(rest);
        }
    }

    /** An image that the server is to fetch. */
    record ImageLink(String url, Fields rest) implements Part {
        public ImageLink {
            Objects.requireNonNull(url);
            Objects.requireNonNull(rest);
        }
    }

    /**
     * A tool that the model called.
     *
     * @param arguments JSON text, as the model wrote it; it need not be valid
     */
    record ToolUse(String id, String name, String arguments, Fields rest) implements Part {
        public ToolUse {
            id = WellFormed.of(id);
            name = WellFormed.of(name);
            arguments = WellFormed.of(arguments);
            Objects.requireNonNull(rest);
        }
    }

    /**
     * What a tool gave back.
     *
     * @param id of the call that it answers
     * @param name of the tool, where the message says
     */
    record ToolResult(
            String id, Optional<String> name, List<Part> content, boolean failed, Fields rest)
            implements Part {
        public ToolResult {
            Objects.requireNonNull(id);
            Objects.requireNonNull(name);
            content = List.copyOf(content);
            Objects.requireNonNull(rest);
        }
    }

    /**
     * A part of another sort, which only its own protocol can carry.
     *
     * @param type as the protocol names it
     * @param value all of the part, its type included
     */
    record Other(String type, Fields value) implements Part {
        public Other {
            Objects.requireNonNull(type);
            Objects.requireNonNull(value);
        }
    }
}
