package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Role;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Tool;
import io.demur.wire.chat.ToolChoice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of a call of Messages. */
final class CallBody {

    /** What a caller of another protocol gets who does not say how long the answer may be. */
    private static final long TOKENS_MAX_DEFAULT = 4096;

    private static final String OUTPUT_CONFIG = "output_config";

    /** What {@code output_config.format} was called at first; clients of that time still say it. */
    private static final String OUTPUT_FORMAT = "output_format";

    private static final String TOOL_CHOICE = "tool_choice";
    private static final String NOT_PARALLEL = "disable_parallel_tool_use";

    private CallBody() {}

    static Call read(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        List<Speech> speeches = new ArrayList<>();
        if (body.has("system")) {
            speeches.add(
                    new Speech(Role.SYSTEM, "system", Blocks.read(body, "system"), Fields.NONE));
        }
        if (!body.has("messages")) {
            throw body.wrong("messages", body.look("messages"), "a list of messages");
        }
        for (Body message : body.objects("messages", Most.MESSAGES)) {
            addSpeeches(message, speeches);
        }
        List<Tool> tools = new ArrayList<>();
        List<Fields> hosted = new ArrayList<>();
        for (Body tool : body.objects("tools", Most.TOOLS)) {
            addTool(tool, tools, hosted);
        }
        Optional<Body> choice = body.object(TOOL_CHOICE);
        Optional<Boolean> parallel = Optional.empty();
        Optional<ToolChoice> chosen = Optional.empty();
        if (choice.isPresent()) {
            parallel = choice.get().flag(NOT_PARALLEL).map(not -> !not);
            chosen = Optional.of(choice(choice.get()));
        }
        Optional<Long> max = body.whole("max_tokens");
        if (max.isEmpty()) {
            throw body.wrong("max_tokens", body.look("max_tokens"), "a whole number");
        }
        Sampling sampling =
                new Sampling(
                        max,
                        body.number("temperature"),
                        body.number("top_p"),
                        body.whole("top_k"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        body.texts("stop_sequences", Most.STOPS));
        boolean stream = body.flag("stream").orElse(false);
        Format format = format(body);
        return new Call(
                Protocol.ANTHROPIC_MESSAGES,
                model,
                speeches,
                tools,
                hosted,
                chosen,
                parallel,
                format,
                sampling,
                stream,
                body.callRest());
    }

    /** What tools gave back stands in messages of the user here; it is the tools' nonetheless. */
    private static void addSpeeches(Body message, List<Speech> speeches) throws BadCall {
        String word = message.neededText("role");
        Role role =
                switch (word) {
                    case "user" -> Role.USER;
                    case "assistant" -> Role.ASSISTANT;
                    case "system" -> Role.SYSTEM;
                    default ->
                            throw new BadCall(
                                    message.at("role"),
                                    "`%s` is `%s` where `user` or `assistant` is needed"
                                            .formatted(message.at("role"), word));
                };
        List<Part> parts = Blocks.read(message, "content");
        Fields rest = message.rest();
        List<Part> open = new ArrayList<>();
        boolean results = false;
        for (Part part : parts) {
            if (part instanceof Part.ToolResult) {
                if (!open.isEmpty()) {
                    speeches.add(new Speech(role, word, open, Fields.NONE));
                    open = new ArrayList<>();
                }
                speeches.add(new Speech(Role.TOOL, word, List.of(part), Fields.NONE));
                results = true;
            } else {
                open.add(part);
            }
        }
        if (!open.isEmpty() || !results) {
            speeches.add(new Speech(role, word, open, rest));
        }
    }

    private static void addTool(Body tool, List<Tool> tools, List<Fields> hosted) throws BadCall {
        String type = tool.look("type").asText("custom");
        if (!type.equals("custom")) {
            hosted.add(tool.all());
            return;
        }
        tools.add(
                new Tool(
                        tool.neededText("name"),
                        tool.text("description"),
                        tool.object("input_schema").map(Body::all).orElse(Fields.NONE),
                        tool.rest(),
                        Fields.NONE));
    }

    private static ToolChoice choice(Body choice) throws BadCall {
        String type = choice.neededText("type");
        return switch (type) {
            case "auto" -> new ToolChoice.Auto();
            case "any" -> new ToolChoice.Required();
            case "none" -> new ToolChoice.None();
            case "tool" -> new ToolChoice.Named(choice.neededText("name"));
            default ->
                    throw new BadCall(
                            choice.at("type"),
                            "`%s` is `%s` where `auto`, `any`, `tool` or `none` is needed"
                                    .formatted(choice.at("type"), type));
        };
    }

    /** A schema stays among the fields left over too, beside what else stands there. */
    private static Format format(Body body) {
        JsonNode now = body.look(OUTPUT_CONFIG).path("format");
        JsonNode format = now.isMissingNode() ? body.look(OUTPUT_FORMAT) : now;
        boolean schema = format.path("type").asText("").equals("json_schema");
        return schema && format.get("schema") instanceof ObjectNode object
                ? new Format.Schema(
                        "",
                        Fields.of(object),
                        Fields.of(((ObjectNode) format).deepCopy().without(List.of("schema"))))
                : new Format.Free();
    }

    static byte[] render(Call call) throws BadCall {
        boolean own = call.protocol() == Protocol.ANTHROPIC_MESSAGES;
        ObjectNode body = ClientBody.object().put("model", call.model());
        body.put("max_tokens", call.sampling().tokensMax().orElse(TOKENS_MAX_DEFAULT));
        ArrayNode system = body.arrayNode();
        List<Speech> said = new ArrayList<>();
        for (Speech speech : call.speeches()) {
            boolean inside = own && speech.role() == Role.SYSTEM && !said.isEmpty();
            if (speech.role() == Role.SYSTEM && !inside) {
                Blocks.add(speech.parts(), own, system);
            } else {
                said.add(speech);
            }
        }
        if (!system.isEmpty()) {
            body.set("system", Blocks.plain(system));
        }
        body.set("messages", messages(said, own));
        tools(call, own, body);
        sampling(call, own, body);
        if (call.format() instanceof Format.Schema schema && !own) {
            ObjectNode format = body.putObject(OUTPUT_CONFIG).putObject("format");
            format.put("type", "json_schema").set("schema", schema.schema().copy());
        }
        body.put("stream", call.stream());
        if (own) {
            call.rest().into(body);
        }
        return ClientBody.bytes(body);
    }

    /** Messages of one role behind each other are one, where a tool's result is among them. */
    private static ArrayNode messages(List<Speech> speeches, boolean own) throws BadCall {
        ArrayNode list = ClientBody.object().arrayNode();
        Role before = Role.ASSISTANT;
        for (Speech speech : speeches) {
            Role role = speech.role();
            boolean joins =
                    !list.isEmpty()
                            && speech.rest().isEmpty()
                            && ((role == Role.TOOL && before == Role.TOOL)
                                    || (role == Role.USER && before == Role.TOOL));
            ObjectNode message;
            ArrayNode content;
            if (joins
                    && list.get(list.size() - 1) instanceof ObjectNode last
                    && last.get("content") instanceof ArrayNode open) {
                message = last;
                content = open;
            } else {
                message = list.addObject();
                String word = role == Role.ASSISTANT ? "assistant" : "user";
                message.put("role", own && role == Role.SYSTEM ? "system" : word);
                content = message.arrayNode();
            }
            Blocks.add(speech.parts(), own, content);
            boolean open = role == Role.TOOL || joins;
            message.set("content", open ? content : Blocks.plain(content));
            if (own) {
                speech.rest().into(message);
            }
            before = role;
        }
        return list;
    }

    private static void tools(Call call, boolean own, ObjectNode body) throws BadCall {
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
            ObjectNode node = list.addObject().put("name", tool.name());
            tool.description().ifPresent(said -> node.put("description", said));
            ObjectNode schema = tool.schema().copy();
            if (!own && !schema.has("type")) {
                schema.put("type", "object");
            }
            node.set("input_schema", schema);
            if (own) {
                tool.rest().into(node);
            }
        }
        call.hosted().forEach(tool -> list.add(tool.copy()));
        ObjectNode choice = ClientBody.object();
        call.choice().ifPresent(chosen -> choice(chosen, choice));
        call.parallel()
                .ifPresent(
                        parallel -> {
                            if (!choice.has("type")) {
                                choice.put("type", "auto");
                            }
                            choice.put(NOT_PARALLEL, !parallel);
                        });
        if (!choice.isEmpty()) {
            body.set(TOOL_CHOICE, choice);
        }
    }

    private static void choice(ToolChoice chosen, ObjectNode choice) {
        switch (chosen) {
            case ToolChoice.Auto auto -> choice.put("type", "auto");
            case ToolChoice.None none -> choice.put("type", "none");
            case ToolChoice.Required required -> choice.put("type", "any");
            case ToolChoice.Named named -> choice.put("type", "tool").put("name", named.name());
        }
    }

    /** Temperatures end at 1 here. */
    private static void sampling(Call call, boolean own, ObjectNode body) {
        Sampling sampling = call.sampling();
        sampling.temperature().ifPresent(t -> body.put("temperature", own ? t : Math.min(1, t)));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        sampling.topK().ifPresent(value -> body.put("top_k", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode list = body.putArray("stop_sequences");
            sampling.stop().forEach(list::add);
        }
    }
}
