package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.Conversation;
import io.demur.wire.MalformedBody;

/**
 * A conversation as {@code messages}: chat JSONL of fine-tuning and evaluation tools, request
 * bodies of both chat protocols, and either with the answer in a field beside them.
 */
final class ChatShape implements JsonShape {

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public boolean fits(JsonNode record) {
        return record.path("messages").isArray();
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.say(Conversation.read(record.path("messages"), "messages"));
        draft.consumed("system");
        draft.system(Conversation.text(record.path("system"), "system"));
        RowShape.answer(record, draft);
    }
}
