package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.core.Role;
import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Body;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Format;
import io.demur.wire.chat.Most;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Sampling;
import io.demur.wire.chat.Speech;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The body of a call of the older Completions: a prompt to be continued. */
final class CompletionsBody {

    private CompletionsBody() {}

    static Call read(byte[] bytes) throws BadCall {
        Body body = Body.read(bytes);
        String model = body.neededText("model");
        String prompt = prompt(body);
        ChatBody.one(body);
        if (body.look("best_of").asLong(1) > 1) {
            throw new BadCall("best_of", "`best_of` is above 1; one answer is given to a call");
        }
        Sampling sampling = ChatBody.sampling(body);
        boolean stream = body.flag("stream").orElse(false);
        return new Call(
                Protocol.OPENAI_COMPLETIONS,
                model,
                List.of(Speech.of(Role.USER, prompt)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Format.Free(),
                sampling,
                stream,
                body.callRest());
    }

    /** Tokens of a vocabulary that is not known here cannot be judged. */
    private static String prompt(Body body) throws BadCall {
        JsonNode prompt = body.look("prompt");
        JsonNode first = prompt.path(0);
        if (first.isNumber() || first.isArray()) {
            throw new BadCall("prompt", "`prompt` is a list of tokens where text is needed");
        }
        List<String> texts = body.texts("prompt", Most.INPUTS);
        if (texts.size() != 1) {
            throw new BadCall(
                    "prompt",
                    "`prompt` has `%d` texts where one is needed".formatted(texts.size()));
        }
        return texts.getFirst();
    }

    static byte[] render(Call call) {
        ObjectNode body = ClientBody.object().put("model", call.model());
        body.put(
                "prompt",
                call.speeches().stream()
                        .map(speech -> speech.message().text())
                        .collect(Collectors.joining("\n\n")));
        ChatBody.sampling(call, true, body);
        ChatBody.stream(call, true, body);
        List<String> not = call.stream() ? List.of() : List.of("stream_options");
        call.rest().without(not).into(body);
        return ClientBody.bytes(body);
    }
}
