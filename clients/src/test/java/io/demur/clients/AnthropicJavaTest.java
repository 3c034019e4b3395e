package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;

import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Anthropic's client for Java. {@code validate} is its own check of what has to be there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicJavaTest {

    private static final Tool WEATHER =
            Tool.builder()
                    .name("weather")
                    .description("The weather in a city.")
                    .inputSchema(
                            Tool.InputSchema.builder()
                                    .properties(
                                            Tool.InputSchema.Properties.builder()
                                                    .putAdditionalProperty(
                                                            "city",
                                                            JsonValue.from(
                                                                    Map.of("type", "string")))
                                                    .build())
                                    .putAdditionalProperty(
                                            "required", JsonValue.from(List.of("city")))
                                    .build())
                    .build();

    private Site site;
    private AnthropicClient client;

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

    private static AnthropicClient client(String url, String key) {
        return AnthropicOkHttpClient.builder().baseUrl(url).apiKey(key).maxRetries(0).build();
    }

    private static MessageCreateParams.Builder asking(String prompt) {
        return MessageCreateParams.builder()
                .model(Site.MODEL)
                .maxTokens(1000)
                .addUserMessage(prompt);
    }

    private static Message chat(AnthropicClient from, String prompt) {
        return from.messages().create(asking(prompt).build()).validate();
    }

    private static Message streamed(AnthropicClient from, MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events =
                from.messages().createStreaming(params)) {
            events.stream().forEach(event -> whole.accumulate(event.validate()));
        }
        return whole.message().validate();
    }

    /** The client's check knows the categories of its maker alone; Demur's reasons are others. */
    private static Message unchecked(AnthropicClient from, MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events =
                from.messages().createStreaming(params)) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static Message asked(AnthropicClient from, MessageCreateParams params, boolean pieces) {
        return pieces ? streamed(from, params) : from.messages().create(params).validate();
    }

    private static String text(Message message) {
        return message.content().stream()
                .flatMap(block -> block.text().stream())
                .map(block -> block.text())
                .collect(Collectors.joining());
    }

    @Test
    void chatsAtOnceAndInPieces() {
        Message whole = chat(client, Site.HARMLESS);
        assertTrue(text(whole).contains("Python"), () -> whole.toString());
        assertEquals(Site.MODEL, whole.model().asString());
        assertEquals(StopReason.END_TURN, whole.stopReason().orElseThrow());
        assertTrue(whole.usage().outputTokens() > 0);
        Message pieces = streamed(client, asking(Site.HARMLESS).build());
        assertEquals(text(whole), text(pieces));
        assertEquals(whole.usage().outputTokens(), pieces.usage().outputTokens());
    }

    @Test
    void whatIsLongerThanAllowedEndsThere() {
        Message whole = client.messages().create(asking(Site.HARMLESS).maxTokens(5).build());
        assertEquals(StopReason.MAX_TOKENS, whole.stopReason().orElseThrow());
    }

    @Test
    void theModelThinksCallsAToolAndGetsItsResult() {
        for (boolean pieces : new boolean[] {false, true}) {
            MessageCreateParams.Builder ask =
                    asking(Site.cued("tool")).enabledThinking(500).addTool(WEATHER);
            Message called = asked(client, ask.build(), pieces);
            assertEquals(StopReason.TOOL_USE, called.stopReason().orElseThrow());
            ToolUseBlock call =
                    called.content().stream()
                            .flatMap(block -> block.toolUse().stream())
                            .findFirst()
                            .orElseThrow();
            assertEquals("weather", call.name());
            assertTrue(call._input().toString().contains("city"), () -> called.toString());
            ask.addMessage(called)
                    .addUserMessageOfContentBlockParams(
                            List.of(
                                    ContentBlockParam.ofToolResult(
                                            ToolResultBlockParam.builder()
                                                    .toolUseId(call.id())
                                                    .content("17 degrees and rain")
                                                    .build())));
            Message after = asked(client, ask.build(), pieces);
            assertTrue(text(after).contains("17 degrees"), () -> after.toString());
        }
    }

    @Test
    void thoughtsAreABlockOfTheirOwnAndMayBeSentBack() {
        for (boolean pieces : new boolean[] {false, true}) {
            MessageCreateParams.Builder ask = asking(Site.cued("think")).enabledThinking(500);
            Message thought = asked(client, ask.build(), pieces);
            assertTrue(
                    thought.content().stream().anyMatch(ContentBlock::isThinking),
                    () -> thought.toString());
            assertFalse(text(thought).isBlank());
            ask.addMessage(thought).addUserMessage(Site.HARMLESS);
            assertFalse(text(asked(client, ask.build(), pieces)).isBlank());
        }
    }

    @Test
    void answersComeInTheShapeThatIsAskedFor() {
        Place place =
                client
                        .messages()
                        .create(asking(Site.HARMLESS).outputConfig(Place.class).build())
                        .content()
                        .stream()
                        .flatMap(block -> block.text().stream())
                        .map(block -> block.text())
                        .findFirst()
                        .orElseThrow();
        assertFalse(place.name.isEmpty());
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
                                client.messages()
                                        .create(asking(Site.HARMLESS).model("other").build()));
        assertTrue(unknown.toString().contains("`other`"), unknown::toString);
        assertThrows(BadRequestException.class, () -> chat(client, Site.cued("reject")));
        assertThrows(RateLimitException.class, () -> chat(client, Site.cued("busy")));
        assertThrows(InternalServerException.class, () -> chat(client, Site.cued("fail 503")));
        AnthropicClient limited = client(site.url(), site.limitedKey());
        chat(limited, Site.HARMLESS);
        chat(limited, Site.HARMLESS);
        assertThrows(RateLimitException.class, () -> chat(limited, Site.HARMLESS));
        limited.close();
    }

    @Test
    void aStreamThatBreaksOffIsAnError() {
        for (String cues : List.of("break", "slow 1, pieces 20, preamble 3000, break")) {
            assertThrows(
                    AnthropicException.class,
                    () -> streamed(client, asking(Site.cued(cues)).build()));
        }
    }

    @Test
    void whoeverLeavesStopsTheModel() throws Exception {
        AnthropicClient flowing = client(site.lenientUrl(), site.lenientKey());
        String attempt;
        try (HttpResponseFor<StreamResponse<RawMessageStreamEvent>> response =
                flowing.messages()
                        .withRawResponse()
                        .createStreaming(asking(Site.LONG).model(Site.WATCHED).build())) {
            attempt = response.headers().values("x-demur-attempt").getFirst();
            try (StreamResponse<RawMessageStreamEvent> stream = response.parse()) {
                assertTrue(stream.stream().iterator().hasNext());
            }
        }
        assertTrue(site.watched.wasCancelled());
        assertEquals(Outcome.Result.ABORT, site.awaited(attempt));
        flowing.close();
    }

    @Test
    void whatDemurRefusesIsATurn() {
        for (boolean pieces : new boolean[] {false, true}) {
            Message refused = asked(client, asking(Site.HARMFUL).build(), pieces);
            assertFalse(text(refused).isBlank());
            assertEquals(StopReason.END_TURN, refused.stopReason().orElseThrow());
        }
    }

    @Test
    void whatDemurRefusesIsARefusalWhereThatIsConfigured() {
        AnthropicClient structured = client(site.structuredUrl(), site.structuredKey());
        for (boolean pieces : new boolean[] {false, true}) {
            MessageCreateParams ask = asking(Site.HARMFUL).build();
            Message refused =
                    pieces ? unchecked(structured, ask) : structured.messages().create(ask);
            assertEquals(StopReason.REFUSAL, refused.stopReason().orElseThrow());
            assertFalse(
                    refused.stopDetails().orElseThrow().explanation().orElse("").isBlank(),
                    () -> refused.toString());
        }
        structured.close();
    }

    @Test
    void whatTheProviderRefusesStaysItsRefusal() {
        for (boolean pieces : new boolean[] {false, true}) {
            for (String cue :
                    List.of(
                            "provider stop",
                            "provider late",
                            "provider filter",
                            "provider error",
                            "provider refusal")) {
                Message refused = asked(client, asking(Site.cued(cue)).build(), pieces);
                assertEquals(StopReason.REFUSAL, refused.stopReason().orElseThrow(), cue);
            }
        }
    }
}
