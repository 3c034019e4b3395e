package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.MalformedBody;
import io.demur.wire.openai.BatchLine;

/** A line of a batch file of OpenAI's protocol. */
final class OpenAiBatchShape implements JsonShape {

    @Override
    public String name() {
        return "openai-batch";
    }

    @Override
    public boolean fits(JsonNode record) {
        return BatchLine.fits(record);
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("custom_id", "id", "error", "method", "url");
        draft.logged(BatchLine.read(record));
    }
}
