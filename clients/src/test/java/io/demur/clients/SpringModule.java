package io.demur.clients;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.ollama.api.OllamaEmbeddingOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.retry.support.RetryTemplate;

import java.util.List;

/**
 * A module of Spring AI: one protocol, pointed at a gateway by plain constructors. Ollama's shows
 * its key in the path.
 */
enum SpringModule {
    OPENAI,
    ANTHROPIC,
    OLLAMA;

    private static final RetryTemplate ONCE = RetryTemplate.builder().maxAttempts(1).build();

    ChatModel chat(String url, String key, String model) {
        return switch (this) {
            case OPENAI ->
                    OpenAiChatModel.builder()
                            .openAiApi(OpenAiApi.builder().baseUrl(url).apiKey(key).build())
                            .defaultOptions(OpenAiChatOptions.builder().model(model).build())
                            .retryTemplate(ONCE)
                            .build();
            case ANTHROPIC ->
                    AnthropicChatModel.builder()
                            .anthropicApi(AnthropicApi.builder().baseUrl(url).apiKey(key).build())
                            .defaultOptions(
                                    AnthropicChatOptions.builder()
                                            .model(model)
                                            .maxTokens(20_000)
                                            .build())
                            .retryTemplate(ONCE)
                            .build();
            case OLLAMA ->
                    OllamaChatModel.builder()
                            .ollamaApi(OllamaApi.builder().baseUrl(url + "/k/" + key).build())
                            .defaultOptions(OllamaChatOptions.builder().model(model).build())
                            .retryTemplate(ONCE)
                            .build();
        };
    }

    EmbeddingModel embedding(String url, String key) {
        return this == OLLAMA
                ? OllamaEmbeddingModel.builder()
                        .ollamaApi(OllamaApi.builder().baseUrl(url + "/k/" + key).build())
                        .defaultOptions(OllamaEmbeddingOptions.builder().model(Site.MODEL).build())
                        .build()
                : new OpenAiEmbeddingModel(
                        OpenAiApi.builder().baseUrl(url).apiKey(key).build(),
                        MetadataMode.EMBED,
                        OpenAiEmbeddingOptions.builder().model(Site.MODEL).build(),
                        ONCE);
    }

    /** Options with a tool that the library calls itself. */
    ToolCallingChatOptions with(ToolCallback tool) {
        List<ToolCallback> tools = List.of(tool);
        return switch (this) {
            case OPENAI ->
                    OpenAiChatOptions.builder().model(Site.MODEL).toolCallbacks(tools).build();
            case ANTHROPIC ->
                    AnthropicChatOptions.builder().model(Site.MODEL).toolCallbacks(tools).build();
            case OLLAMA ->
                    OllamaChatOptions.builder().model(Site.MODEL).toolCallbacks(tools).build();
        };
    }

    /** Options by which an answer has the shape that a JSON schema describes. */
    ToolCallingChatOptions shaped(String schema) {
        return switch (this) {
            case OPENAI ->
                    OpenAiChatOptions.builder().model(Site.MODEL).outputSchema(schema).build();
            case ANTHROPIC ->
                    AnthropicChatOptions.builder().model(Site.MODEL).outputSchema(schema).build();
            case OLLAMA ->
                    OllamaChatOptions.builder().model(Site.MODEL).outputSchema(schema).build();
        };
    }
}
