package io.demur.wire.chat;

import io.demur.core.StopReason;

import java.util.Objects;
import java.util.Optional;

/**
 * A refusal that a provider signals in a field or an error of its own, in one form for all of them.
 *
 * @param form how it is signalled
 * @param category the provider's own category, where it gives one
 * @param text the provider's words, where it gives any
 * @param signal the field and value as the provider names them
 */
public record ProviderRefusal(
        Form form, Optional<String> category, Optional<String> text, String signal) {

    /** How a provider signals that it refuses. */
    public enum Form {
        /** The words of a refusal in a field of their own. */
        FIELD,
        /** The reason why the answer ended is that the model refused. */
        STOP,
        /** A filter withheld the answer, or the rest of it. */
        ANSWER_FILTER,
        /** A filter did not let the request through, and the reply says so. */
        PROMPT_FILTER,
        /** An error, of the sort by which a filter does not let a request through. */
        ERROR
    }

    public ProviderRefusal {
        Objects.requireNonNull(form);
        Objects.requireNonNull(category);
        text = text.filter(words -> !words.isBlank());
        Objects.requireNonNull(signal);
    }

    /** The refusal that a stop reason stands for; empty where it is none. */
    public static Optional<ProviderRefusal> of(StopReason stop, Optional<String> text) {
        return switch (stop) {
            case StopReason.Refusal refusal ->
                    Optional.of(
                            new ProviderRefusal(
                                    refusal.signal().endsWith(".refusal") ? Form.FIELD : Form.STOP,
                                    refusal.category(),
                                    text,
                                    refusal.signal()));
            case StopReason.ContentFilter filter ->
                    Optional.of(
                            new ProviderRefusal(
                                    filterForm(filter.signal()),
                                    filter.category(),
                                    text,
                                    filter.signal()));
            case StopReason.End end -> Optional.empty();
            case StopReason.Length length -> Optional.empty();
            case StopReason.ToolCall call -> Optional.empty();
            case StopReason.Failed failed -> Optional.empty();
            case StopReason.Unstated unstated -> Optional.empty();
        };
    }

    /** The provider's words, or a plain sentence where it gives none. */
    public String words() {
        return text.orElseGet(
                () ->
                        "The model's provider declined this request"
                                + category.map(" (%s)."::formatted).orElse("."));
    }

    private static Form filterForm(String signal) {
        if (signal.startsWith("error.")) {
            return Form.ERROR;
        }
        return signal.startsWith("prompt_filter") ? Form.PROMPT_FILTER : Form.ANSWER_FILTER;
    }
}
