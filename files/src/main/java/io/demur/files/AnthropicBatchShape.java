package io.demur.files;

import com.fasterxml.jackson.databind.JsonNode;

import io.demur.wire.MalformedBody;
import io.demur.wire.anthropic.BatchResult;

/** A line of a batch file of Anthropic's protocol. */
final class AnthropicBatchShape implements JsonShape {

    @Override
    public String name() {
        return "anthropic-batch";
    }

    @Override
    public boolean fits(JsonNode record) {
        return BatchResult.fits(record);
    }

    @Override
    public void read(JsonNode record, Draft draft) throws MalformedBody {
        draft.consumed("custom_id");
        draft.logged(BatchResult.read(record));
    }
}
