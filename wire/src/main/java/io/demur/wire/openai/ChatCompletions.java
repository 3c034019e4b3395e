package io.demur.wire.openai;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;
import io.demur.wire.StopWords;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bodies of Chat Completions, as OpenAI, Azure and the many compatible servers write them. */
public final class ChatCompletions {

    private ChatCompletions() {}

    /** Whether it looks like a response body; an error body does not show whose it is. */
    public static boolean isResponse(JsonNode body) {
        return body.path("choices").isArray()
                || body.path("object").asText().equals("chat.completion");
    }

    /** Reads a request body. */
    public static Request request(JsonNode body) throws MalformedBody {
        return Conversation.read(body.path("messages"), "messages").request();
    }

    /**
     * Reads a response body, or an error body.
     *
     * @return one response for each choice, in the order of the body; for an error one response
     *     without text, which a filter blocked or which failed
     */
    public static List<Response> responses(JsonNode body) throws MalformedBody {
        JsonNode choices = body.path("choices");
        if (choices.isEmpty() && ErrorBody.in(body)) {
            return List.of(new Response("", ErrorBody.read(body)));
        }
        if (!choices.isArray() || choices.isEmpty()) {
            throw new MalformedBody(
                    "`choices` is %s where a list of at least one choice is needed"
                            .formatted(choices.isArray() ? "empty" : Conversation.what(choices)));
        }
        List<Response> responses = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            responses.add(response(choices.get(i), "choices[" + i + "]"));
        }
        return responses;
    }

    private static Response response(JsonNode choice, String path) throws MalformedBody {
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            if (ErrorBody.in(choice)) {
                return new Response("", ErrorBody.read(choice));
            }
            // The older Completions protocol has the text here.
            if (choice.path("text").isTextual()) {
                return new Response(choice.path("text").asText(), stop(choice));
            }
            throw new MalformedBody(
                    "`%s.message` is %s where a message is needed"
                            .formatted(path, Conversation.what(message)));
        }
        String text = Conversation.text(message.path("content"), path + ".message.content");
        String refusal = Conversation.refusal(message);
        if (!refusal.isBlank()) {
            return new Response(
                    text.isBlank() ? refusal : text,
                    new StopReason.Refusal("message.refusal", Optional.empty()));
        }
        return new Response(text, stop(choice));
    }

    private static StopReason stop(JsonNode choice) {
        Optional<String> category = ErrorBody.filteredIn(choice.path("content_filter_results"));
        // A broker passes on what the provider behind it said; that says more than its own word.
        StopReason nativeStop = word(choice, "native_finish_reason", category);
        boolean refused =
                nativeStop instanceof StopReason.Refusal
                        || nativeStop instanceof StopReason.ContentFilter;
        if (refused) {
            return nativeStop;
        }
        if (ErrorBody.in(choice)) {
            return ErrorBody.read(choice);
        }
        return word(choice, "finish_reason", category);
    }

    private static StopReason word(JsonNode choice, String field, Optional<String> category) {
        JsonNode word = choice.path(field);
        return word.isTextual()
                ? StopWords.read(field, word.asText(), category)
                : StopReason.UNSTATED;
    }
}
