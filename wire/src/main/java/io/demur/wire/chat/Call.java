package io.demur.wire.chat;

import io.demur.core.Request;
import io.demur.core.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a caller asks of a model, whatever the protocol.
 *
 * @param protocol in which it came: fields that only it knows are sent on in it alone
 * @param speeches oldest first, standing instructions included
 * @param hosted tools that a provider runs itself, which only its own protocol can carry
 * @param parallel whether several tools may be called at once, where the caller says
 * @param stream whether the answer is to come in pieces
 * @param rest fields of the call that only its protocol knows
 */
public record Call(
        Protocol protocol,
        String model,
        List<Speech> speeches,
        List<Tool> tools,
        List<Fields> hosted,
        Optional<ToolChoice> choice,
        Optional<Boolean> parallel,
        Format format,
        Sampling sampling,
        boolean stream,
        Fields rest)
        implements Asked {

    public Call {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(model);
        speeches = List.copyOf(speeches);
        tools = List.copyOf(tools);
        hosted = List.copyOf(hosted);
        Objects.requireNonNull(choice);
        Objects.requireNonNull(parallel);
        Objects.requireNonNull(format);
        Objects.requireNonNull(sampling);
        Objects.requireNonNull(rest);
    }

    /** The conversation, as the judges read it. */
    public Request request() {
        return new Request(speeches.stream().map(Speech::message).toList());
    }

    @Override
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        Consumer<String> each = Escapes.undone(strings::add);
        speeches.forEach(speech -> speech.strings(each));
        strings.addAll(ownStrings());
        return List.copyOf(strings);
    }

    /** Those of {@link #strings} that belong to the call and to no message: tools, format, rest. */
    public List<String> ownStrings() {
        List<String> strings = new ArrayList<>();
        Consumer<String> each = Escapes.undone(strings::add);
        for (Tool tool : tools) {
            each.accept(tool.name());
            tool.description().ifPresent(each);
            tool.schema().strings(each);
            tool.rest().strings(each);
            tool.outer().strings(each);
        }
        hosted.forEach(tool -> tool.strings(each));
        if (choice.isPresent() && choice.get() instanceof ToolChoice.Named named) {
            each.accept(named.name());
        }
        if (format instanceof Format.Schema schema) {
            each.accept(schema.name());
            schema.schema().strings(each);
            schema.rest().strings(each);
        }
        sampling.stop().forEach(each);
        rest.strings(each);
        return List.copyOf(strings);
    }

    @Override
    public List<String> references() {
        List<String> references = new ArrayList<>();
        rest.references("", references::add);
        for (int i = 0; i < hosted.size(); i++) {
            hosted.get(i).references("tools[" + i + "]", references::add);
        }
        for (int i = 0; i < tools.size(); i++) {
            tools.get(i).rest().references("tools[" + i + "]", references::add);
            tools.get(i).outer().references("tools[" + i + "]", references::add);
        }
        if (format instanceof Format.Schema schema) {
            schema.rest().references("format", references::add);
        }
        for (int i = 0; i < speeches.size(); i++) {
            Speech speech = speeches.get(i);
            speech.rest().references("messages[" + i + "]", references::add);
            references(speech.parts(), "messages[" + i + "]", references::add);
        }
        return List.copyOf(references);
    }

    private static void references(List<Part> parts, String path, Consumer<String> each) {
        for (Part part : parts) {
            switch (part) {
                case Part.Other other -> other.value().references(path + ".content", each);
                case Part.ToolResult result -> {
                    result.rest().references(path, each);
                    references(result.content(), path, each);
                }
                case Part.Text text -> text.rest().references(path, each);
                case Part.Image image -> {
                    if (Media.isFile(image.mediaType(), image.base64())) {
                        each.accept(path + ".content");
                    }
                    image.rest().references(path, each);
                }
                case Part.ImageLink link -> link.rest().references(path, each);
                case Part.Reasoning reasoning -> reasoning.rest().references(path, each);
                case Part.ToolUse use -> use.rest().references(path, each);
                case Part.Redacted redacted -> {}
                case Part.Refusal refusal -> {}
            }
        }
    }

    /** Whether a stream is to tell the tokens counted: in OpenAI's protocols only if asked to. */
    public boolean asksUsage() {
        return switch (protocol) {
            case OPENAI_CHAT, OPENAI_COMPLETIONS ->
                    rest.get("stream_options").path("include_usage").asBoolean(false);
            case ANTHROPIC_MESSAGES, OLLAMA_CHAT, OLLAMA_GENERATE -> true;
        };
    }

    /**
     * The same call with one more standing instruction, behind those that it begins with. Where a
     * protocol has no place for instructions, it comes before the prompt.
     */
    public Call withInstruction(String text) {
        int at = 0;
        while (at < speeches.size() && speeches.get(at).role() == Role.SYSTEM) {
            at++;
        }
        List<Speech> more = new ArrayList<>(speeches);
        more.add(at, Speech.of(Role.SYSTEM, text));
        return withSpeeches(more);
    }

    /** The same call with other messages. */
    public Call withSpeeches(List<Speech> others) {
        return new Call(
                protocol, model, others, tools, hosted, choice, parallel, format, sampling, stream,
                rest);
    }

    /** The same call of another model: a caller's name for a model is not always the server's. */
    public Call withModel(String other) {
        return new Call(
                protocol, other, speeches, tools, hosted, choice, parallel, format, sampling,
                stream, rest);
    }

    /** The same call, answered in pieces or at once. */
    public Call withStream(boolean pieces) {
        return new Call(
                protocol, model, speeches, tools, hosted, choice, parallel, format, sampling,
                pieces, rest);
    }
}
