package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletion.Choice.FinishReason;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;

import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** OpenAI's client for Java. {@code validate} is its own check of what has to be there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaTest {

    private Site site;
    private OpenAIClient client;

    /** A tool, in the client's own way of offering one. */
    static final class Weather {
        public String city = "";
    }

    /** The shape of an answer, in the client's own way of asking for one. */
    static final class Place {
        public String name = "";
        public long inhabitants;
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new Site(folder);
        client = client(site.url(), site.key());
    }

    @AfterAll
    void stop() {
        client.close();
        site.close();
    }

    private static OpenAIClient client(String url, String key) {
        return OpenAIOkHttpClient.builder().baseUrl(url + "/v1").apiKey(key).maxRetries(0).build();
    }

    private static ChatCompletionCreateParams.Builder asking(String prompt) {
        return ChatCompletionCreateParams.builder().model(Site.MODEL).addUserMessage(prompt);
    }

    private ChatCompletion chat(OpenAIClient from, String prompt) {
        return from.chat().completions().create(asking(prompt).build()).validate();
    }

    private ChatCompletion streamed(OpenAIClient from, ChatCompletionCreateParams params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> chunks =
                from.chat().completions().createStreaming(params)) {
            chunks.stream().forEach(chunk -> whole.accumulate(chunk.validate()));
        }
        return whole.chatCompletion().validate();
    }

    private static String content(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static String refusal(ChatCompletion completion) {
        return completion.choices().getFirst().message().refusal().orElse("");
    }

    @Test
    void chatsAtOnceAndInPieces() {
        ChatCompletion whole = chat(client, Site.HARMLESS);
        assertTrue(content(whole).contains("Python"), () -> whole.toString());
        assertEquals(Site.MODEL, whole.model());
        assertEquals(FinishReason.STOP, whole.choices().getFirst().finishReason());
        assertTrue(whole.usage().orElseThrow().completionTokens() > 0);
        ChatCompletion pieces =
                streamed(
                        client,
                        asking(Site.HARMLESS)
                                .streamOptions(
                                        ChatCompletionStreamOptions.builder()
                                                .includeUsage(true)
                                                .build())
                                .build());
        assertEquals(content(whole), content(pieces));
        assertEquals(
                whole.usage().orElseThrow().completionTokens(),
                pieces.usage().orElseThrow().completionTokens());
    }

    @Test
    void theModelCallsAToolAndGetsItsResult() {
        for (boolean stream : new boolean[] {false, true}) {
            ChatCompletionCreateParams.Builder asked =
                    asking(Site.cued("tool")).addTool(Weather.class);
            ChatCompletion called =
                    stream
                            ? streamed(client, asked.build())
                            : client.chat().completions().create(asked.build()).validate();
            ChatCompletion.Choice choice = called.choices().getFirst();
            assertEquals(FinishReason.TOOL_CALLS, choice.finishReason());
            ChatCompletionMessageFunctionToolCall call =
                    choice.message().toolCalls().orElseThrow().getFirst().asFunction();
            assertFalse(call.function().arguments(Weather.class).city.isEmpty());
            asked.addMessage(choice.message())
                    .addMessage(
                            ChatCompletionToolMessageParam.builder()
                                    .toolCallId(call.id())
                                    .content("17 degrees and rain")
                                    .build());
            ChatCompletion after =
                    stream
                            ? streamed(client, asked.build())
                            : client.chat().completions().create(asked.build()).validate();
            assertTrue(content(after).contains("17 degrees"), () -> after.toString());
        }
    }

    @Test
    void answersComeInTheShapeThatIsAskedFor() {
        Place place =
                client
                        .chat()
                        .completions()
                        .create(asking(Site.HARMLESS).responseFormat(Place.class).build())
                        .choices()
                        .stream()
                        .flatMap(choice -> choice.message().content().stream())
                        .findFirst()
                        .orElseThrow();
        assertFalse(place.name.isEmpty());
    }

    @Test
    void textsAreEmbedded() {
        CreateEmbeddingResponse embedded =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model(Site.MODEL)
                                        .inputOfArrayOfStrings(List.of("a cat", "a dog"))
                                        .dimensions(64)
                                        .build())
                        .validate();
        assertEquals(2, embedded.data().size());
        assertEquals(64, embedded.data().get(1).embedding().size());
        assertThrows(
                PermissionDeniedException.class,
                () ->
                        client.embeddings()
                                .create(
                                        EmbeddingCreateParams.builder()
                                                .model(Site.MODEL)
                                                .input(Site.HARMFUL)
                                                .build()));
    }

    @Test
    void modelsAreListedAndPromptsCompleted() {
        assertTrue(
                client.models().list().data().stream()
                        .anyMatch(model -> model.validate().id().equals(Site.MODEL)));
        assertEquals(Site.MODEL, client.models().retrieve(Site.MODEL).validate().id());
        assertThrows(NotFoundException.class, () -> client.models().retrieve("other"));
        CompletionCreateParams prompt =
                CompletionCreateParams.builder().model(Site.MODEL).prompt(Site.HARMLESS).build();
        String text = client.completions().create(prompt).validate().choices().getFirst().text();
        assertTrue(text.contains("Python"), text);
        StringBuilder pieces = new StringBuilder();
        try (var stream = client.completions().createStreaming(prompt)) {
            stream.stream().forEach(it -> pieces.append(it.choices().getFirst().text()));
        }
        assertEquals(text, pieces.toString());
    }

    @Test
    void errorsAreTheClientsOwn() {
        assertThrows(
                UnauthorizedException.class,
                () -> chat(client(site.url(), "dmr_nobody"), Site.HARMLESS));
        NotFoundException unknown =
                assertThrows(
                        NotFoundException.class,
                        () ->
                                client.chat()
                                        .completions()
                                        .create(asking(Site.HARMLESS).model("other").build()));
        assertTrue(unknown.toString().contains("`other`"), unknown::toString);
        assertEquals("model_not_found", unknown.code().orElse(""));
        assertThrows(BadRequestException.class, () -> chat(client, Site.cued("reject")));
        assertThrows(RateLimitException.class, () -> chat(client, Site.cued("busy")));
        assertThrows(InternalServerException.class, () -> chat(client, Site.cued("fail 503")));
        OpenAIClient limited = client(site.url(), site.limitedKey());
        chat(limited, Site.HARMLESS);
        chat(limited, Site.HARMLESS);
        RateLimitException rate =
                assertThrows(RateLimitException.class, () -> chat(limited, Site.HARMLESS));
        assertTrue(rate.headers().values("x-should-retry").isEmpty());
    }

    @Test
    void aStreamThatBreaksOffIsAnError() {
        for (String cues : List.of("break", "slow 1, pieces 20, preamble 3000, break")) {
            assertThrows(
                    OpenAIException.class, () -> streamed(client, asking(Site.cued(cues)).build()));
        }
    }

    @Test
    void whoeverLeavesStopsTheModel() throws Exception {
        OpenAIClient flowing = client(site.lenientUrl(), site.lenientKey());
        String attempt;
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
                flowing.chat()
                        .completions()
                        .withRawResponse()
                        .createStreaming(asking(Site.LONG).model(Site.WATCHED).build())) {
            attempt = response.headers().values("x-demur-attempt").getFirst();
            try (StreamResponse<ChatCompletionChunk> stream = response.parse()) {
                assertTrue(stream.stream().iterator().hasNext());
            }
        }
        assertTrue(site.watched.wasCancelled());
        assertEquals(Outcome.Result.ABORT, site.awaited(attempt));
        flowing.close();
    }

    @Test
    void whatDemurRefusesIsATurn() {
        ChatCompletion whole = chat(client, Site.HARMFUL);
        assertFalse(content(whole).isBlank());
        assertTrue(refusal(whole).isEmpty());
        assertEquals(FinishReason.STOP, whole.choices().getFirst().finishReason());
        ChatCompletion pieces = streamed(client, asking(Site.HARMFUL).build());
        assertFalse(content(pieces).isBlank());
        assertEquals(FinishReason.STOP, pieces.choices().getFirst().finishReason());
    }

    @Test
    void whatDemurRefusesIsARefusalWhereThatIsConfigured() {
        OpenAIClient structured = client(site.structuredUrl(), site.structuredKey());
        ChatCompletion whole = chat(structured, Site.HARMFUL);
        assertFalse(refusal(whole).isBlank());
        assertTrue(content(whole).isEmpty());
        ChatCompletion pieces = streamed(structured, asking(Site.HARMFUL).build());
        assertFalse(refusal(pieces).isBlank());
        assertTrue(content(pieces).isEmpty());
        assertEquals(
                whole.choices().getFirst().finishReason(),
                pieces.choices().getFirst().finishReason());
        structured.close();
    }

    @Test
    void whatTheProviderRefusesStaysItsRefusal() {
        for (ChatCompletion refused :
                List.of(
                        chat(client, Site.cued("provider refusal")),
                        streamed(client, asking(Site.cued("provider refusal")).build()))) {
            assertFalse(refusal(refused).isBlank(), () -> refused.toString());
        }
        for (ChatCompletion filtered :
                List.of(
                        chat(client, Site.cued("provider filter")),
                        streamed(client, asking(Site.cued("provider filter late")).build()))) {
            assertEquals(FinishReason.CONTENT_FILTER, filtered.choices().getFirst().finishReason());
        }
    }

    @Test
    void thoughtsComeBesideTheAnswer() {
        ChatCompletion whole = chat(client, Site.cued("think"));
        JsonValue field =
                requireNonNull(
                        whole.choices()
                                .getFirst()
                                .message()
                                ._allProperties()
                                .get("reasoning_content"));
        String thought = field.asStringOrThrow();
        assertFalse(thought.isBlank());
        assertFalse(content(whole).contains(thought));
    }
}
