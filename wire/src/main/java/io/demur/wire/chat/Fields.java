package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fields of a JSON object, kept as they came: those that a reader does not know, a schema, a part
 * of a sort that has no meaning here. Never changes; whoever hands over a node gives it up.
 */
public final class Fields {

    public static final Fields NONE = new Fields(JsonNodeFactory.instance.objectNode());

    /** Where files, images and sounds stand. */
    private static final Set<String> BINARY =
            Set.of("data", "file_data", "b64_json", "bytes", "image", "images");

    /** How much of a name a message shows, and of the path to it. */
    private static final int NAME_SHOWN = 100;

    private static final int PATH_SHOWN = 300;

    /** Names of what a provider keeps, fetches or hears, and nobody here can read. */
    private static final Set<String> REFERENCES =
            Set.of(
                    "previous_response_id",
                    "conversation",
                    "file_id",
                    "file_ids",
                    "file_url",
                    "vector_store_ids",
                    "thread_id",
                    "assistant_id",
                    "container",
                    "mcp_servers",
                    "server_url",
                    "prompt_token_ids",
                    "prompt_embeds",
                    "cached_content",
                    "cachedcontent",
                    "google.cached_content",
                    "kv_transfer_params",
                    "input_audio",
                    "audio_url",
                    "input_video",
                    "video_url",
                    "video",
                    "videos",
                    "context");

    /** Where images stand, or the address of one. */
    private static final Set<String> IMAGES =
            Set.of("image", "images", "image_url", "image_urls", "input_image");

    private final ObjectNode node;

    private Fields(ObjectNode node) {
        this.node = node;
    }

    public static Fields of(ObjectNode node) {
        return node.isEmpty() ? NONE : new Fields(node);
    }

    public boolean isEmpty() {
        return node.isEmpty();
    }

    public boolean has(String name) {
        return node.has(name);
    }

    /** The value of a field; a missing node where there is none. It must not be changed. */
    public JsonNode get(String name) {
        return node.path(name);
    }

    /** All of them as an object that may be changed. */
    public ObjectNode copy() {
        return node.deepCopy();
    }

    /** Puts them into an object behind what it has; what it has stays. */
    public void into(ObjectNode target) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!target.has(field.getKey())) {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    /** The fields without some. */
    public Fields without(List<String> names) {
        return Fields.of(node.deepCopy().without(names));
    }

    /**
     * Gives each name and each string, at any depth; data in base64 are given as the text that they
     * are, and not where they are none.
     */
    public void strings(Consumer<String> each) {
        strings(node, each);
    }

    static void strings(JsonNode value, Consumer<String> each) {
        strings(value, "", false, each);
    }

    private static void strings(JsonNode value, String type, boolean data, Consumer<String> each) {
        if (value.isTextual()) {
            Media.strings(type, data, value.asText(), each);
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            each.accept(field.getKey());
            boolean binary = BINARY.contains(field.getKey());
            strings(field.getValue(), binary ? mediaType(value) : "", binary, each);
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                strings(element, type, data, each);
            }
        }
    }

    /** Whether there are data among them that nobody here can read. */
    public boolean hasUnread() {
        return hasUnread(node, false);
    }

    private static boolean hasUnread(JsonNode value, boolean data) {
        if (value.isTextual()) {
            return (data || value.asText().startsWith("data:")) && Media.isUnread(value.asText());
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            if (hasUnread(field.getValue(), BINARY.contains(field.getKey()))) {
                return true;
            }
        }
        if (value.isArray()) {
            for (JsonNode element : value) {
                if (hasUnread(element, data)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the fields beside some data say that it is; empty where they say nothing. */
    private static String mediaType(JsonNode holder) {
        for (String name : List.of("media_type", "mime_type", "mimeType")) {
            if (holder.path(name).isTextual()) {
                return holder.path(name).asText();
            }
        }
        return Media.SOUNDS.contains(holder.path("format").asText("")) ? "audio/" : "";
    }

    /** Gives the path of each field that refers to what cannot be read here. */
    public void references(String path, Consumer<String> each) {
        Deque<String> segments = new ArrayDeque<>();
        segments.add(path);
        references(node, segments, each);
    }

    /** The path is written only where there is something to name by it. */
    private static void references(JsonNode value, Deque<String> path, Consumer<String> each) {
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = Names.folded(field.getKey());
            boolean hit = refers(name, field.getValue(), value);
            if (!hit && (!field.getValue().isContainerNode() || name.equals("metadata"))) {
                continue;
            }
            String shown = field.getKey();
            path.addLast("." + shown.substring(0, Math.min(NAME_SHOWN, shown.length())));
            if (hit) {
                each.accept(written(path));
            } else {
                references(field.getValue(), path, each);
            }
            path.removeLast();
        }
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                if (value.get(i).isContainerNode()) {
                    path.addLast("[" + i + "]");
                    references(value.get(i), path, each);
                    path.removeLast();
                }
            }
        }
    }

    private static String written(Deque<String> segments) {
        String whole = String.join("", segments);
        String path = whole.startsWith(".") ? whole.substring(1) : whole;
        return path.substring(0, Math.min(PATH_SHOWN, path.length()));
    }

    /**
     * A context is a list of tokens where it refers, and any other word elsewhere; a source refers
     * where it is an address or a file; data are a file where they are no text and no image; images
     * refer where they are addresses; an audio may be a sound, or say which voice the answer is to
     * have.
     */
    private static boolean refers(String name, JsonNode value, JsonNode holder) {
        return switch (name) {
            case "context" -> value.isArray() && value.path(0).isNumber();
            case "source" ->
                    value.isObject() && Set.of("url", "file").contains(value.path("type").asText());
            case "file_data" -> value.isTextual() && Media.isFile("file", value.asText());
            case "data" -> value.isTextual() && Media.isFile(mediaType(holder), value.asText());
            case "audio" ->
                    value.isTextual() || value.has("id") || value.has("data") || value.has("url");
            default ->
                    IMAGES.contains(name)
                            ? isAddress(value)
                            : REFERENCES.contains(name)
                                    && (value.isContainerNode()
                                            ? !value.isEmpty()
                                            : !value.isNull());
        };
    }

    /** An address, in a list of them or in an object that holds one. */
    private static boolean isAddress(JsonNode value) {
        if (value.isTextual()) {
            return Media.isAddress(value.asText());
        }
        if (value.isObject()) {
            return isAddress(value.path("url")) || isAddress(value.path("image_url"));
        }
        for (JsonNode element : value) {
            if (isAddress(element)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields fields && fields.node.equals(node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** The names alone: values are what callers wrote, and belong in no log. */
    @Override
    public String toString() {
        return node.properties().stream().map(Map.Entry::getKey).toList().toString();
    }
}
