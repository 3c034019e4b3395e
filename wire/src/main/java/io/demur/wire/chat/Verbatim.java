package io.demur.wire.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message as bytes by which it is recognised: two messages that differ in anything but the word
 * for their role have different ones, except that a plain text can be the very object that stands
 * for another message. Such a text says the same words.
 */
public final class Verbatim {

    private Verbatim() {}

    /** The text, where there is nothing else; otherwise a JSON object of all that there is. */
    public static byte[] of(Speech speech) {
        boolean plain =
                speech.parts().size() == 1
                        && speech.parts().getFirst() instanceof Part.Text text
                        && text.rest().isEmpty()
                        && speech.rest().isEmpty();
        if (plain) {
            return speech.message().text().getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode all = ClientBody.object();
        parts(speech.parts(), all.putArray("parts"));
        all.set("rest", speech.rest().copy());
        return ClientBody.bytes(all);
    }

    private static void parts(List<Part> parts, ArrayNode to) {
        for (Part part : parts) {
            ObjectNode node = to.addObject();
            switch (part) {
                case Part.Text it -> node.put("text", it.text()).set("rest", it.rest().copy());
                case Part.Reasoning it -> {
                    node.put("reasoning", it.text()).set("rest", it.rest().copy());
                    it.signature().ifPresent(sign -> node.put("signature", sign));
                }
                case Part.Redacted it -> node.put("redacted", it.data());
                case Part.Refusal it -> node.put("refusal", it.text());
                case Part.Image it ->
                        node.put("image", it.mediaType())
                                .put("data", it.base64())
                                .set("rest", it.rest().copy());
                case Part.ImageLink it -> node.put("link", it.url()).set("rest", it.rest().copy());
                case Part.ToolUse it ->
                        node.put("use", it.id())
                                .put("name", it.name())
                                .put("arguments", it.arguments())
                                .set("rest", it.rest().copy());
                case Part.ToolResult it -> {
                    node.put("result", it.id()).put("failed", it.failed());
                    it.name().ifPresent(name -> node.put("name", name));
                    parts(it.content(), node.putArray("content"));
                    node.set("rest", it.rest().copy());
                }
                case Part.Other it -> node.put("other", it.type()).set("value", it.value().copy());
            }
        }
    }
}
