package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Role;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The messages of a call. */
final class Messages {

    /** A tool called with text instead of JSON: kept as it came. */
    static final String CUSTOM_CALL = "tool_calls";

    private Messages() {}

    static List<Speech> read(Body call) throws BadCall {
        List<Speech> speeches = new ArrayList<>();
        if (!call.has("messages")) {
            throw call.wrong("messages", call.look("messages"), "a list of messages");
        }
        for (Body message : call.objects("messages", Most.MESSAGES)) {
            speeches.add(speech(message));
        }
        return speeches;
    }

    private static Speech speech(Body message) throws BadCall {
        String word = message.neededText("role");
        return switch (word) {
            case "system", "developer" -> said(message, Role.SYSTEM, word);
            case "user" -> said(message, Role.USER, word);
            case "assistant" -> answer(message, word);
            case "tool", "function" -> result(message, word);
            default ->
                    throw new BadCall(
                            message.at("role"),
                            "`%s` is `%s` where `system`, `user`, `assistant` or `tool` is needed"
                                    .formatted(message.at("role"), word));
        };
    }

    private static Speech said(Body message, Role role, String word) throws BadCall {
        if (!message.has("content")) {
            throw message.wrong("content", message.look("content"), "text or a list of parts");
        }
        List<Part> parts = Contents.read(message);
        return new Speech(role, word, parts, message.rest());
    }

    private static Speech answer(Body message, String word) throws BadCall {
        List<Part> parts = new ArrayList<>();
        message.text("reasoning_content").map(Part.Reasoning::of).ifPresent(parts::add);
        parts.addAll(Contents.read(message));
        message.text("refusal").map(Part.Refusal::new).ifPresent(parts::add);
        for (Body call : message.objects("tool_calls", Most.TOOLS)) {
            parts.add(call(call));
        }
        return new Speech(Role.ASSISTANT, word, parts, message.rest());
    }

    private static Part call(Body call) throws BadCall {
        Optional<String> type = call.text("type");
        if (type.isPresent() && !type.get().equals("function")) {
            return new Part.Other(CUSTOM_CALL, call.all());
        }
        String id = call.text("id").orElse("");
        Body function =
                call.object("function")
                        .orElseThrow(
                                () -> call.wrong("function", call.look("function"), "an object"));
        return new Part.ToolUse(
                id,
                function.neededText("name"),
                function.text("arguments").orElse(""),
                call.rest());
    }

    private static Speech result(Body message, String word) throws BadCall {
        boolean tool = word.equals("tool");
        String id = tool ? message.neededText("tool_call_id") : "";
        Part result =
                new Part.ToolResult(
                        id, message.text("name"), Contents.read(message), false, Fields.NONE);
        return new Speech(Role.TOOL, word, List.of(result), message.rest());
    }

    static ArrayNode render(List<Speech> speeches, boolean own) throws BadCall {
        ArrayNode list = ClientBody.object().arrayNode();
        for (Speech speech : speeches) {
            String word = own ? speech.word() : speech.role().name().toLowerCase(Locale.ROOT);
            ObjectNode message = list.addObject().put("role", word);
            if (speech.role() == Role.ASSISTANT) {
                answer(speech, own, message);
            } else {
                for (Part part : speech.parts()) {
                    if (part instanceof Part.ToolResult result) {
                        if (!word.equals("function")) {
                            message.put("tool_call_id", result.id());
                        }
                        result.name().ifPresent(name -> message.put("name", name));
                    }
                }
                Contents.render(speech, own, message);
            }
            Contents.with(speech.rest(), own, message);
        }
        return list;
    }

    private static void answer(Speech speech, boolean own, ObjectNode message) throws BadCall {
        List<Part> content = new ArrayList<>();
        ArrayNode calls = message.arrayNode();
        for (Part part : speech.parts()) {
            switch (part) {
                case Part.Refusal refusal -> {
                    if (own) {
                        message.put("refusal", refusal.text());
                    } else {
                        content.add(Part.Text.of(refusal.text()));
                    }
                }
                // Some servers refuse to see their own thoughts again, and none needs others'.
                case Part.Reasoning reasoning -> {
                    if (own) {
                        message.put("reasoning_content", reasoning.text());
                    }
                }
                case Part.ToolUse use -> calls.add(call(use, own));
                case Part.Other other -> {
                    if (other.type().equals(CUSTOM_CALL)) {
                        calls.add(other.value().copy());
                    } else {
                        content.add(other);
                    }
                }
                case Part.Text text -> content.add(text);
                case Part.Image image -> content.add(image);
                case Part.ImageLink link -> content.add(link);
                case Part.Redacted redacted -> {}
                case Part.ToolResult result -> content.add(result);
            }
        }
        Contents.render(
                new Speech(speech.role(), speech.word(), content, Fields.NONE), own, message);
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    private static ObjectNode call(Part.ToolUse use, boolean own) {
        ObjectNode call = ClientBody.object().put("id", use.id()).put("type", "function");
        call.putObject("function").put("name", use.name()).put("arguments", use.arguments());
        return Contents.with(use.rest(), own, call);
    }
}
