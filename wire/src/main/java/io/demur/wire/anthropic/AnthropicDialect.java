package io.demur.wire.anthropic;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.EventReader;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.Result;

/** Servers of Anthropic's Messages. */
public final class AnthropicDialect implements Dialect {

    @Override
    public Outgoing render(Call call) throws BadCall {
        return new Outgoing("/v1/messages", CallBody.render(call));
    }

    @Override
    public Outgoing render(Embed embed) throws BadCall {
        throw new BadCall("this model's server has no embeddings");
    }

    @Override
    public Result result(int status, byte[] body) {
        return BlockReader.result(status, body);
    }

    @Override
    public EventReader stream() {
        return new BlockReader();
    }
}
