package io.demur.wire.openai;

import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.EventReader;
import io.demur.wire.chat.Outgoing;
import io.demur.wire.chat.Protocol;
import io.demur.wire.chat.Result;

/** Servers of OpenAI's protocols: OpenAI itself, vLLM, llama.cpp, LM Studio and many others. */
public final class OpenAiDialect implements Dialect {

    @Override
    public Outgoing render(Call call) throws BadCall {
        return call.protocol() == Protocol.OPENAI_COMPLETIONS
                ? new Outgoing("/v1/completions", CompletionsBody.render(call))
                : new Outgoing("/v1/chat/completions", ChatBody.render(call));
    }

    @Override
    public Outgoing render(Embed embed) {
        return new Outgoing("/v1/embeddings", Embeddings.render(embed));
    }

    @Override
    public Result result(int status, byte[] body) {
        return ChunkReader.result(status, body);
    }

    @Override
    public EventReader stream() {
        return new ChunkReader();
    }
}
