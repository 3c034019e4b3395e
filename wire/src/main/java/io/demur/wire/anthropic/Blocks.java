package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocks of which contents are made. */
final class Blocks {

    private Blocks() {}

    /** Reads a content: text, or a list of blocks. */
    static List<Part> read(Body holder, String name) throws BadCall {
        JsonNode content = holder.look(name);
        if (content.isTextual()) {
            holder.take(name);
            return List.of(Part.Text.of(content.asText()));
        }
        if (!content.isArray()) {
            throw holder.wrong(name, content, "text or a list of blocks");
        }
        List<Part> parts = new ArrayList<>();
        for (Body block : holder.objects(name, Most.PARTS)) {
            parts.add(part(block));
        }
        return parts;
    }

    private static Part part(Body block) throws BadCall {
        String type = block.neededText("type");
        return switch (type) {
            case "text" -> new Part.Text(block.neededText("text"), block.rest());
            case "image" -> image(block);
            case "thinking" ->
                    new Part.Reasoning(
                            block.neededText("thinking"), block.text("signature"), block.rest());
            case "redacted_thinking" -> new Part.Redacted(block.neededText("data"));
            case "tool_use" -> use(block);
            case "tool_result" -> result(block);
            default -> new Part.Other(type, block.all());
        };
    }

    private static Part image(Body block) throws BadCall {
        Optional<Body> source = block.object("source");
        if (source.isEmpty()) {
            throw block.wrong("source", block.look("source"), "an object");
        }
        Body from = source.get();
        return switch (from.neededText("type")) {
            case "base64" -> {
                String media = from.text("media_type").orElse("");
                String data = from.neededText("data");
                yield new Part.Image(media, data, block.rest());
            }
            case "url" -> new Part.ImageLink(from.neededText("url"), block.rest());
            default -> new Part.Other("image", block.all());
        };
    }

    private static Part use(Body block) throws BadCall {
        JsonNode input = block.take("input");
        if (!input.isObject() && !input.isMissingNode()) {
            throw block.wrong("input", input, "an object");
        }
        return new Part.ToolUse(
                block.neededText("id"),
                block.neededText("name"),
                input.isMissingNode() ? "{}" : input.toString(),
                block.rest());
    }

    private static Part result(Body block) throws BadCall {
        List<Part> content = block.has("content") ? read(block, "content") : List.of();
        return new Part.ToolResult(
                block.neededText("tool_use_id"),
                Optional.empty(),
                content,
                block.flag("is_error").orElse(false),
                block.rest());
    }

    /** One plain text stands for itself. */
    static JsonNode plain(ArrayNode blocks) {
        boolean one =
                blocks.size() == 1
                        && blocks.get(0).size() == 2
                        && blocks.get(0).path("type").asText().equals("text");
        return one ? blocks.get(0).path("text") : blocks;
    }

    /** Writes parts as blocks; without what other protocols have and this one refuses. */
    static void add(List<Part> parts, boolean own, ArrayNode blocks) throws BadCall {
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> {
                    if (own || !text.text().isBlank()) {
                        with(text.rest(), own, text(text.text(), blocks));
                    }
                }
                case Part.Refusal refusal -> text(refusal.text(), blocks);
                case Part.Image image -> {
                    ObjectNode node = blocks.addObject().put("type", "image");
                    ObjectNode source = node.putObject("source").put("type", "base64");
                    source.put("media_type", image.mediaType()).put("data", image.base64());
                    with(image.rest(), own, node);
                }
                case Part.ImageLink link -> {
                    ObjectNode node = blocks.addObject().put("type", "image");
                    node.putObject("source").put("type", "url").put("url", link.url());
                    with(link.rest(), own, node);
                }
                // Thoughts of others have no seal and would be refused here.
                case Part.Reasoning reasoning -> {
                    if (own) {
                        ObjectNode node = blocks.addObject().put("type", "thinking");
                        node.put("thinking", reasoning.text());
                        reasoning.signature().ifPresent(s -> node.put("signature", s));
                        with(reasoning.rest(), true, node);
                    }
                }
                case Part.Redacted redacted ->
                        blocks.addObject()
                                .put("type", "redacted_thinking")
                                .put("data", redacted.data());
                case Part.ToolUse use -> {
                    ObjectNode node = blocks.addObject().put("type", "tool_use");
                    node.put("id", use.id()).put("name", use.name());
                    node.set("input", ClientBody.objectOf(use.arguments()));
                    with(use.rest(), own, node);
                }
                case Part.ToolResult result -> result(result, own, blocks);
                case Part.Other other -> {
                    if (!own) {
                        throw new BadCall(
                                "a part of type `%s` cannot be carried to this model's server"
                                        .formatted(other.type()));
                    }
                    blocks.add(other.value().copy());
                }
            }
        }
    }

    private static ObjectNode text(String text, ArrayNode blocks) {
        return blocks.addObject().put("type", "text").put("text", text);
    }

    private static void result(Part.ToolResult result, boolean own, ArrayNode blocks)
            throws BadCall {
        ObjectNode node = blocks.addObject().put("type", "tool_result");
        node.put("tool_use_id", result.id());
        ArrayNode content = node.arrayNode();
        add(result.content(), own, content);
        if (!content.isEmpty()) {
            node.set("content", plain(content));
        }
        if (result.failed()) {
            node.put("is_error", true);
        }
        with(result.rest(), own, node);
    }

    private static void with(Fields rest, boolean own, ObjectNode node) {
        if (own) {
            rest.into(node);
        }
    }
}
