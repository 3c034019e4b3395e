package io.demur.gateway.upstream;

import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.chat.Dialect;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.openai.OpenAiDialect;

/** What a server speaks. */
public enum Kind {
    /** The protocols of OpenAI: OpenAI itself, vLLM, llama.cpp, LM Studio and many others. */
    OPENAI,
    OLLAMA,
    ANTHROPIC;

    /** How that is written and read. */
    Dialect dialect() {
        return switch (this) {
            case OPENAI -> new OpenAiDialect();
            case OLLAMA -> new OllamaDialect();
            case ANTHROPIC -> new AnthropicDialect();
        };
    }
}
