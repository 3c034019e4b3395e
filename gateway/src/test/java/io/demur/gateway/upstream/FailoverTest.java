package io.demur.gateway.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.gateway.gate.Permit;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Two servers of one model: when the second is asked, and when never. */
class FailoverTest extends Asks {

    private static void answers(LyingServer.Talk talk) throws Exception {
        talk.sse().text("Yes.").stop("stop");
    }

    /** The forms in which a provider refuses. */
    enum Refuses {
        POLICY_VIOLATION(Kind.OPENAI),
        INVALID_PROMPT(Kind.OPENAI),
        FORBIDDEN_CONTENT(Kind.OPENAI),
        AZURE_PROMPT(Kind.OPENAI),
        INSPECTION(Kind.OPENAI),
        RISK(Kind.OPENAI),
        BLOCKED_IN_500(Kind.OPENAI),
        FIELD_AT_ONCE(Kind.OPENAI),
        FIELD_IN_PIECES(Kind.OPENAI),
        FIELD_THEN_RESET(Kind.OPENAI),
        FIELD_AND_GARBAGE(Kind.OPENAI),
        FILTERED_AT_ONCE(Kind.OPENAI),
        FILTERED_LATE(Kind.OPENAI),
        FILTER_ERROR_IN_200(Kind.OPENAI),
        FILTER_ERROR_IN_STREAM(Kind.OPENAI),
        PROMPT_FILTERED(Kind.OPENAI),
        FILTERED_THEN_RESET(Kind.OPENAI),
        FILTERED_THEN_SILENCE(Kind.OPENAI),
        FILTERED_THEN_GARBAGE(Kind.OPENAI),
        PROMPT_FILTERED_THEN_CLOSED(Kind.OPENAI),
        STOPPED(Kind.ANTHROPIC),
        STOPPED_THEN_RESET(Kind.ANTHROPIC),
        STOPPED_IN_PIECES(Kind.ANTHROPIC),
        BLOCKED_BY_POLICY(Kind.ANTHROPIC);

        private final Kind kind;

        Refuses(Kind kind) {
            this.kind = kind;
        }

        void play(LyingServer.Talk talk) throws Exception {
            switch (this) {
                case POLICY_VIOLATION -> talk.json(400, error("no", "content_policy_violation"));
                case INVALID_PROMPT -> talk.json(400, error("flagged", "invalid_prompt"));
                case FORBIDDEN_CONTENT ->
                        talk.json(
                                403,
                                "{\"code\":\"no permission\",\"error\":\"Content violates usage"
                                        + " guidelines. Failed check: SAFETY_CHECK_TYPE_BIO\"}");
                case AZURE_PROMPT ->
                        talk.json(
                                400,
                                "{\"error\":{\"message\":\"filtered\",\"code\":\"content_filter\","
                                        + "\"status\":400,\"innererror\":{\"code\":"
                                        + "\"ResponsibleAIPolicyViolation\"}}}");
                case INSPECTION -> talk.json(400, error("bad", "data_inspection_failed"));
                case RISK -> talk.json(400, error("Content Exists Risk", "invalid_request_error"));
                case BLOCKED_IN_500 -> talk.json(500, error("no", "content_filter"));
                case FIELD_AT_ONCE ->
                        talk.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"content\":null,"
                                        + "\"refusal\":\"I cannot.\"},"
                                        + "\"finish_reason\":\"stop\"}]}");
                case FIELD_IN_PIECES ->
                        talk.sse()
                                .data(
                                        "{\"choices\":[{\"index\":0,\"delta\":"
                                                + "{\"refusal\":\"I cannot.\"}}]}")
                                .stop("stop");
                case FIELD_THEN_RESET -> {
                    talk.sse()
                            .data(
                                    "{\"choices\":[{\"index\":0,\"delta\":"
                                            + "{\"refusal\":\"I cannot.\"}}]}");
                    talk.sleep(50);
                    talk.reset();
                }
                case FIELD_AND_GARBAGE ->
                        talk.sse()
                                .piece(
                                        "data: {\"choices\":[{\"index\":0,\"delta\":"
                                                + "{\"refusal\":\"I cannot.\"}}]}\n\ndata: }{\n\n")
                                .end();
                case FILTERED_AT_ONCE ->
                        talk.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"\"},"
                                        + "\"finish_reason\":\"content_filter\"}]}");
                case FILTERED_LATE -> talk.sse().text("First ").stop("content_filter");
                case FILTER_ERROR_IN_200 -> talk.json(200, error("no", "content_policy_violation"));
                case FILTER_ERROR_IN_STREAM -> talk.sse().data(error("no", "content_filter")).end();
                case PROMPT_FILTERED ->
                        talk.sse()
                                .data(
                                        "{\"choices\":[],\"prompt_filter_results\":[{"
                                                + "\"content_filter_results\":{\"violence\":"
                                                + "{\"filtered\":true}}}]}")
                                .data("[DONE]")
                                .end();
                case FILTERED_THEN_RESET -> {
                    filtered(talk);
                    talk.sleep(50);
                    talk.reset();
                }
                case FILTERED_THEN_SILENCE -> {
                    filtered(talk);
                    talk.hang();
                }
                case FILTERED_THEN_GARBAGE -> {
                    filtered(talk);
                    talk.data("}}").end();
                }
                case PROMPT_FILTERED_THEN_CLOSED -> {
                    talk.sse()
                            .data(
                                    "{\"choices\":[],\"prompt_filter_results\":[{"
                                            + "\"content_filter_results\":{\"violence\":"
                                            + "{\"filtered\":true}}}]}");
                    talk.close();
                }
                case STOPPED_THEN_RESET -> {
                    talk.sse()
                            .data("{\"type\":\"message_start\",\"message\":{\"content\":[]}}")
                            .data(
                                    "{\"type\":\"message_delta\",\"delta\":"
                                            + "{\"stop_reason\":\"refusal\"}}");
                    talk.sleep(50);
                    talk.reset();
                }
                case STOPPED ->
                        talk.json(
                                200,
                                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[],"
                                        + "\"stop_reason\":\"refusal\",\"stop_details\":"
                                        + "{\"type\":\"refusal\",\"category\":\"cyber\"}}");
                case STOPPED_IN_PIECES ->
                        talk.sse()
                                .data("{\"type\":\"message_start\",\"message\":{\"content\":[]}}")
                                .data(
                                        "{\"type\":\"message_delta\",\"delta\":"
                                                + "{\"stop_reason\":\"refusal\"}}")
                                .data("{\"type\":\"message_stop\"}")
                                .end();
                case BLOCKED_BY_POLICY ->
                        talk.json(
                                400,
                                "{\"type\":\"error\",\"error\":{\"type\":"
                                        + "\"invalid_request_error\",\"message\":\"Output blocked"
                                        + " by content filtering policy\"}}");
            }
        }

        private static void filtered(LyingServer.Talk talk) throws Exception {
            talk.sse()
                    .data(
                            "{\"choices\":[{\"index\":0,\"delta\":{},"
                                    + "\"finish_reason\":\"content_filter\"}]}");
        }

        private static String error(String message, String code) {
            return "{\"error\":{\"message\":\"%s\",\"type\":\"error\",\"code\":\"%s\"}}"
                    .formatted(message, code);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsAnAnswerAndNobodyElseIsAsked(Refuses how) {
        Timeouts times =
                how == Refuses.FILTERED_THEN_SILENCE
                        ? new Timeouts(SHORT.connect(), Timeouts.USUAL.begin(), SHORT.idle())
                        : Timeouts.USUAL;
        for (boolean pieces : new boolean[] {true, false}) {
            LyingServer server = server(how::play);
            LyingServer other = server(FailoverTest::answers);
            ServedModels models =
                    models(
                            settings("one", how.kind, server).withTimeouts(times),
                            settings("two", other).asFallback());
            for (int i = 0; i < 3; i++) {
                Heard heard = hear(models, Permits.call(pieces));
                assertEquals("one", heard.server());
                assertTrue(refuses(heard), heard::toString);
            }
            assertEquals(3, server.seen().size());
            assertEquals(0, other.seen().size());
            assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
            assertEquals(0, models.servers().getFirst().outstanding());
        }
    }

    private static boolean refuses(Heard heard) {
        return heard.events().stream().anyMatch(Event.Refusal.class::isInstance)
                || (heard.last() instanceof Event.Stop stop && stop.refusal().isPresent());
    }

    @Test
    void anOutageIsAskedOfTheFallbackAndOnlyThen() {
        LyingServer server =
                server(
                        talk -> {
                            if (talk.number() % 2 == 1) {
                                talk.json(503, "{}");
                            } else {
                                answers(talk);
                            }
                        });
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        assertEquals("two", hear(models, Permits.call(true)).server());
        assertEquals("one", hear(models, Permits.call(true)).server());
        assertEquals("two", hear(models, Permits.call(true)).server());
        assertEquals(2, other.seen().size());
    }

    @Test
    void whereThereIsNoOtherTheSameIsAskedAgain() {
        LyingServer server =
                server(
                        talk -> {
                            if (talk.number() < 3) {
                                talk.json(503, "{}");
                            } else {
                                answers(talk);
                            }
                        });
        assertEquals("Yes.", hear(models(settings("one", server)), Permits.call(true)).text());
        assertEquals(3, server.seen().size());
    }

    @Test
    void aBrokenServerIsNotAskedForEver() {
        LyingServer server = server(talk -> talk.json(503, "{}"));
        Heard heard = hear(models(settings("one", server)), Permits.call(true));
        assertEquals(Failure.Kind.OUTAGE, heard.failure().kind());
        assertEquals(1 + Choice.AGAIN_MAX, server.seen().size());
    }

    @Test
    void aBusyServerIsLeftAloneForAsLongAsItSays() {
        LyingServer server = server(talk -> talk.json(429, "{}", "retry-after: 30"));
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other));
        for (int i = 0; i < 6; i++) {
            assertEquals("two", hear(models, Permits.call(true)).server());
        }
        assertEquals(1, server.seen().size());
        assertEquals(ServerStatus.State.BUSY, models.servers().getFirst().state());
    }

    @Test
    void whereAllAreBusyTheCallerIsTold() {
        LyingServer server = server(talk -> talk.json(429, "{\"error\":{\"message\":\"later\"}}"));
        Heard heard = hear(models(settings("one", server)), Permits.call(true));
        assertEquals(
                new Failure(
                        Failure.Kind.BUSY, 429, "the model's server answers with HTTP status 429"),
                heard.failure());
        assertEquals(1, server.seen().size());
    }

    @Test
    void aKeyThatIsNotAcceptedIsSaidInStatusAndNotTriedElsewhere() {
        LyingServer server = server(talk -> talk.json(401, "{\"error\":{\"message\":\"key\"}}"));
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        assertEquals(Failure.Kind.DENIED, hear(models, Permits.call(true)).failure().kind());
        assertEquals(0, other.seen().size());
        assertEquals(ServerStatus.State.MISCONFIGURED, models.servers().getFirst().state());
        // from then on those come first whose key is accepted
        assertEquals("two", hear(models, Permits.call(true)).server());
    }

    @Test
    void requestsAreSpreadOverServersAlike() throws Exception {
        CountDownLatch all = new CountDownLatch(20);
        CompletableFuture<Void> go = new CompletableFuture<>();
        LyingServer.Script waits =
                talk -> {
                    all.countDown();
                    go.join();
                    answers(talk);
                };
        LyingServer one = server(waits);
        LyingServer two = server(waits);
        ServedModels models = models(settings("one", one), settings("two", two));
        List<CompletableFuture<Heard>> heard = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Permit permit = permit(Permits.call(true));
            heard.add(verticle().begin(() -> hear(upstream(models), permit)));
        }
        assertTrue(all.await(20, TimeUnit.SECONDS));
        assertEquals(10, one.seen().size());
        assertEquals(10, two.seen().size());
        assertEquals(10, models.servers().getFirst().outstanding());
        go.complete(null);
        for (CompletableFuture<Heard> each : heard) {
            assertEquals("Yes.", Verticle.wait(each).text());
        }
        assertEquals(0, models.servers().getFirst().outstanding());
    }

    @Test
    void aServerThatIsDownIsFoundAgain() throws Exception {
        LyingServer server =
                server(
                        talk -> {
                            if (talk.number() <= Health.FAILURES_MAX) {
                                talk.json(500, "{}");
                            } else {
                                answers(talk);
                            }
                        });
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        for (int i = 0; i < Health.FAILURES_MAX + 3; i++) {
            assertEquals("two", hear(models, Permits.call(true)).server());
        }
        assertEquals(Health.FAILURES_MAX, server.seen().size());
        assertEquals(ServerStatus.State.DOWN, models.servers().getFirst().state());
        Thread.sleep(Health.DOWN_MIN.plusMillis(200));
        assertEquals("one", hear(models, Permits.call(true)).server());
        assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
    }

    @Test
    void whatTakesTooLongInAllEndsAndIsNotTheServersFault() {
        LyingServer server = server(talk -> talk.hang());
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        Permit permit = permits().of(Permits.call(true), Duration.ofMillis(300));
        Heard heard = verticle().run(() -> hear(upstream(models), permit));
        assertEquals(504, heard.failure().status());
        assertEquals(0, other.seen().size());
        assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
    }

    /** One prompt that a firewall before a server does not like says nothing of the next one. */
    @Test
    void a403IsTheAnswerToOneRequestAndTakesNobodyOut() {
        LyingServer server =
                server(
                        talk -> {
                            if (talk.number() == 1) {
                                talk.answer(403, "text/html", "<html>Request blocked</html>");
                            } else {
                                answers(talk);
                            }
                        });
        LyingServer other = server(FailoverTest::answers);
        ServedModels models = models(settings("one", server), settings("two", other).asFallback());
        Heard heard = hear(models, Permits.call(true));
        assertEquals(Failure.Kind.FORBIDDEN, heard.failure().kind());
        assertEquals(ServerStatus.State.UP, models.servers().getFirst().state());
        for (int i = 0; i < 3; i++) {
            assertEquals("one", hear(models, Permits.call(true)).server());
        }
        assertEquals(0, other.seen().size());
    }

    /**
     * However the bytes are cut on their way, an answer that broke off is nobody else's to give.
     */
    @Test
    void whatWasSaidBeforeAnAnswerBrokeStandsHoweverItsBytesAreCut() {
        String stream =
                """
                data: {"choices":[{"index":0,"delta":{"content":"I cannot."}}]}

                data: {"error":{"message":"the engine died"}}

                """;
        for (int cut = 0; cut < stream.length(); cut++) {
            int at = cut;
            LyingServer server =
                    server(
                            talk -> {
                                talk.sse();
                                if (at > 0) {
                                    talk.piece(stream.substring(0, at));
                                    talk.sleep(3);
                                }
                                talk.piece(stream.substring(at)).end();
                            });
            LyingServer other = server(FailoverTest::answers);
            Heard heard =
                    hear(
                            models(settings("one", server), settings("two", other).asFallback()),
                            Permits.call(true));
            assertEquals("I cannot.", heard.text(), "cut at " + cut);
            assertEquals(Failure.Kind.OUTAGE, heard.failure().kind());
            assertEquals(0, other.seen().size());
        }
    }

    @Test
    void itIsSaidWhoWasAskedAndWhatCame() {
        LyingServer server = server(talk -> talk.json(500, "{}"));
        LyingServer gone = server(talk -> talk.close());
        gone.close();
        LyingServer other = server(FailoverTest::answers);
        ServedModels models =
                models(
                        settings("one", server).asFallback(),
                        settings("gone", gone),
                        settings("two", other).asFallback());
        Permit permit = permit(Permits.call(true));
        List<String> tried =
                verticle()
                        .run(
                                () -> {
                                    try (Answer answer = upstream(models).send(permit)) {
                                        while (!answer.next().getLast().isLast()) {
                                            // to its end
                                        }
                                        return answer.tried();
                                    }
                                });
        assertEquals("gone unreachable", tried.getFirst());
        assertEquals("two answered", tried.getLast());
        assertTrue(tried.size() == 2 || tried.get(1).equals("one 500"), tried::toString);
    }
}
