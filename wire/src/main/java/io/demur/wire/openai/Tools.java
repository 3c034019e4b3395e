package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Tool;
import io.demur.wire.chat.ToolChoice;

import java.util.List;
import java.util.Optional;

/** Tools, the choice among them, and the format of the answer. */
public final class Tools {

    private Tools() {}

    /**
     * Reads a list of tools, as OpenAI writes it and Ollama after it.
     *
     * @param tools takes the functions
     * @param hosted takes the others, which a provider runs itself
     */
    public static void read(Body call, List<Tool> tools, List<Fields> hosted) throws BadCall {
        for (Body tool : call.objects("tools", Most.TOOLS)) {
            Optional<Body> function = tool.object("function");
            boolean named = tool.text("type").orElse("function").equals("function");
            if (!named || function.isEmpty()) {
                hosted.add(tool.all());
                continue;
            }
            Body body = function.get();
            tools.add(
                    new Tool(
                            body.neededText("name"),
                            body.text("description"),
                            body.object("parameters").map(Body::all).orElse(Fields.NONE),
                            body.rest(),
                            tool.rest()));
        }
    }

    /** The tools of a call, as OpenAI and Ollama write them. */
    public static void render(Call call, boolean own, ObjectNode body) throws BadCall {
        if (!call.hosted().isEmpty() && !own) {
            throw new BadCall(
                    "tools",
                    "a tool that its provider runs cannot be carried to this model's server");
        }
        if (call.tools().isEmpty() && call.hosted().isEmpty()) {
            return;
        }
        ArrayNode list = body.putArray("tools");
        for (Tool tool : call.tools()) {
            ObjectNode node = list.addObject().put("type", "function");
            ObjectNode function = node.putObject("function").put("name", tool.name());
            tool.description().ifPresent(said -> function.put("description", said));
            if (!tool.schema().isEmpty()) {
                function.set("parameters", tool.schema().copy());
            }
            if (own) {
                tool.rest().into(function);
                tool.outer().into(node);
            }
        }
        call.hosted().forEach(tool -> list.add(tool.copy()));
    }

    /** The choice; a form that only this protocol has stays among the fields left over. */
    static Optional<ToolChoice> choice(Body call) {
        JsonNode choice = call.look("tool_choice");
        Optional<ToolChoice> read =
                switch (choice.asText("")) {
                    case "auto" -> Optional.of(new ToolChoice.Auto());
                    case "none" -> Optional.of(new ToolChoice.None());
                    case "required" -> Optional.of(new ToolChoice.Required());
                    default -> named(choice);
                };
        if (read.isPresent() || choice.isMissingNode()) {
            call.take("tool_choice");
        }
        return read;
    }

    private static Optional<ToolChoice> named(JsonNode choice) {
        JsonNode name = choice.path("function").path("name");
        boolean plain = choice.size() == 2 && choice.path("function").size() == 1;
        return plain && name.isTextual() && choice.path("type").asText().equals("function")
                ? Optional.of(new ToolChoice.Named(name.asText()))
                : Optional.empty();
    }

    static void renderChoice(ToolChoice choice, ObjectNode body) {
        switch (choice) {
            case ToolChoice.Auto auto -> body.put("tool_choice", "auto");
            case ToolChoice.None none -> body.put("tool_choice", "none");
            case ToolChoice.Required required -> body.put("tool_choice", "required");
            case ToolChoice.Named named -> {
                ObjectNode node = body.putObject("tool_choice").put("type", "function");
                node.putObject("function").put("name", named.name());
            }
        }
    }

    /** The format; one that only this protocol has stays among the fields left over. */
    static Format format(Body call) throws BadCall {
        JsonNode format = call.look("response_format");
        if (!format.isMissingNode() && !format.isObject()) {
            throw call.wrong("response_format", format, "an object");
        }
        String type = format.path("type").asText("");
        Format read =
                switch (type) {
                    case "json_object" -> new Format.Json();
                    case "json_schema" -> schema(call, format);
                    default -> new Format.Free();
                };
        boolean whole =
                switch (type) {
                    case "json_schema" -> format.size() == 2;
                    case "json_object", "text" -> format.size() == 1;
                    default -> format.isMissingNode();
                };
        if (whole) {
            call.take("response_format");
        }
        return read;
    }

    private static Format schema(Body call, JsonNode format) throws BadCall {
        if (!(format.get("json_schema") instanceof ObjectNode outer)) {
            throw call.wrong(
                    "response_format.json_schema", format.path("json_schema"), "an object");
        }
        Fields schema =
                outer.get("schema") instanceof ObjectNode object ? Fields.of(object) : Fields.NONE;
        return new Format.Schema(
                outer.path("name").asText(""),
                schema,
                Fields.of(outer.deepCopy().without(List.of("name", "schema"))));
    }

    static void renderFormat(Format format, boolean own, ObjectNode body) {
        switch (format) {
            case Format.Free free -> {}
            case Format.Json json -> body.putObject("response_format").put("type", "json_object");
            case Format.Schema schema -> {
                ObjectNode node = body.putObject("response_format").put("type", "json_schema");
                ObjectNode inner = ClientBody.object();
                inner.put("name", schema.name().isEmpty() ? "answer" : schema.name());
                inner.set("schema", schema.schema().copy());
                if (own) {
                    schema.rest().into(inner);
                } else {
                    inner.put("strict", true);
                }
                node.set("json_schema", inner);
            }
        }
    }
}
