package io.demur.wire.ollama;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.demur.wire.ClientBody;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.EventReader;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Result;

/** Servers of Ollama's own protocol. */
public final class OllamaDialect implements Dialect {

    @Override
    public Outgoing render(Call call) throws BadCall {
        return new Outgoing(
                OllamaBody.isPrompt(call) ? "/api/generate" : "/api/chat", OllamaBody.render(call));
    }

    @Override
    public Outgoing render(Embed embed) {
        ObjectNode body = ClientBody.object().put("model", embed.model());
        ArrayNode list = body.putArray("input");
        embed.inputs().forEach(list::add);
        embed.dimensions().ifPresent(d -> body.put("dimensions", d));
        if (embed.protocol() == Protocol.OLLAMA_CHAT
                || embed.protocol() == Protocol.OLLAMA_GENERATE) {
            embed.rest().into(body);
        }
        return new Outgoing("/api/embed", ClientBody.bytes(body));
    }

    @Override
    public Result result(int status, byte[] body) {
        return LineReader.result(status, body);
    }

    @Override
    public EventReader stream() {
        return new LineReader();
    }
}
