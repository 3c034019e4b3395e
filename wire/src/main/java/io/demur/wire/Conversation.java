package io.demur.wire;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;
import io.demur.core.StopReason;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A list of messages as the chat protocols write it: a role, and a content which is text or a list
 * of parts. OpenAI's and Anthropic's differ in their parts, not in their outline, so one reader
 * serves both and whoever mixes them.
 *
 * @param said oldest first
 */
public record Conversation(List<Said> said) {

    private static final Set<String> TEXT_PARTS = Set.of("text", "input_text", "output_text");

    /**
     * One message.
     *
     * @param stop for an answer, why it ended, as far as the message itself shows it
     */
    public record Said(Message message, StopReason stop) {}

    public Conversation {
        said = List.copyOf(said);
    }

    /**
     * Reads a list of messages.
     *
     * @param path how messages about it name it, such as {@code messages}
     */
    public static Conversation read(JsonNode messages, String path) throws MalformedBody {
        if (!messages.isArray()) {
            throw new MalformedBody(
                    "`%s` is %s where a list of messages is needed"
                            .formatted(path, what(messages)));
        }
        List<Said> said = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            add(messages.get(i), path + "[" + i + "]", said);
        }
        return new Conversation(said);
    }

    /** All messages as a request. */
    public Request request() {
        return said.isEmpty()
                ? Request.UNKNOWN
                : new Request(said.stream().map(Said::message).toList());
    }

    /**
     * The text of a content: a string, or a list of parts whose text parts are joined by blank
     * lines. Parts of other kinds (images, thoughts, calls of tools) have no text that a reader is
     * shown, whatever fields they have.
     */
    public static String text(JsonNode content, String path) throws MalformedBody {
        if (content.isTextual()) {
            return content.asText();
        }
        if (content.isNull() || content.isMissingNode()) {
            return "";
        }
        if (!content.isArray()) {
            throw new MalformedBody(
                    "`%s` is %s where text or a list of parts is needed"
                            .formatted(path, what(content)));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content) {
            if (part.isTextual()) {
                texts.add(part.asText());
            } else if (isText(part)) {
                JsonNode text = part.path("text");
                // OpenAI's Assistants put the text beside its annotations.
                JsonNode value = text.isObject() ? text.path("value") : text;
                if (value.isTextual()) {
                    texts.add(value.asText());
                }
            }
        }
        return String.join("\n\n", texts);
    }

    /** What kind of JSON value it is, for messages to users. */
    public static String what(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "`" + node.asBoolean() + "`";
            case NUMBER -> "a number";
            case STRING, BINARY -> "text";
            case NULL -> "`null`";
            case MISSING -> "missing";
        };
    }

    private static void add(JsonNode message, String path, List<Said> said) throws MalformedBody {
        if (!message.isObject()) {
            throw new MalformedBody(
                    "`%s` is %s where a message is needed".formatted(path, what(message)));
        }
        Role role = role(message.path("role"), path + ".role");
        JsonNode content = message.path("content");
        if (content.isMissingNode() && role != Role.ASSISTANT) {
            throw new MalformedBody("`%s.content` is missing".formatted(path));
        }
        String text = text(content, path + ".content");
        switch (role) {
            case ASSISTANT -> said.add(answer(message, text));
            case USER -> {
                boolean results = addResults(content, path + ".content", said);
                if (!results || !text.isEmpty()) {
                    said.add(new Said(new Message(role, text), StopReason.UNSTATED));
                }
            }
            case SYSTEM, TOOL -> said.add(new Said(new Message(role, text), StopReason.UNSTATED));
        }
    }

    private static Said answer(JsonNode message, String text) {
        String refusal = refusal(message);
        if (!refusal.isBlank()) {
            return new Said(
                    new Message(Role.ASSISTANT, text.isBlank() ? refusal : text),
                    new StopReason.Refusal("message.refusal", Optional.empty()));
        }
        return new Said(
                new Message(Role.ASSISTANT, text),
                callsTools(message) ? StopReason.TOOL_CALL : StopReason.UNSTATED);
    }

    /** A refusal's words in a field of their own: of the message, or of a part of its content. */
    public static String refusal(JsonNode message) {
        if (message.path("refusal").isTextual()) {
            return message.path("refusal").asText();
        }
        for (JsonNode part : message.path("content")) {
            if (part.path("refusal").isTextual()) {
                return part.path("refusal").asText();
            }
        }
        return "";
    }

    /** Whether a message of the assistant calls tools, in either protocol. */
    public static boolean callsTools(JsonNode message) {
        if (!message.path("tool_calls").isEmpty() || message.path("function_call").isObject()) {
            return true;
        }
        for (JsonNode part : message.path("content")) {
            if (part.path("type").asText().equals("tool_use")) {
                return true;
            }
        }
        return false;
    }

    /** Anthropic puts what a tool gave back into a message of the user. */
    private static boolean addResults(JsonNode content, String path, List<Said> said)
            throws MalformedBody {
        boolean any = false;
        for (JsonNode part : content) {
            if (part.path("type").asText().equals("tool_result")) {
                Message result = new Message(Role.TOOL, text(part.path("content"), path));
                said.add(new Said(result, StopReason.UNSTATED));
                any = true;
            }
        }
        return any;
    }

    /** Gemini's parts have no type, and mark a thought by a field. */
    private static boolean isText(JsonNode part) {
        JsonNode type = part.path("type");
        if (type.isTextual()) {
            return TEXT_PARTS.contains(type.asText());
        }
        return !part.path("thought").asBoolean(false);
    }

    private static Role role(JsonNode role, String path) throws MalformedBody {
        return switch (role.asText("").toLowerCase(Locale.ROOT)) {
            case "system", "developer" -> Role.SYSTEM;
            case "user", "human" -> Role.USER;
            case "assistant", "model" -> Role.ASSISTANT;
            case "tool", "function" -> Role.TOOL;
            default ->
                    throw new MalformedBody(
                            "`%s` is %s where `system`, `user`, `assistant` or `tool` is needed"
                                    .formatted(
                                            path,
                                            role.isTextual()
                                                    ? "`" + role.asText() + "`"
                                                    : what(role)));
        };
    }
}
