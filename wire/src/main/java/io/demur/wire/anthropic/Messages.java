package io.demur.wire.anthropic;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.StopReason;
import io.demur.wire.Conversation;
import io.demur.wire.ErrorBody;
import io.demur.wire.MalformedBody;

import java.util.ArrayList;
import java.util.List;

/** Bodies of Anthropic's Messages. */
public final class Messages {

    private Messages() {}

    /** Whether it looks like a response body or an error body of this protocol. */
    public static boolean isResponse(JsonNode body) {
        String type = body.path("type").asText();
        return (type.equals("message") && body.has("content"))
                || (type.equals("error") && ErrorBody.in(body));
    }

    /** Reads a request body; its {@code system} comes first. */
    public static Request request(JsonNode body) throws MalformedBody {
        List<Message> messages = new ArrayList<>();
        if (body.hasNonNull("system")) {
            messages.add(
                    new Message(Role.SYSTEM, Conversation.text(body.path("system"), "system")));
        }
        messages.addAll(Conversation.read(body.path("messages"), "messages").request().messages());
        return new Request(messages);
    }

    /**
     * Reads a response body, or an error body.
     *
     * @return the response; for an error one without text, which a filter blocked or which failed.
     *     A refusal often has no text either: the provider gives none
     */
    public static Response response(JsonNode body) throws MalformedBody {
        if (ErrorBody.in(body)) {
            return new Response("", ErrorBody.read(body));
        }
        JsonNode content = body.path("content");
        if (content.isMissingNode()) {
            throw new MalformedBody("`content` is missing");
        }
        JsonNode word = body.path("stop_reason");
        return new Response(
                Conversation.text(content, "content"),
                word.isTextual()
                        ? MessagesFront.read(word.asText(), body.path("stop_details"))
                        : StopReason.UNSTATED);
    }
}
