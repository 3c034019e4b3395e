package io.demur.gateway.upstream;

import io.demur.wire.Address;
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

    /**
     * The path of an operation at an address. Where that has a path, it is written as the
     * providers' own libraries want it, and for {@code /v1/chat/completions} that is with the
     * version in it: {@code https://host/api/v1}, but also {@code https://host/v1beta/openai}.
     *
     * @param operation such as {@code /v1/chat/completions}
     */
    String pathOf(Address address, String operation) {
        String path = address.path();
        boolean versioned =
                switch (this) {
                    case OPENAI -> !path.isEmpty();
                    case ANTHROPIC -> path.endsWith(Address.VERSION);
                    case OLLAMA -> false;
                };
        return versioned && operation.startsWith(Address.VERSION + "/")
                ? path + operation.substring(Address.VERSION.length())
                : path + operation;
    }
}
