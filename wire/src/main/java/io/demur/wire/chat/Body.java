package io.demur.wire.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.Conversation;
import io.demur.wire.Json;
import io.demur.wire.MalformedJson;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An object within the body of a call while it is read: what is taken out of it by name and type,
 * and what is left over. A field that is {@code null} counts as absent.
 */
public final class Body {

    private final ObjectNode node;
    private final String path;
    private final Set<String> taken = new HashSet<>();
    private final Set<String> looked = new HashSet<>();

    private Body(ObjectNode node, String path) {
        this.node = node;
        this.path = path;
    }

    /** Reads the bytes of a call, which must be one object and mean the same to every reader. */
    public static Body read(byte[] bytes) throws BadCall {
        JsonNode body;
        try {
            body = Json.strict(bytes);
        } catch (MalformedJson e) {
            String at = e.offset() < 0 ? "" : " at byte %d".formatted(e.offset());
            throw new BadCall(
                    "the body is no JSON that can be read%s: %s".formatted(at, e.getMessage()));
        }
        if (!body.isObject()) {
            throw new BadCall(
                    "the body is %s where an object is needed".formatted(Conversation.what(body)));
        }
        return new Body((ObjectNode) body, "");
    }

    /** Where a field of it stands, for messages. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Where it stands itself. */
    public String at() {
        return path;
    }

    public boolean has(String name) {
        looked.add(name);
        return node.hasNonNull(name);
    }

    /** The value of a field, which stays among those left over; missing where it is null. */
    public JsonNode look(String name) {
        looked.add(name);
        JsonNode value = node.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    /** The value of a field; missing where it is null. */
    public JsonNode take(String name) {
        taken.add(name);
        return look(name);
    }

    public Optional<String> text(String name) throws BadCall {
        JsonNode value = take(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(name, value, "text");
        }
        return Optional.of(value.asText());
    }

    public String neededText(String name) throws BadCall {
        return text(name).orElseThrow(() -> wrong(name, MissingNode.getInstance(), "text"));
    }

    public Optional<Double> number(String name) throws BadCall {
        JsonNode value = take(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isNumber()) {
            throw wrong(name, value, "a number");
        }
        return Optional.of(value.asDouble());
    }

    /** A whole number that 64 bits hold. */
    public Optional<Long> whole(String name) throws BadCall {
        JsonNode value = take(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isNumber() || !value.canConvertToExactIntegral() || !value.canConvertToLong()) {
            throw wrong(name, value, "a whole number of 64 bits");
        }
        return Optional.of(value.asLong());
    }

    public Optional<Boolean> flag(String name) throws BadCall {
        JsonNode value = take(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw wrong(name, value, "`true` or `false`");
        }
        return Optional.of(value.asBoolean());
    }

    public Optional<Body> object(String name) throws BadCall {
        JsonNode value = take(name);
        if (value.isMissingNode()) {
            return Optional.empty();
        }
        if (!(value instanceof ObjectNode object)) {
            throw wrong(name, value, "an object");
        }
        return Optional.of(new Body(object, at(name)));
    }

    /**
     * The objects of a list; none where the field is absent.
     *
     * @throws BadCall also where there are more of them than are read
     */
    public List<Body> objects(String name, Most most) throws BadCall {
        JsonNode list = list(name, most);
        List<Body> objects = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof ObjectNode object)) {
                throw wrong(name + "[" + i + "]", list.get(i), "an object");
            }
            objects.add(new Body(object, at(name) + "[" + i + "]"));
        }
        return objects;
    }

    /**
     * The texts of a list, or one text alone; none where the field is absent.
     *
     * @throws BadCall also where there are more of them than are read
     */
    public List<String> texts(String name, Most most) throws BadCall {
        if (look(name).isTextual()) {
            return List.of(take(name).asText());
        }
        JsonNode list = list(name, most);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isTextual()) {
                throw wrong(name + "[" + i + "]", list.get(i), "text");
            }
            texts.add(list.get(i).asText());
        }
        return texts;
    }

    private JsonNode list(String name, Most most) throws BadCall {
        JsonNode value = take(name);
        if (!value.isArray() && !value.isMissingNode()) {
            throw wrong(name, value, "a list");
        }
        if (value.size() > most.count()) {
            throw new BadCall(
                    at(name),
                    "`%s` has `%d` elements; at most `%d` are read"
                            .formatted(at(name), value.size(), most.count()));
        }
        return value;
    }

    /**
     * Everything that was not taken from a call itself.
     *
     * @throws BadCall also where a field would choose another model or build another prompt
     */
    public Fields callRest() throws BadCall {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            boolean steers = Names.STEERING.contains(Names.folded(name));
            if (steers && !taken.contains(name) && !field.getValue().isNull()) {
                throw new BadCall(
                        at(name),
                        "`%s` is not passed on: the policy chooses models and prompts"
                                .formatted(at(name)));
            }
        }
        return rest();
    }

    /**
     * Everything that was not taken.
     *
     * @throws BadCall where a name differs from one that was asked for in case alone
     */
    public Fields rest() throws BadCall {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        Set<String> asked = new HashSet<>();
        looked.forEach(name -> asked.add(Names.folded(name)));
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = field.getKey();
            if (!taken.contains(name)) {
                if (!looked.contains(name) && asked.contains(Names.folded(name))) {
                    throw new BadCall(
                            "the field `%s` differs in case alone from one that is known"
                                    .formatted(
                                            at(name.substring(0, Math.min(100, name.length())))));
                }
                rest.set(field.getKey(), field.getValue());
            }
        }
        return Fields.of(rest);
    }

    /** All of it, taken or not. */
    public Fields all() {
        return Fields.of(node);
    }

    /** The error that a field holds something else than it should. */
    public BadCall wrong(String name, JsonNode found, String due) {
        return new BadCall(
                at(name),
                "`%s` is %s where %s is needed".formatted(at(name), Conversation.what(found), due));
    }
}
