package io.demur.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.retry.NonTransientAiException;
import org.springframework.ai.retry.TransientAiException;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Spring AI by each of the protocols, without Spring Boot; it asks by Spring's own HTTP clients.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpringAiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String PLACE =
            """
            {"type": "object", "required": ["name", "inhabitants"], "additionalProperties": false,
             "properties": {"name": {"type": "string"}, "inhabitants": {"type": "integer"}}}
            """;

    /** What the tool is given. */
    record Place(String city) {}

    private Site site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        site = new Site(folder);
    }

    @AfterAll
    void stop() {
        site.close();
    }

    private ChatModel chat(SpringModule module) {
        return module.chat(site.url(), site.key(), Site.MODEL);
    }

    private static String text(ChatResponse response) {
        String text = response.getResult().getOutput().getText();
        return text == null ? "" : text;
    }

    /** The pieces of an answer, as they came. */
    private static List<ChatResponse> pieces(ChatModel model, Prompt prompt) {
        return requireNonNull(model.stream(prompt).collectList().block(PATIENCE));
    }

    private static String joined(List<ChatResponse> pieces) {
        StringBuilder text = new StringBuilder();
        for (ChatResponse piece : pieces) {
            if (piece.getResult() != null) {
                text.append(text(piece));
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource
    void chatsAtOnceAndInPieces(SpringModule module) {
        Prompt prompt = new Prompt(Site.HARMLESS);
        ChatResponse whole = chat(module).call(prompt);
        assertTrue(text(whole).contains("Python"), whole::toString);
        assertTrue(whole.getMetadata().getUsage().getCompletionTokens() > 0, whole::toString);
        assertEquals(text(whole), joined(pieces(chat(module), prompt)));
    }

    @ParameterizedTest
    @EnumSource
    void theLibraryCallsTheToolAndHandsItsResultBack(SpringModule module) {
        AtomicInteger calls = new AtomicInteger();
        Function<Place, String> forecast =
                place -> {
                    calls.incrementAndGet();
                    return "17 degrees and rain in " + place.city();
                };
        ToolCallback weather =
                FunctionToolCallback.builder("weather", forecast)
                        .description("The weather in a city.")
                        .inputType(Place.class)
                        .build();
        Prompt prompt = new Prompt(Site.cued("tool"), module.with(weather));
        ChatResponse whole = chat(module).call(prompt);
        assertTrue(text(whole).contains("17 degrees"), whole::toString);
        assertEquals(1, calls.get());
        String streamed = joined(pieces(chat(module), prompt));
        assertTrue(streamed.contains("17 degrees"), streamed);
        assertEquals(2, calls.get());
    }

    @ParameterizedTest
    @EnumSource
    void answersComeInTheShapeThatIsAskedFor(SpringModule module) {
        ChatResponse shaped = chat(module).call(new Prompt(Site.HARMLESS, module.shaped(PLACE)));
        String text = text(shaped);
        assertTrue(text.startsWith("{") && text.contains("\"inhabitants\""), text);
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreTheLibrarysOwn(SpringModule module) {
        ChatModel nobody = module.chat(site.url(), "dmr_nobody", Site.MODEL);
        assertThrows(NonTransientAiException.class, () -> nobody.call(Site.HARMLESS));
        ChatModel other = module.chat(site.url(), site.key(), "other");
        assertThrows(NonTransientAiException.class, () -> other.call(Site.HARMLESS));
        ChatModel model = chat(module);
        assertThrows(NonTransientAiException.class, () -> model.call(Site.cued("reject")));
        assertThrows(NonTransientAiException.class, () -> model.call(Site.cued("busy")));
        assertThrows(TransientAiException.class, () -> model.call(Site.cued("fail 503")));
        assertThrows(RuntimeException.class, () -> model.call(Site.cued("break")));
        assertThrows(
                RuntimeException.class, () -> pieces(model, new Prompt(Site.cued("fail 503"))));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatBreaksOffIsAnError(SpringModule module) {
        AtomicInteger pieces = new AtomicInteger();
        Prompt prompt = new Prompt(Site.cued("slow 1, pieces 20, preamble 3000, break"));
        ChatModel flowing = module.chat(site.lenientUrl(), site.lenientKey(), Site.MODEL);
        assertThrows(
                RuntimeException.class,
                () ->
                        flowing.stream(prompt)
                                .doOnNext(piece -> pieces.incrementAndGet())
                                .blockLast(PATIENCE));
        assertTrue(pieces.get() > 1, () -> pieces + " pieces");
    }

    @ParameterizedTest
    @EnumSource
    void whatDemurRefusesIsATurn(SpringModule module) {
        Prompt prompt = new Prompt(Site.HARMFUL);
        assertFalse(text(chat(module).call(prompt)).isBlank());
        assertFalse(joined(pieces(chat(module), prompt)).isBlank());
    }

    @Test
    void textsAreEmbedded() {
        for (SpringModule module : List.of(SpringModule.OPENAI, SpringModule.OLLAMA)) {
            assertTrue(module.embedding(site.url(), site.key()).embed("a cat").length > 10);
        }
    }
}
