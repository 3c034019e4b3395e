package io.demur.wire.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;
import io.demur.wire.chat.Tool;
import io.demur.wire.chat.ToolChoice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The body of a call of Chat Completions. */
final class ChatBody {

    private static final String LATER_MAX = "max_completion_tokens";

    private ChatBody() {}

    static Call read(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        List<Speech> speeches = Messages.read(body);
        List<Tool> tools = new ArrayList<>();
        List<Fields> hosted = new ArrayList<>();
        Tools.read(body, tools, hosted);
        Optional<ToolChoice> choice = Tools.choice(body);
        Optional<Boolean> parallel = body.flag("parallel_tool_calls");
        Format format = Tools.format(body);
        one(body);
        Sampling sampling = sampling(body);
        boolean stream = body.flag("stream").orElse(false);
        return new Call(
                Protocol.OPENAI_CHAT,
                model,
                speeches,
                tools,
                hosted,
                choice,
                parallel,
                format,
                sampling,
                stream,
                body.callRest());
    }

    /** Every answer is judged on its way, one at a time. */
    static void one(Body body) throws BadCall {
        long count = body.whole("n").orElse(1L);
        if (count != 1) {
            throw new BadCall("n", "`n` is `%d`; one answer is given to a call".formatted(count));
        }
    }

    /**
     * The newer name for the most tokens stays among the fields left over too, since each server
     * knows one of the two.
     */
    static Sampling sampling(Body body) throws BadCall {
        Optional<Long> max = Optional.empty();
        if (body.has(LATER_MAX)) {
            if (!body.look(LATER_MAX).canConvertToLong()) {
                throw body.wrong(LATER_MAX, body.look(LATER_MAX), "a whole number of 64 bits");
            }
            max = Optional.of(body.look(LATER_MAX).asLong());
        } else {
            max = body.whole("max_tokens");
        }
        return new Sampling(
                max,
                body.number("temperature"),
                body.number("top_p"),
                body.whole("top_k"),
                body.whole("seed"),
                body.number("presence_penalty"),
                body.number("frequency_penalty"),
                body.texts("stop", Most.STOPS));
    }

    static byte[] render(Call call) throws BadCall {
        boolean own = call.protocol() == Protocol.OPENAI_CHAT;
        ObjectNode body = ClientBody.object().put("model", call.model());
        body.set("messages", Messages.render(call.speeches(), own));
        Tools.render(call, own, body);
        boolean tools = body.has("tools");
        call.choice().filter(c -> tools).ifPresent(choice -> Tools.renderChoice(choice, body));
        call.parallel().filter(p -> tools).ifPresent(p -> body.put("parallel_tool_calls", p));
        Tools.renderFormat(call.format(), own, body);
        sampling(call, own, body);
        stream(call, own, body);
        if (own) {
            List<String> not = call.stream() ? List.of() : List.of("stream_options");
            (not.isEmpty() ? call.rest() : call.rest().without(not)).into(body);
        }
        return ClientBody.bytes(body);
    }

    static void sampling(Call call, boolean own, ObjectNode body) {
        Sampling sampling = call.sampling();
        if (!own || !call.rest().has(LATER_MAX)) {
            sampling.tokensMax().ifPresent(max -> body.put("max_tokens", max));
        }
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("top_p", value));
        if (own) {
            sampling.topK().ifPresent(value -> body.put("top_k", value));
        }
        sampling.seed().ifPresent(value -> body.put("seed", value));
        sampling.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode list = body.putArray("stop");
            sampling.stop().forEach(list::add);
        }
    }

    /** The tokens are asked for in any case: what was used is part of the record. */
    static void stream(Call call, boolean own, ObjectNode body) {
        body.put("stream", call.stream());
        if (call.stream()) {
            ObjectNode options = body.putObject("stream_options").put("include_usage", true);
            if (own && call.rest().get("stream_options") instanceof ObjectNode asked) {
                Fields.of(asked).into(options);
            }
        }
    }
}
