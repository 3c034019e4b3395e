package io.demur.remote;

import io.demur.wire.Completion;
import io.demur.wire.MalformedBody;
import io.demur.wire.MalformedJson;
import io.demur.wire.Question;

/** What a judge's server speaks. */
public enum Protocol {
    /** Chat Completions: vLLM, SGLang, llama.cpp, LM Studio, OpenAI and many others. */
    OPENAI("/v1/chat/completions"),
    /** Ollama's {@code /api/chat}. */
    OLLAMA("/api/chat");

    private final String path;

    Protocol(String path) {
        this.path = path;
    }

    /** Where it is spoken, on a server that has nothing else at its root. */
    String path() {
        return path;
    }

    byte[] request(Question question) {
        return switch (this) {
            case OPENAI -> io.demur.wire.openai.ChatCall.request(question);
            case OLLAMA -> io.demur.wire.ollama.ChatCall.request(question);
        };
    }

    Completion completion(byte[] body) throws MalformedJson, MalformedBody {
        return switch (this) {
            case OPENAI -> io.demur.wire.openai.ChatCall.completion(body);
            case OLLAMA -> io.demur.wire.ollama.ChatCall.completion(body);
        };
    }
}
