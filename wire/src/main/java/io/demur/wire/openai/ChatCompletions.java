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

    private static final String PROMPT_FILTER = "prompt_filter_results";

    private ChatCompletions() {}

    /** Whether it looks like a response body; an error body does not show whose it is. */
    public static boolean isResponse(JsonNode body) {
        return body.path("choices").isArray()
                || body.path("object").asText().equals("chat.completion");
    }

    /** Whether it is a body of OpenAI's other protocol, Responses, which is not read. */
    public static boolean isOfResponses(JsonNode body) {
        return body.path("object").asText().equals("response");
    }

    /** Reads a request body. */
    public static Request request(JsonNode body) throws MalformedBody {
        return Conversation.read(body.path("messages"), "messages").request();
    }

    /**
     * Reads a response body, or an error body.
     *
     * @return one response for each choice, in the order of the body; for an error one response
     *     without text, which a filter blocked or which failed. A choice that cannot be read is a
     *     failed one beside others that can
     */
    public static List<Response> responses(JsonNode body) throws MalformedBody {
        JsonNode choices = body.path("choices");
        if (choices.isEmpty() && ErrorBody.in(body)) {
            return List.of(new Response("", ErrorBody.read(body)));
        }
        Optional<String> blocked = promptFiltered(body);
        if (choices.isEmpty() && blocked.isPresent()) {
            return List.of(new Response("", new StopReason.ContentFilter(PROMPT_FILTER, blocked)));
        }
        if (isOfResponses(body)) {
            throw new MalformedBody("this is an OpenAI Responses body, which is not read yet");
        }
        if (!choices.isArray() || choices.isEmpty()) {
            throw new MalformedBody(
                    "`choices` is %s where a list of at least one choice is needed"
                            .formatted(choices.isArray() ? "empty" : Conversation.what(choices)));
        }
        List<Response> responses = new ArrayList<>();
        List<MalformedBody> malformed = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            try {
                Response response = response(choices.get(i), "choices[" + i + "]");
                responses.add(ErrorBody.in(body) ? failed(response, body) : response);
            } catch (MalformedBody e) {
                malformed.add(e);
                responses.add(
                        new Response(
                                "", new StopReason.Failed("cannot be read: " + e.getMessage())));
            }
        }
        if (malformed.size() == choices.size()) {
            throw malformed.getFirst();
        }
        return responses;
    }

    /** A call that broke off may have begun an answer; what stopped that itself says more. */
    private static Response failed(Response response, JsonNode body) {
        return isBlocked(response.stop())
                ? response
                : new Response(response.text(), ErrorBody.read(body));
    }

    /** What Azure's filter of prompts marks as filtered, in any of the prompts. */
    private static Optional<String> promptFiltered(JsonNode body) {
        for (JsonNode prompt : body.path(PROMPT_FILTER)) {
            Optional<String> filtered = ErrorBody.filteredIn(prompt.path("content_filter_results"));
            if (filtered.isPresent()) {
                return filtered;
            }
        }
        return Optional.empty();
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
            // A filter that withholds all of an answer may leave no message.
            StopReason stop = stop(choice);
            if (isBlocked(stop)) {
                return new Response("", stop);
            }
            throw new MalformedBody(
                    "`%s.message` is %s where a message is needed"
                            .formatted(path, Conversation.what(message)));
        }
        String text = Conversation.text(message.path("content"), path + ".message.content");
        String refusal = Conversation.refusal(message);
        StopReason stop = stop(choice);
        if (!refusal.isBlank()) {
            return new Response(
                    text.isBlank() ? refusal : text,
                    isFiltered(stop, choice)
                            ? stop
                            : new StopReason.Refusal("message.refusal", Optional.empty()));
        }
        boolean finished = stop instanceof StopReason.End || stop instanceof StopReason.Unstated;
        boolean onlyCalls = text.isBlank() && finished && Conversation.callsTools(message);
        return new Response(text, onlyCalls ? StopReason.TOOL_CALL : stop);
    }

    /** Whether it was a filter that ended a choice, and not a model that refuses in a field. */
    static boolean isFiltered(StopReason stop, JsonNode choice) {
        return stop instanceof StopReason.ContentFilter && choice.path(Shapes.FILTERED).isObject();
    }

    /** Why a choice ended, by its own fields alone. */
    static StopReason stop(JsonNode choice) {
        Optional<String> category = ErrorBody.filteredIn(choice.path("content_filter_results"));
        // A broker passes on what the provider behind it said; that says more than its own word.
        StopReason nativeStop = word(choice, "native_finish_reason", category);
        if (isBlocked(nativeStop)) {
            return nativeStop;
        }
        if (ErrorBody.in(choice)) {
            return ErrorBody.read(choice);
        }
        return word(choice, "finish_reason", category);
    }

    private static boolean isBlocked(StopReason stop) {
        return stop instanceof StopReason.Refusal || stop instanceof StopReason.ContentFilter;
    }

    private static StopReason word(JsonNode choice, String field, Optional<String> category) {
        JsonNode word = choice.path(field);
        return word.isTextual()
                ? StopWords.read(field, word.asText(), category)
                : StopReason.UNSTATED;
    }
}
