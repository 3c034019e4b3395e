package io.demur.clients;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;

/**
 * A module of LangChain4j: one protocol, pointed at a gateway. Ollama's shows its key in the path.
 */
enum Module {
    OPENAI,
    ANTHROPIC,
    OLLAMA;

    ChatModel chat(String url, String key, String model) {
        return switch (this) {
            case OPENAI ->
                    OpenAiChatModel.builder()
                            .baseUrl(url + "/v1")
                            .apiKey(key)
                            .modelName(model)
                            .returnThinking(true)
                            .maxRetries(0)
                            .build();
            case ANTHROPIC ->
                    AnthropicChatModel.builder()
                            .baseUrl(url + "/v1")
                            .apiKey(key)
                            .modelName(model)
                            .maxTokens(2000)
                            .returnThinking(true)
                            .maxRetries(0)
                            .build();
            case OLLAMA ->
                    OllamaChatModel.builder()
                            .baseUrl(url + "/k/" + key)
                            .modelName(model)
                            .returnThinking(true)
                            .maxRetries(0)
                            .build();
        };
    }

    StreamingChatModel streaming(String url, String key, String model) {
        return switch (this) {
            case OPENAI ->
                    OpenAiStreamingChatModel.builder()
                            .baseUrl(url + "/v1")
                            .apiKey(key)
                            .modelName(model)
                            .build();
            case ANTHROPIC ->
                    AnthropicStreamingChatModel.builder()
                            .baseUrl(url + "/v1")
                            .apiKey(key)
                            .modelName(model)
                            .maxTokens(20_000)
                            .build();
            case OLLAMA ->
                    OllamaStreamingChatModel.builder()
                            .baseUrl(url + "/k/" + key)
                            .modelName(model)
                            .build();
        };
    }

    EmbeddingModel embedding(String url, String key) {
        return this == OLLAMA
                ? OllamaEmbeddingModel.builder()
                        .baseUrl(url + "/k/" + key)
                        .modelName(Site.MODEL)
                        .build()
                : OpenAiEmbeddingModel.builder()
                        .baseUrl(url + "/v1")
                        .apiKey(key)
                        .modelName(Site.MODEL)
                        .build();
    }
}
