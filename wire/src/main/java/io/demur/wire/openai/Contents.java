package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The content of messages: text, or a list of parts. */
final class Contents {

    private static final Pattern DATA_URL = Pattern.compile("data:([^;,]*);base64,");

    private Contents() {}

    static List<Part> read(Body message) throws BadCall {
        JsonNode content = message.look("content");
        if (content.isMissingNode()) {
            message.take("content");
            return List.of();
        }
        if (content.isTextual()) {
            message.take("content");
            return List.of(Part.Text.of(content.asText()));
        }
        if (!content.isArray()) {
            throw message.wrong("content", content, "text or a list of parts");
        }
        List<Part> parts = new ArrayList<>();
        for (Body part : message.objects("content", Most.PARTS)) {
            parts.add(part(part));
        }
        return parts;
    }

    private static Part part(Body part) throws BadCall {
        String type = part.neededText("type");
        return switch (type) {
            case "text" -> new Part.Text(part.neededText("text"), part.rest());
            case "refusal" -> new Part.Refusal(part.neededText("refusal"));
            case "image_url" -> image(part);
            default -> new Part.Other(type, part.all());
        };
    }

    /**
     * Fields of the image itself stand in those of the part, under the same name as in the body.
     */
    private static Part image(Body part) throws BadCall {
        Optional<Body> image = part.object("image_url");
        if (image.isEmpty()) {
            throw part.wrong("image_url", part.look("image_url"), "an object");
        }
        String url = image.get().neededText("url");
        ObjectNode fields = part.rest().copy();
        Fields inner = image.get().rest();
        if (!inner.isEmpty()) {
            fields.set("image_url", inner.copy());
        }
        Fields rest = Fields.of(fields);
        Matcher data = DATA_URL.matcher(url);
        return data.lookingAt()
                ? new Part.Image(data.group(1), url.substring(data.end()), rest)
                : new Part.ImageLink(url, rest);
    }

    /** Text where the parts are one text and nothing else, as most servers like it best. */
    static void render(Speech speech, boolean own, ObjectNode message) throws BadCall {
        List<Part> parts = shown(speech.parts());
        if (parts.isEmpty()) {
            switch (speech.role()) {
                case ASSISTANT -> message.putNull("content");
                case USER, SYSTEM, TOOL -> message.put("content", "");
            }
        } else if (parts.size() == 1
                && parts.getFirst() instanceof Part.Text text
                && (text.rest().isEmpty() || !own)) {
            message.put("content", text.text());
        } else {
            ArrayNode list = message.putArray("content");
            for (Part part : parts) {
                list.add(part(part, own));
            }
        }
    }

    /** The parts which stand in the content and not beside it. */
    private static List<Part> shown(List<Part> parts) {
        List<Part> shown = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> shown.add(text);
                case Part.Image image -> shown.add(image);
                case Part.ImageLink link -> shown.add(link);
                case Part.Refusal refusal -> shown.add(refusal);
                case Part.ToolResult result -> shown.addAll(result.content());
                case Part.Other other -> {
                    if (!other.type().equals(Messages.CUSTOM_CALL)) {
                        shown.add(other);
                    }
                }
                case Part.Reasoning reasoning -> {}
                case Part.Redacted redacted -> {}
                case Part.ToolUse use -> {}
            }
        }
        return shown;
    }

    private static ObjectNode part(Part part, boolean own) throws BadCall {
        ObjectNode node = ClientBody.object();
        return switch (part) {
            case Part.Text text ->
                    with(text.rest(), own, node.put("type", "text").put("text", text.text()));
            case Part.Refusal refusal -> node.put("type", "refusal").put("refusal", refusal.text());
            case Part.Image image ->
                    image(
                            "data:%s;base64,".formatted(image.mediaType()) + image.base64(),
                            image.rest(),
                            own);
            case Part.ImageLink link -> image(link.url(), link.rest(), own);
            case Part.Other other -> {
                if (!own) {
                    throw new BadCall(
                            "a part of type `%s` cannot be carried to this model's server"
                                    .formatted(other.type()));
                }
                yield other.value().copy();
            }
            case Part.Reasoning reasoning -> throw misplaced();
            case Part.Redacted redacted -> throw misplaced();
            case Part.ToolUse use -> throw misplaced();
            case Part.ToolResult result -> throw misplaced();
        };
    }

    private static IllegalStateException misplaced() {
        return new IllegalStateException("a part that stands beside the content");
    }

    private static ObjectNode image(String url, Fields rest, boolean own) {
        ObjectNode node = ClientBody.object().put("type", "image_url");
        ObjectNode image = node.putObject("image_url").put("url", url);
        if (own && rest.get("image_url") instanceof ObjectNode inner) {
            Fields.of(inner).into(image);
        }
        return with(rest, own, node);
    }

    static ObjectNode with(Fields rest, boolean own, ObjectNode node) {
        if (own) {
            rest.into(node);
        }
        return node;
    }
}
