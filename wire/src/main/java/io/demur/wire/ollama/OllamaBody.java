package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Role;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.Asked;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Operation;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Tool;
import io.demur.wire.chat.ToolChoice;
import io.demur.wire.openai.Tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bodies of calls of {@code /api/chat} and {@code /api/generate}. */
final class OllamaBody {

    private static final String OPTIONS = "options";

    private OllamaBody() {}

    /** Without messages it is no call, but asks to load the model or to unload it. */
    static Asked chat(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        List<Speech> speeches = OllamaMessages.read(body);
        return speeches.isEmpty()
                ? load(model, body)
                : call(Protocol.OLLAMA_CHAT, model, speeches, body);
    }

    /** The same for a prompt. */
    static Asked generate(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        String prompt = body.text("prompt").orElse("");
        List<Part> images = OllamaMessages.images(body);
        boolean empty = prompt.isEmpty() && images.isEmpty() && !body.has("suffix");
        if (empty) {
            return load(model, body);
        }
        List<Speech> speeches = new ArrayList<>();
        body.text("system")
                .filter(system -> !system.isEmpty())
                .ifPresent(system -> speeches.add(Speech.of(Role.SYSTEM, system)));
        List<Part> parts = new ArrayList<>();
        parts.add(Part.Text.of(prompt));
        parts.addAll(images);
        speeches.add(new Speech(Role.USER, "user", parts, Fields.NONE));
        return call(Protocol.OLLAMA_GENERATE, model, speeches, body);
    }

    private static Operation load(String model, Body body) throws BadCall {
        JsonNode keep = body.look("keep_alive");
        boolean none = keep.isNumber() ? keep.asDouble() == 0 : keep.asText("").matches("0[a-z]*");
        return new Operation(
                none ? Operation.Kind.UNLOAD : Operation.Kind.LOAD, model, body.rest());
    }

    private static Call call(Protocol protocol, String model, List<Speech> speeches, Body body)
            throws BadCall {
        List<Tool> tools = new ArrayList<>();
        List<Fields> hosted = new ArrayList<>();
        if (protocol == Protocol.OLLAMA_CHAT) {
            Tools.read(body, tools, hosted);
        }
        Format format = format(body);
        boolean stream = body.flag("stream").orElse(true);
        Sampling sampling = Sampling.DEFAULT;
        Optional<Body> options = body.object(OPTIONS);
        ObjectNode rest = body.callRest().copy();
        if (options.isPresent()) {
            sampling = sampling(options.get());
            if (!options.get().rest().isEmpty()) {
                rest.set(OPTIONS, options.get().rest().copy());
            }
        }
        return new Call(
                protocol,
                model,
                speeches,
                tools,
                hosted,
                Optional.empty(),
                Optional.empty(),
                format,
                sampling,
                stream,
                Fields.of(rest));
    }

    private static Sampling sampling(Body options) throws BadCall {
        return new Sampling(
                options.whole("num_predict"),
                options.number("temperature"),
                options.number("top_p"),
                options.whole("top_k"),
                options.whole("seed"),
                options.number("presence_penalty"),
                options.number("frequency_penalty"),
                options.texts("stop", Most.STOPS));
    }

    private static Format format(Body body) throws BadCall {
        JsonNode format = body.take("format");
        if (format instanceof ObjectNode schema) {
            return new Format.Schema("", Fields.of(schema), Fields.NONE);
        }
        return switch (format.isTextual() ? format.asText() : "?") {
            case "json" -> new Format.Json();
            case "" -> new Format.Free();
            default -> {
                if (format.isMissingNode()) {
                    yield new Format.Free();
                }
                throw body.wrong("format", format, "`json` or a schema");
            }
        };
    }

    /** Whether the call goes out as a prompt, as it came in. */
    static boolean isPrompt(Call call) {
        return call.protocol() == Protocol.OLLAMA_GENERATE;
    }

    static byte[] render(Call call) throws BadCall {
        boolean own = isPrompt(call) || call.protocol() == Protocol.OLLAMA_CHAT;
        ObjectNode body = ClientBody.object().put("model", call.model());
        if (isPrompt(call)) {
            prompt(call, body);
        } else {
            body.set("messages", OllamaMessages.render(call.speeches(), own));
        }
        boolean none = call.choice().isPresent() && call.choice().get() instanceof ToolChoice.None;
        if (!none) {
            Tools.render(call, own, body);
        }
        switch (call.format()) {
            case Format.Free free -> {}
            case Format.Json json -> body.put("format", "json");
            case Format.Schema schema -> body.set("format", schema.schema().copy());
        }
        body.put("stream", call.stream());
        options(call, own, body);
        if (own) {
            call.rest().into(body);
        }
        return ClientBody.bytes(body);
    }

    private static void prompt(Call call, ObjectNode body) throws BadCall {
        String system = texts(call, true);
        if (!system.isEmpty()) {
            body.put("system", system);
        }
        body.put("prompt", texts(call, false));
        ArrayNode images = body.arrayNode();
        for (Speech speech : call.speeches()) {
            OllamaMessages.addImages(speech.parts(), images);
        }
        if (!images.isEmpty()) {
            body.set("images", images);
        }
    }

    private static String texts(Call call, boolean system) {
        return call.speeches().stream()
                .filter(speech -> (speech.role() == Role.SYSTEM) == system)
                .map(speech -> speech.message().text())
                .collect(Collectors.joining("\n\n"));
    }

    private static void options(Call call, boolean own, ObjectNode body) {
        Sampling sampling = call.sampling();
        ObjectNode options = ClientBody.object();
        sampling.tokensMax().ifPresent(value -> options.put("num_predict", value));
        sampling.temperature().ifPresent(value -> options.put("temperature", value));
        sampling.topP().ifPresent(value -> options.put("top_p", value));
        sampling.topK().ifPresent(value -> options.put("top_k", value));
        sampling.seed().ifPresent(value -> options.put("seed", value));
        sampling.presencePenalty().ifPresent(value -> options.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> options.put("frequency_penalty", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode list = options.putArray("stop");
            sampling.stop().forEach(list::add);
        }
        if (own && call.rest().get(OPTIONS) instanceof ObjectNode others) {
            Fields.of(others).into(options);
        }
        if (!options.isEmpty()) {
            body.set(OPTIONS, options);
        }
    }
}
