package io.demur.wire.chat;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One message of a call.
 *
 * @param word the protocol's own word for the role, such as {@code developer}
 * @param parts in their order; a message of a tool is one {@link Part.ToolResult}
 */
public record Speech(Role role, String word, List<Part> parts, Fields rest) {

    public Speech {
        Objects.requireNonNull(role);
        Objects.requireNonNull(word);
        parts = List.copyOf(parts);
        Objects.requireNonNull(rest);
    }

    /** A message of text alone. */
    public static Speech of(Role role, String text) {
        String word =
                switch (role) {
                    case SYSTEM -> "system";
                    case USER -> "user";
                    case ASSISTANT -> "assistant";
                    case TOOL -> "tool";
                };
        return new Speech(role, word, List.of(Part.Text.of(text)), Fields.NONE);
    }

    /** What is said, as the judges read it; text parts are joined by blank lines. */
    public Message message() {
        List<String> texts = new ArrayList<>();
        texts(parts, texts);
        return new Message(role, String.join("\n\n", texts));
    }

    /**
     * Gives every other string of the message: names, arguments of tools with their escapes undone,
     * reasoning, unknown fields; and the text parts once more without a gap, since a server may
     * join them so.
     */
    public void strings(Consumer<String> each) {
        List<String> texts = new ArrayList<>();
        texts(parts, texts);
        for (String text : texts) {
            if (text.contains("\\u")) {
                each.accept(text);
            }
        }
        if (texts.size() > 1) {
            each.accept(String.join("", texts));
        }
        strings(parts, each);
        rest.strings(each);
    }

    private static void texts(List<Part> parts, List<String> texts) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> texts.add(text.text());
                case Part.Refusal refusal -> texts.add(refusal.text());
                case Part.ToolResult result -> texts(result.content(), texts);
                case Part.Reasoning reasoning -> {}
                case Part.Redacted redacted -> {}
                case Part.Image image -> {}
                case Part.ImageLink link -> {}
                case Part.ToolUse use -> {}
                case Part.Other other -> {}
            }
        }
    }

    private static void strings(List<Part> parts, Consumer<String> each) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> text.rest().strings(each);
                case Part.Refusal refusal -> {}
                case Part.Reasoning reasoning -> {
                    each.accept(reasoning.text());
                    reasoning.signature().ifPresent(each);
                    reasoning.rest().strings(each);
                }
                case Part.Redacted redacted -> each.accept(redacted.data());
                case Part.Image image -> {
                    each.accept(image.mediaType());
                    Media.strings("image/", true, image.base64(), each);
                    image.rest().strings(each);
                }
                case Part.ImageLink link -> {
                    Media.strings("", false, link.url(), each);
                    link.rest().strings(each);
                }
                case Part.ToolUse use -> {
                    each.accept(use.id());
                    each.accept(use.name());
                    arguments(use.arguments(), each);
                    use.rest().strings(each);
                }
                case Part.ToolResult result -> {
                    each.accept(result.id());
                    result.name().ifPresent(each);
                    strings(result.content(), each);
                    result.rest().strings(each);
                }
                case Part.Other other -> other.value().strings(each);
            }
        }
    }

    /** JSON within JSON: what its escapes hide is read too. */
    static void arguments(String arguments, Consumer<String> each) {
        each.accept(arguments);
        if (arguments.indexOf('\\') >= 0) {
            try {
                Fields.strings(Json.read(arguments.getBytes(StandardCharsets.UTF_8)), each);
            } catch (MalformedJson e) {
                // Arguments need not be JSON; they were given as they are.
                return;
            }
        }
    }
}
