package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Role;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Part.ToolUse;
import io.demur.wire.chat.Speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The messages of a call: text, images beside it, and tools that need no numbers. */
final class OllamaMessages {

    private OllamaMessages() {}

    static List<Speech> read(Body call) throws BadCall {
        List<Speech> speeches = new ArrayList<>();
        OpenCalls open = new OpenCalls();
        int tools = 0;
        for (Body message : call.objects("messages", Most.MESSAGES)) {
            Speech speech = speech(message, tools, open);
            for (Part part : speech.parts()) {
                if (part instanceof ToolUse use) {
                    open.add(use);
                    tools++;
                }
            }
            speeches.add(speech);
        }
        return speeches;
    }

    private static Speech speech(Body message, int tools, OpenCalls open) throws BadCall {
        String word = message.neededText("role");
        Role role =
                switch (word) {
                    case "system" -> Role.SYSTEM;
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "tool" -> Role.TOOL;
                    default ->
                            throw new BadCall(
                                    message.at("role"),
                                    "`%s` is `%s` where `system`, `user`, `assistant` or `tool` is"
                                                    .formatted(message.at("role"), word)
                                            + " needed");
                };
        List<Part> parts = new ArrayList<>();
        message.text("thinking")
                .filter(thought -> !thought.isEmpty())
                .map(Part.Reasoning::of)
                .ifPresent(parts::add);
        String text = message.text("content").orElse("");
        List<Part> images = images(message);
        List<Body> calls = message.objects("tool_calls", Most.TOOLS);
        if (!text.isEmpty() || (images.isEmpty() && calls.isEmpty())) {
            parts.add(Part.Text.of(text));
        }
        parts.addAll(images);
        int number = tools;
        for (Body call : calls) {
            parts.add(use(call, number));
            number++;
        }
        if (role == Role.TOOL) {
            Optional<String> name = message.text("tool_name");
            Optional<String> id = message.text("tool_call_id");
            String answers = id.isPresent() ? id.get() : open.first(name);
            open.close(answers);
            parts = List.of(new Part.ToolResult(answers, name, parts, false, Fields.NONE));
        }
        return new Speech(role, word, parts, message.rest());
    }

    private static Part use(Body call, int number) throws BadCall {
        Body function =
                call.object("function")
                        .orElseThrow(
                                () -> call.wrong("function", call.look("function"), "an object"));
        JsonNode arguments = function.take("arguments");
        if (!arguments.isObject() && !arguments.isMissingNode()) {
            throw function.wrong("arguments", arguments, "an object");
        }
        String id = call.text("id").orElse("");
        call.take("type");
        return new ToolUse(
                id.isEmpty() ? "call_" + number : id,
                function.neededText("name"),
                arguments.isMissingNode() ? "{}" : arguments.toString(),
                call.rest());
    }

    static List<Part> images(Body holder) throws BadCall {
        List<Part> images = new ArrayList<>();
        for (String image : holder.texts("images", Most.IMAGES)) {
            images.add(new Part.Image(mediaType(image), image, Fields.NONE));
        }
        return images;
    }

    /** Shown by the first bytes, since nothing else says it here. */
    private static String mediaType(String base64) {
        if (base64.startsWith("/9j/")) {
            return "image/jpeg";
        }
        if (base64.startsWith("R0lGOD")) {
            return "image/gif";
        }
        return base64.startsWith("UklGR") ? "image/webp" : "image/png";
    }

    static ArrayNode render(List<Speech> speeches, boolean own) throws BadCall {
        ArrayNode list = ClientBody.object().arrayNode();
        for (Speech speech : speeches) {
            ObjectNode message =
                    list.addObject().put("role", speech.role().name().toLowerCase(Locale.ROOT));
            message.put("content", speech.message().text());
            ArrayNode images = message.arrayNode();
            addImages(speech.parts(), images);
            if (!images.isEmpty()) {
                message.set("images", images);
            }
            beside(speech, own, message);
            if (own) {
                speech.rest().into(message);
            }
        }
        return list;
    }

    private static void beside(Speech speech, boolean own, ObjectNode message) throws BadCall {
        ArrayNode calls = message.arrayNode();
        for (Part part : speech.parts()) {
            switch (part) {
                case ToolUse use -> {
                    ObjectNode call = calls.addObject().put("id", use.id());
                    ObjectNode function = call.putObject("function").put("name", use.name());
                    function.set("arguments", ClientBody.objectOf(use.arguments()));
                    if (own) {
                        use.rest().into(call);
                    }
                }
                case Part.ToolResult result -> {
                    message.put("tool_call_id", result.id());
                    result.name().ifPresent(name -> message.put("tool_name", name));
                }
                case Part.Reasoning reasoning -> {
                    if (own) {
                        message.put("thinking", reasoning.text());
                    }
                }
                case Part.Other other ->
                        throw new BadCall(
                                "a part of type `%s` cannot be carried to this model's server"
                                        .formatted(other.type()));
                case Part.Text text -> {}
                case Part.Refusal refusal -> {}
                case Part.Redacted redacted -> {}
                case Part.Image image -> {}
                case Part.ImageLink link -> {}
            }
        }
        if (!calls.isEmpty()) {
            message.set("tool_calls", calls);
        }
    }

    static void addImages(List<Part> parts, ArrayNode images) throws BadCall {
        for (Part part : parts) {
            switch (part) {
                case Part.Image image -> images.add(image.base64());
                case Part.ToolResult result -> addImages(result.content(), images);
                case Part.ImageLink link ->
                        throw new BadCall(
                                "an image that has to be fetched cannot be carried to this"
                                        + " model's server; send it within the call");
                case Part.Text text -> {}
                case Part.Refusal refusal -> {}
                case Part.Reasoning reasoning -> {}
                case Part.Redacted redacted -> {}
                case ToolUse use -> {}
                case Part.Other other -> {}
            }
        }
    }
}
