package io.demur.wire;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.StopReason;
import io.demur.core.StopReason.ContentFilter;
import io.demur.core.StopReason.Failed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as providers put it into a body: {@code {"error": {"message", "type", "code"}}}, or a
 * bare string. Some of these errors are blocks by a filter; to take them for failures would hide
 * refusals, so they are told apart here, for all protocols at once.
 */
public final class ErrorBody {

    /** Codes and types that mean a filter's block, at whichever provider. */
    private static final Set<String> BLOCKS =
            Set.of(
                    "content_policy_violation",
                    "invalid_prompt",
                    "cyber_policy",
                    "bio_policy",
                    "image_content_policy_violation",
                    "moderation_blocked",
                    "content_filter",
                    "ResponsibleAIPolicyViolation",
                    "data_inspection_failed",
                    "DataInspectionFailed");

    /** Messages that do: for providers whose codes say only that the request was invalid. */
    private static final List<String> BLOCK_MESSAGES =
            List.of(
                    "Content violates usage guidelines",
                    "Content Exists Risk",
                    "DataInspectionFailed",
                    "data may contain inappropriate content",
                    "blocked by content filtering policy");

    private static final Pattern FAILED_CHECK = Pattern.compile("Failed check: (\\w+)");

    private ErrorBody() {}

    /** Whether the body reports an error at all; one whose fields are all null is none. */
    public static boolean in(JsonNode body) {
        JsonNode error = body.path("error");
        return error.isObject()
                ? error.valueStream().anyMatch(v -> !v.isNull())
                : error.isTextual() && !error.asText().isBlank();
    }

    /** Whether a filter's block is signalled so, by a field and what stands in it. */
    static boolean isSignal(String field, String word) {
        return switch (field) {
            case "error.code", "error.innererror.code" -> BLOCKS.contains(word);
            case "error.message" -> BLOCK_MESSAGES.contains(word);
            default -> false;
        };
    }

    /**
     * Reads an error, given the body around it, the error object alone, or its message alone.
     *
     * @return a filter's block or a failure
     */
    public static StopReason read(JsonNode body) {
        JsonNode error = in(body) ? body.path("error") : body;
        if (in(error)) {
            error = error.path("error");
        }
        String message = message(error);
        for (JsonNode where : List.of(error.path("code"), error.path("type"), body.path("code"))) {
            if (BLOCKS.contains(where.asText())) {
                return new ContentFilter(
                        "error.code: " + where.asText(), category(where.asText(), error));
            }
        }
        String inner = error.path("innererror").path("code").asText();
        if (BLOCKS.contains(inner)) {
            return new ContentFilter("error.innererror.code: " + inner, filtered(error));
        }
        for (String known : BLOCK_MESSAGES) {
            if (message.contains(known)) {
                Matcher check = FAILED_CHECK.matcher(message);
                return new ContentFilter(
                        "error.message: " + known,
                        check.find() ? Optional.of(check.group(1)) : Optional.empty());
            }
        }
        JsonNode reasons = error.path("metadata").path("reasons");
        if (reasons.isArray() && !reasons.isEmpty()) {
            List<String> names = new ArrayList<>();
            reasons.forEach(reason -> names.add(reason.asText()));
            return new ContentFilter("error.metadata.reasons", Optional.of(join(names)));
        }
        return new Failed(message.isBlank() ? "an error without a message" : message);
    }

    /**
     * The categories which a filter's results mark as filtered; what it only detected does not
     * count.
     *
     * @param results Azure's {@code content_filter_results}
     */
    public static Optional<String> filteredIn(JsonNode results) {
        List<String> names = new ArrayList<>();
        results.properties()
                .forEach(
                        result -> {
                            if (result.getValue().path("filtered").asBoolean(false)) {
                                names.add(result.getKey());
                            }
                        });
        return names.isEmpty() ? Optional.empty() : Optional.of(join(names));
    }

    private static Optional<String> category(String code, JsonNode error) {
        return code.endsWith("_policy")
                ? Optional.of(code.substring(0, code.length() - "_policy".length()))
                : filtered(error);
    }

    /** Both spellings of the field have been seen. */
    private static Optional<String> filtered(JsonNode error) {
        JsonNode inner = error.path("innererror");
        return filteredIn(inner.path("content_filter_result"))
                .or(() -> filteredIn(inner.path("content_filter_results")));
    }

    private static String message(JsonNode error) {
        if (!error.isObject()) {
            return error.asText();
        }
        String message = error.path("message").asText("");
        String code = error.path("code").asText(error.path("type").asText(""));
        return message.isBlank() ? code : message;
    }

    private static String join(List<String> names) {
        return String.join(", ", names);
    }
}
