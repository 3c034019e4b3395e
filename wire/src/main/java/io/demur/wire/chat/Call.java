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
        fields().forEach(it -> it.fields().references(it.path(), references::add));
        for (int i = 0; i < speeches.size(); i++) {
            images(speeches.get(i).parts(), "messages[" + i + "].content", references::add);
        }
        return List.copyOf(references);
    }

    @Override
    public boolean hasUnread() {
        return fields().stream().anyMatch(it -> it.fields().hasUnread());
    }

    /** Some fields that only their protocol knows, and where they stand. */
    private record Placed(String path, Fields fields) {}

    private List<Placed> fields() {
        List<Placed> all = new ArrayList<>();
        all.add(new Placed("", rest));
        for (int i = 0; i < hosted.size(); i++) {
            all.add(new Placed("tools[" + i + "]", hosted.get(i)));
        }
        for (int i = 0; i < tools.size(); i++) {
            all.add(new Placed("tools[" + i + "]", tools.get(i).rest()));
            all.add(new Placed("tools[" + i + "]", tools.get(i).outer()));
        }
        if (format instanceof Format.Schema schema) {
            all.add(new Placed("format", schema.rest()));
        }
        for (int i = 0; i < speeches.size(); i++) {
            String path = "messages[" + i + "]";
            all.add(new Placed(path, speeches.get(i).rest()));
            fields(speeches.get(i).parts(), path, all);
        }
        return all;
    }

    private static void fields(List<Part> parts, String path, List<Placed> all) {
        for (Part part : parts) {
            switch (part) {
                case Part.Other other -> all.add(new Placed(path + ".content", other.value()));
                case Part.ToolResult result -> {
                    all.add(new Placed(path, result.rest()));
                    fields(result.content(), path, all);
                }
                case Part.Text text -> all.add(new Placed(path, text.rest()));
                case Part.Image image -> all.add(new Placed(path, image.rest()));
                case Part.ImageLink link -> all.add(new Placed(path, link.rest()));
                case Part.Reasoning reasoning -> all.add(new Placed(path, reasoning.rest()));
                case Part.ToolUse use -> all.add(new Placed(path, use.rest()));
                case Part.Redacted redacted -> {}
                case Part.Refusal refusal -> {}
            }
        }
    }

    /** Images that are other files, and those that a server would have to fetch. */
    private static void images(List<Part> parts, String path, Consumer<String> each) {
        for (Part part : parts) {
            if (part instanceof Part.Image image
                    && Media.isFile(image.mediaType(), image.base64())) {
                each.accept(path);
            } else if (part instanceof Part.ImageLink link && !link.url().startsWith("data:")) {
                each.accept(path);
            } else if (part instanceof Part.ToolResult result) {
                images(result.content(), path, each);
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
