package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Embedded;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Fields;
import io.demur.wire.chat.Protocol;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Embeddings, and what is done with a model itself. */
class WholeTest extends Asks {

    private static final Embed TWO =
            new Embed(
                    Protocol.OPENAI_CHAT,
                    "m",
                    List.of("one", "two"),
                    false,
                    Optional.empty(),
                    Fields.NONE);

    private static final String GIVEN =
            "{\"data\":[{\"index\":0,\"embedding\":[1,2]},{\"index\":1,\"embedding\":[3,4]}],"
                    + "\"model\":\"e\",\"usage\":{\"prompt_tokens\":2}}";

    private static Given<Embedded> embed(ServedModels models) {
        Permit permit = permit(TWO);
        return verticle()
                .run(
                        () -> {
                            try (Whole<Embedded> whole = upstream(models).embed(permit)) {
                                return whole.get();
                            }
                        });
    }

    private static Embedded value(Given<Embedded> given) {
        return ((Given.Value<Embedded>) given).value();
    }

    @Test
    void textsBecomeNumbers() {
        LyingServer server = server(talk -> talk.json(200, GIVEN));
        Embedded embedded = value(embed(models(settings("one", server))));
        assertArrayEquals(new float[] {3, 4}, embedded.vectors().get(1));
        assertEquals("POST /v1/embeddings HTTP/1.1", server.seen().getFirst().line());
        LyingServer ollama =
                server(talk -> talk.json(200, "{\"model\":\"e\",\"embeddings\":[[1,2],[3,4]]}"));
        embedded = value(embed(models(settings("o", Kind.OLLAMA, ollama))));
        assertArrayEquals(new float[] {1, 2}, embedded.vectors().get(0));
        assertEquals("POST /api/embed HTTP/1.1", ollama.seen().getFirst().line());
    }

    @Test
    void numbersThatFitNoTextsAreNoAnswer() {
        for (String lie :
                List.of(
                        GIVEN.replace(",{\"index\":1,\"embedding\":[3,4]}", ""),
                        GIVEN.replace("[3,4]", "[3,4,5]"),
                        GIVEN.replace("[3,4]", "[3,\"x\"]"),
                        "{\"data\":[]}",
                        "{}",
                        "no")) {
            LyingServer server = server(talk -> talk.json(200, lie));
            LyingServer other = server(talk -> talk.json(200, GIVEN));
            assertTrue(
                    ((Given.Failed<Embedded>) embed(models(settings("one", server))))
                            .failure()
                            .isOutage());
            assertEquals(
                    2,
                    value(
                                    embed(
                                            models(
                                                    settings("one", server),
                                                    settings("two", other).asFallback())))
                            .vectors()
                            .size());
        }
    }

    @Test
    void aRefusalToEmbedIsNotAskedElsewhere() {
        LyingServer server =
                server(talk -> talk.json(400, "{\"error\":{\"code\":\"content_filter\"}}"));
        LyingServer other = server(talk -> talk.json(200, GIVEN));
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        assertInstanceOf(Given.Declined.class, embed(models));
        assertEquals(0, other.seen().size());
    }

    @Test
    void aServerWithoutEmbeddingsSaysSo() {
        LyingServer server = server(talk -> talk.json(200, "{}"));
        Given<Embedded> given = embed(models(settings("a", Kind.ANTHROPIC, server)));
        assertEquals(Failure.Kind.REJECTED, ((Given.Failed<Embedded>) given).failure().kind());
        assertEquals(0, server.seen().size());
    }

    @Test
    void aPermitForOneThingIsNoneForAnother() {
        LyingServer server = server(talk -> talk.json(200, GIVEN));
        ServedModels models = models(settings("one", server));
        Permit permit = permit(TWO);
        assertThrows(
                IllegalArgumentException.class,
                () -> verticle().run(() -> upstream(models).send(permit)));
        assertEquals(0, server.seen().size());
    }

    @Test
    void whoWaitsForNumbersCanLeaveToo() throws Exception {
        LyingServer server = server(talk -> talk.hang());
        ServedModels models = models(settings("one", server));
        Permit permit = permit(TWO);
        CompletableFuture<Whole<Embedded>> sent = new CompletableFuture<>();
        CompletableFuture<Given<Embedded>> reading =
                verticle()
                        .begin(
                                () -> {
                                    try (Whole<Embedded> whole = upstream(models).embed(permit)) {
                                        sent.complete(whole);
                                        return whole.get();
                                    }
                                });
        Whole<Embedded> whole = Verticle.wait(sent);
        while (server.seen().isEmpty()) {
            Thread.sleep(5);
        }
        whole.cancel();
        server.left.get(20, TimeUnit.SECONDS);
        assertThrows(AnswerCancelled.class, () -> Verticle.wait(reading));
    }
}
