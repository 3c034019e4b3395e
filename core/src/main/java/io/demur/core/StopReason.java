package io.demur.core;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a reply ended, as the provider's API states it. A structured refusal and a filter block are
 * kept apart, because different parties made them: the model, and a classifier beside it.
 */
public sealed interface StopReason {

    /** The model had finished. */
    record End() implements StopReason {}

    /** The reply reached a length limit and is not whole. */
    record Length() implements StopReason {}

    /** The model called a tool instead of, or after, writing text. */
    record ToolCall() implements StopReason {}

    /**
     * The provider marked the reply as a refusal in a field of its own.
     *
     * @param signal the field and value as the provider names them, such as {@code stop_reason:
     *     refusal}
     * @param category the provider's own category of what was refused, where it gives one
     */
    record Refusal(String signal, Optional<String> category) implements StopReason {
        public Refusal {
            Objects.requireNonNull(signal);
            Objects.requireNonNull(category);
        }
    }

    /**
     * A filter of the provider blocked the request or withheld the reply, wholly or from some point
     * on.
     *
     * @param signal the field and value as the provider names them, such as {@code finish_reason:
     *     content_filter}
     * @param category the provider's own category, where it gives one
     */
    record ContentFilter(String signal, Optional<String> category) implements StopReason {
        public ContentFilter {
            Objects.requireNonNull(signal);
            Objects.requireNonNull(category);
        }
    }

    /**
     * The call failed: a time-out, a transport error, an error body that is no refusal.
     *
     * @param message what the provider or the recording tool said of it
     */
    record Failed(String message) implements StopReason {
        public Failed {
            Objects.requireNonNull(message);
        }
    }

    /** The file does not say. */
    record Unstated() implements StopReason {}

    StopReason END = new End();
    StopReason LENGTH = new Length();
    StopReason TOOL_CALL = new ToolCall();
    StopReason UNSTATED = new Unstated();
}
