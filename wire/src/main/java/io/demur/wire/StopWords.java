package io.demur.wire;

import io.demur.core.StopReason;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The words by which providers say why a reply ended. They do not contradict each other, so one
 * table serves all, whichever field they stand in.
 */
public final class StopWords {

    /** The fields in which such a word stands. */
    private static final Set<String> FIELDS =
            Set.of("finish_reason", "native_finish_reason", "stop_reason", "done_reason");

    /** What signals a filter without a word of its own. */
    private static final Set<String> BARE =
            Set.of(
                    "content_filter_results",
                    "prompt_filter_results",
                    "error.metadata.reasons",
                    "demur.review");

    private StopWords() {}

    /**
     * Reads one such word, in any case, with hyphens or spaces for underscores, and with the name
     * of an enum before it, as {@code FinishReason.SAFETY}.
     *
     * @param field where it stands, for the signal: {@code finish_reason}, {@code stop_reason}
     * @param word as the provider wrote it
     * @param category what a refusal or a filter was about, where the provider says
     * @return {@link StopReason#UNSTATED} for a word that is not known
     */
    public static StopReason read(String field, String word, Optional<String> category) {
        return switch (plain(word)) {
            case "stop",
                    "end",
                    "end_turn",
                    "stop_sequence",
                    "eos",
                    "eos_token",
                    "complete",
                    "completed" ->
                    StopReason.END;
            // A paused turn is one that a limit of the provider's own tools broke off.
            case "length",
                    "max_tokens",
                    "max_output_tokens",
                    "model_length",
                    "model_context_window_exceeded",
                    "pause_turn" ->
                    StopReason.LENGTH;
            case "tool_calls", "tool_call", "tool_use", "function_call" -> StopReason.TOOL_CALL;
            case "refusal" -> new StopReason.Refusal(field + ": " + last(word), category);
            // In this order: OpenAI and DeepSeek, Bedrock, Gemini (five), Zhipu, Cohere.
            case "content_filter",
                    "content_filtered",
                    "guardrail_intervened",
                    "safety",
                    "prohibited_content",
                    "blocklist",
                    "spii",
                    "image_safety",
                    "sensitive",
                    "error_toxic" ->
                    new StopReason.ContentFilter(field + ": " + last(word), category);
            // The last three are Gemini's; what it withholds by them is not for being unsafe.
            case "error",
                    "failed",
                    "timeout",
                    "insufficient_system_resource",
                    "abort",
                    "aborted",
                    "cancelled",
                    "canceled",
                    "recitation",
                    "language",
                    "other" ->
                    new StopReason.Failed(field + ": " + last(word));
            default -> StopReason.UNSTATED;
        };
    }

    /**
     * Whether this is the signal of a filter as it is written here, and so can be passed on: any
     * other words in its place may be an answer.
     */
    public static boolean isFilter(String signal) {
        String[] parts = signal.split(": ", 2);
        if (parts.length < 2) {
            return BARE.contains(signal);
        }
        Optional<String> none = Optional.empty();
        return FIELDS.contains(parts[0])
                ? read(parts[0], parts[1], none).equals(new StopReason.ContentFilter(signal, none))
                : ErrorBody.isSignal(parts[0], parts[1]);
    }

    private static String plain(String word) {
        return last(word).toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    }

    /** The word itself, without what stands before it: that may be anything, and is passed on. */
    private static String last(String word) {
        return word.strip().substring(word.strip().lastIndexOf('.') + 1);
    }
}
