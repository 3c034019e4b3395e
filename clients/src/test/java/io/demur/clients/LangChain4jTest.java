package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** LangChain4j by each of the protocols; it brings a client of its own for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangChain4jTest {

    private static final ToolSpecification WEATHER =
            ToolSpecification.builder()
                    .name("weather")
                    .description("The weather in a city.")
                    .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
                    .build();

    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new Site(folder);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private ChatModel chat(Module module) {
        return module.chat(site.url(), site.key(), Site.MODEL);
    }

    private StreamingChatModel streaming(Module module) {
        return module.streaming(site.url(), site.key(), Site.MODEL);
    }

    private static ChatRequest asking(String prompt) {
        return ChatRequest.builder().messages(UserMessage.from(prompt)).build();
    }

    @ParameterizedTest
    @EnumSource
    void chatsAtOnceAndInPieces(Module module) throws Exception {
        ChatResponse whole = chat(module).chat(asking(Site.HARMLESS));
        assertTrue(whole.aiMessage().text().contains("Python"), whole::toString);
        assertEquals(FinishReason.STOP, whole.finishReason());
        assertTrue(whole.tokenUsage().outputTokenCount() > 0, whole::toString);
        ChatResponse pieces = Listening.to(streaming(module), asking(Site.HARMLESS)).response();
        assertEquals(whole.aiMessage().text(), pieces.aiMessage().text());
        assertEquals(FinishReason.STOP, pieces.finishReason());
        assertEquals(whole.tokenUsage().outputTokenCount(), pieces.tokenUsage().outputTokenCount());
    }

    @ParameterizedTest
    @EnumSource
    void theModelCallsAToolAndGetsItsResult(Module module) throws Exception {
        for (boolean stream : new boolean[] {false, true}) {
            List<ChatMessage> messages = new ArrayList<>();
            messages.add(UserMessage.from(Site.cued("tool")));
            ChatResponse called = asked(module, messages, stream);
            assertEquals(FinishReason.TOOL_EXECUTION, called.finishReason(), called::toString);
            ToolExecutionRequest call = called.aiMessage().toolExecutionRequests().getFirst();
            assertEquals("weather", call.name());
            assertTrue(call.arguments().contains("city"), call::toString);
            messages.add(called.aiMessage());
            messages.add(ToolExecutionResultMessage.from(call, "17 degrees and rain"));
            ChatResponse after = asked(module, messages, stream);
            assertTrue(after.aiMessage().text().contains("17 degrees"), after::toString);
        }
    }

    private ChatResponse asked(Module module, List<ChatMessage> messages, boolean stream)
            throws Exception {
        ChatRequest ask =
                ChatRequest.builder().messages(messages).toolSpecifications(WEATHER).build();
        return stream ? Listening.to(streaming(module), ask).response() : chat(module).chat(ask);
    }

    @ParameterizedTest
    @EnumSource
    void answersComeInTheShapeThatIsAskedFor(Module module) {
        ResponseFormat place =
                ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(
                                JsonSchema.builder()
                                        .name("place")
                                        .rootElement(
                                                JsonObjectSchema.builder()
                                                        .addStringProperty("name")
                                                        .addIntegerProperty("inhabitants")
                                                        .required("name", "inhabitants")
                                                        .build())
                                        .build())
                        .build();
        ChatResponse shaped =
                chat(module)
                        .chat(
                                ChatRequest.builder()
                                        .messages(UserMessage.from(Site.HARMLESS))
                                        .responseFormat(place)
                                        .build());
        String text = shaped.aiMessage().text();
        assertTrue(text.startsWith("{") && text.contains("\"inhabitants\""), text);
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreTheLibrarysOwn(Module module) {
        ChatRequest harmless = asking(Site.HARMLESS);
        assertThrows(
                AuthenticationException.class,
                () -> module.chat(site.url(), "dmr_nobody", Site.MODEL).chat(harmless));
        assertThrows(
                ModelNotFoundException.class,
                () -> module.chat(site.url(), site.key(), "other").chat(harmless));
        ChatModel model = chat(module);
        assertThrows(InvalidRequestException.class, () -> model.chat(asking(Site.cued("reject"))));
        assertThrows(RateLimitException.class, () -> model.chat(asking(Site.cued("busy"))));
        assertThrows(
                InternalServerException.class, () -> model.chat(asking(Site.cued("fail 503"))));
        assertThrows(LangChain4jException.class, () -> model.chat(asking(Site.cued("break"))));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffIsAnError(Module module) throws Exception {
        StreamingChatModel flowing =
                module.streaming(site.lenientUrl(), site.lenientKey(), Site.MODEL);
        Listening broken =
                Listening.to(flowing, asking(Site.cued("slow 1, pieces 20, preamble 3000, break")));
        assertInstanceOf(Throwable.class, broken.error());
        assertTrue(broken.pieces() > 1, () -> broken.pieces() + " pieces");
    }

    @ParameterizedTest
    @EnumSource
    void whoeverLeavesStopsTheModel(Module module) throws Exception {
        Listening.leaving(
                module.streaming(site.lenientUrl(), site.lenientKey(), Site.WATCHED),
                asking(Site.LONG));
        assertTrue(site.watched.wasCancelled());
    }

    @ParameterizedTest
    @EnumSource
    void whatDemurRefusesIsATurn(Module module) throws Exception {
        ChatResponse whole = chat(module).chat(asking(Site.HARMFUL));
        assertFalse(whole.aiMessage().text().isBlank());
        assertEquals(FinishReason.STOP, whole.finishReason());
        assertFalse(
                Listening.to(streaming(module), asking(Site.HARMFUL))
                        .response()
                        .aiMessage()
                        .text()
                        .isBlank());
    }

    @Test
    void thoughtsComeBesideTheAnswer() {
        for (Module module : Module.values()) {
            ChatResponse whole = chat(module).chat(asking(Site.cued("think")));
            assertFalse(whole.aiMessage().text().isBlank(), whole::toString);
            assertFalse(String.valueOf(whole.aiMessage().thinking()).isBlank(), whole::toString);
        }
    }

    @Test
    void textsAreEmbedded() {
        for (Module module : List.of(Module.OPENAI, Module.OLLAMA)) {
            float[] vector =
                    module.embedding(site.url(), site.key()).embed("a cat").content().vector();
            assertTrue(vector.length > 10);
        }
    }
}
