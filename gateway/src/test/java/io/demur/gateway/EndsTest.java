package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.JudgeId;
import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.access.Authentication;
import io.demur.core.access.Caller;
import io.demur.core.access.Limits;
import io.demur.core.access.Scope;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.core.policy.Axes;
import io.demur.core.policy.ModelClass;
import io.demur.gateway.gate.Findings;
import io.demur.gateway.gate.Permit;
import io.demur.gateway.judge.Hearing;
import io.demur.gateway.review.Reader;
import io.demur.gateway.review.Reviews;
import io.demur.gateway.review.Said;
import io.demur.gateway.upstream.Answer;
import io.demur.gateway.upstream.AnswerCancelled;
import io.demur.gateway.upstream.Upstream;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Usage;
import io.vertx.core.Future;
import io.vertx.core.Promise;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** How exchanges end: what they have cost, what is kept of them, and what the caller is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EndsTest {

    private static final JudgeId JUDGE = new JudgeId("marks", 1, "1".repeat(64));
    private static final Event.Began BEGAN = new Event.Began("", "m");
    private static final Event STOP = Event.Stop.of(StopReason.END);
    private static final Event COUNTED = new Event.Counted(Usage.of(1_000, 500));
    private static final Event BAD = new Event.Text("this may ~ not leave");
    private static final Event LONG = new Event.Text("It is as harmless as can be. ".repeat(40));

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Wrong wrong = new Wrong();
    private final Script script = new Script();
    private final AtomicReference<Limits> limits = new AtomicReference<>(Limits.NONE);
    private House house;
    private String key = "";
    private Raw raw;

    /** A model that says what a test wants it to, and then nothing where that has no end. */
    private static final class Script implements Upstream {

        final AtomicReference<List<Event>> says = new AtomicReference<>(List.of(BEGAN, STOP));

        @Override
        public Answer send(Permit permit) {
            var unused = permit.take(Instant.EPOCH, "m", ModelClass.HOSTED);
            return new Spoken(requireNonNull(says.get()));
        }
    }

    private static final class Spoken implements Answer {

        private final List<Event> events;
        private final Promise<Void> cancelled = Promise.promise();
        private int at;

        Spoken(List<Event> events) {
            this.events = events;
        }

        @Override
        public List<Event> next() {
            if (at == events.size()) {
                Future.await(cancelled.future());
                throw new AnswerCancelled();
            }
            return List.of(events.get(at++));
        }

        @Override
        public String server() {
            return "script";
        }

        @Override
        public void cancel() {
            cancelled.tryComplete();
        }

        @Override
        public void close() {
            cancelled.tryComplete();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Reader marks =
                new Reader() {
                    @Override
                    public List<JudgeId> ids() {
                        return List.of(JUDGE);
                    }

                    @Override
                    public Said read(Request asked, String window) {
                        return window.contains("~") ? new Said(0.999, 0.999) : new Said(0.5, 0.001);
                    }
                };
        UnaryOperator<Foundations> with =
                right ->
                        Swapped.with(
                                Swapped.with(
                                        right,
                                        (key, now) -> limited(right.keys().authenticate(key, now))),
                                new Reviews(marks, Optional.empty()));
        house =
                new House(
                        folder,
                        Map.of("m", script),
                        right -> wrong.apply(with.apply(right)),
                        GatewaySettings.USUAL);
        raw = new Raw(house);
        key = house.key;
    }

    /** Whoever it is, with the limits of the test. */
    private Authentication limited(Authentication found) {
        Limits now = requireNonNull(limits.get());
        return now.equals(Limits.NONE) || !(found instanceof Authentication.Known known)
                ? found
                : new Authentication.Known(
                        new Caller(
                                known.caller().key(),
                                known.caller().principal(),
                                Axes.OTHER,
                                Optional.empty(),
                                Optional.empty(),
                                Scope.ASKING,
                                now));
    }

    @AfterEach
    void asUsual() {
        wrong.nothing();
        limits.set(Limits.NONE);
        key = house.key;
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private void judged(double p) {
        wrong.judging.set(
                right ->
                        question ->
                                new Wrong.Finding(
                                        right.hear(question), hearing -> found(hearing, p)));
    }

    private static Findings found(Hearing right, double p) {
        Findings findings = right.findings();
        Consequence consequence =
                new Consequence(
                        List.of("others"),
                        "It would hurt others.",
                        Severity.SERIOUS,
                        Consequence.Reversibility.PARTLY,
                        Consequence.Reach.FEW,
                        true);
        return new Findings(
                findings.readings().stream()
                        .map(
                                it ->
                                        new io.demur.gateway.gate.Finding(
                                                new Assessment.Judged(
                                                        p,
                                                        Map.of(Hazard.PRIVACY, 0.9),
                                                        consequence,
                                                        JUDGE),
                                                it.standing()))
                        .toList(),
                Optional.empty());
    }

    private HttpResponse<String> ask(String path, String prompt, boolean stream, String... headers)
            throws Exception {
        String body =
                """
                {"model": "m", "stream": %s, "max_tokens": 90,
                 "messages": [{"role": "user", "content": "%s"}]}
                """
                        .formatted(stream, prompt);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + house.port() + path))
                        .header("authorization", "Bearer " + key)
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> chat(String prompt) throws Exception {
        return ask("/v1/chat/completions", prompt, false);
    }

    private static String header(HttpResponse<String> reply, String name) {
        return reply.headers().firstValue(name).orElse("");
    }

    private Outcome outcome(HttpResponse<String> reply) throws Exception {
        return outcomes(header(reply, "x-demur-attempt")).getFirst();
    }

    private List<Outcome> outcomes(String attempt) throws Exception {
        return house.entries().stream()
                .filter(it -> it instanceof Outcome outcome && outcome.attempt().equals(attempt))
                .map(it -> (Outcome) it)
                .toList();
    }

    /** The outcome of the last attempt, once it is there. */
    private Outcome last() throws Exception {
        for (int i = 0; i < 400; i++) {
            List<Entry> entries = house.entries();
            String attempt =
                    entries.stream()
                            .filter(Attempt.class::isInstance)
                            .map(it -> ((Attempt) it).id())
                            .reduce("", (one, other) -> other);
            List<Outcome> outcomes = outcomes(attempt);
            if (!outcomes.isEmpty()) {
                assertEquals(1, outcomes.size());
                return outcomes.getFirst();
            }
            Thread.sleep(25);
        }
        throw new AssertionError("no outcome");
    }

    @Test
    void whatIsWithheldIsPaidForAndTheRecordSaysWhatWasDecidedOfIt() throws Exception {
        judged(0.001);
        script.says.set(List.of(BEGAN, BAD, COUNTED, STOP));
        HttpResponse<String> reply = chat("What is the capital of France?");
        assertFalse(reply.body().contains("~"), reply::body);
        Outcome outcome = outcome(reply);
        assertEquals(Result.REFUSE_LOCAL, outcome.result());
        assertEquals(Optional.of("allow"), outcome.decision());
        Outcome.Answer answer = outcome.answer().orElseThrow();
        assertTrue(List.of("hold", "refuse").contains(answer.decision()), answer::toString);
        assertEquals(answer.decision(), header(reply, "x-demur-decision"));
        assertTrue(answer.harmPpm().orElseThrow() > 900_000, answer::toString);
        assertEquals(OptionalLong.of(1_000), outcome.tokensIn());
        assertEquals(OptionalLong.of(500), outcome.tokensOut());
        assertFalse(outcome.estimated());
        assertTrue(outcome.judges().contains(JUDGE.toString()), outcome::toString);
        assertEquals(reply.body().getBytes(StandardCharsets.UTF_8).length, outcome.releasedBytes());
    }

    @Test
    void whatNobodyHasCountedIsEstimatedAndSaidToBeSo() throws Exception {
        judged(0.001);
        script.says.set(List.of(BEGAN, LONG, STOP));
        Outcome outcome = outcome(chat("a".repeat(400)));
        assertEquals(OptionalLong.of(100), outcome.tokensIn());
        assertEquals(OptionalLong.of(40 * 29 / 4), outcome.tokensOut());
        assertTrue(outcome.estimated());
    }

    @Test
    void whatBreaksOffIsPaidForAndWhatHadLeftOfItIsKept() throws Exception {
        judged(0.001);
        script.says.set(
                List.of(BEGAN, LONG, new Event.Failed(new Failure(Failure.Kind.OUTAGE, 200, ""))));
        String left =
                raw.stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"stream\": true, \"messages\": [{\"role\": \"user\","
                                + " \"content\": \"How are you today?\"}]}");
        assertTrue(left.contains("It is as harmless"), left);
        Outcome outcome = last();
        assertEquals(Result.ERROR, outcome.result());
        assertTrue(outcome.tokensOut().orElseThrow() >= 290, outcome::toString);
        assertTrue(outcome.estimated());
        assertTrue(outcome.reply().orElseThrow().bytes() > 1_000, outcome::toString);
        assertTrue(outcome.releasedBytes() > 1_000, outcome::toString);
        // what a server turns away it has not worked on
        for (Failure.Kind kind :
                List.of(Failure.Kind.REJECTED, Failure.Kind.DENIED, Failure.Kind.BUSY)) {
            script.says.set(List.of(new Event.Failed(new Failure(kind, 400, ""))));
            assertEquals(OptionalLong.empty(), outcome(chat("How are you?")).tokensIn());
        }
    }

    @Test
    void whoLeavesHasHadWhatLeftUntilThenAndPaysForIt() throws Exception {
        judged(0.001);
        script.says.set(List.of(BEGAN, LONG, LONG));
        try (Socket socket = raw.open()) {
            Raw.send(
                    socket,
                    raw.request(
                            "/v1/chat/completions",
                            "{\"model\": \"m\", \"stream\": true, \"messages\": [{\"role\":"
                                    + " \"user\", \"content\": \"How long is it?\"}]}"));
            assertEquals(1_500, socket.getInputStream().readNBytes(1_500).length);
        }
        Outcome outcome = last();
        assertEquals(Result.ABORT, outcome.result());
        assertEquals(Optional.of("client-left"), outcome.reason());
        assertEquals(OptionalLong.of(2 * 40 * 29 / 4), outcome.tokensOut());
        assertTrue(outcome.estimated());
        assertTrue(outcome.reply().orElseThrow().bytes() > 1_000, outcome::toString);
        assertTrue(outcome.releasedBytes() > 1_500, outcome::toString);
        assertTrue(outcome.judges().contains(JUDGE.toString()), outcome::toString);
    }

    @Test
    void tokensOfWithheldAnswersUseUpTheLimitAndTheCallerIsToldWhenToComeAgain() throws Exception {
        judged(0.001);
        key = house.limitedKey;
        limits.set(
                new Limits(
                        OptionalLong.empty(),
                        OptionalLong.of(1_400),
                        OptionalLong.empty(),
                        OptionalLong.empty()));
        script.says.set(List.of(BEGAN, BAD, COUNTED, STOP));
        assertEquals(200, chat("How are you?").statusCode());
        HttpResponse<String> reply = chat("How are you?");
        assertEquals(429, reply.statusCode(), reply::body);
        int seconds = Integer.parseInt(header(reply, "retry-after"));
        assertTrue(seconds >= 1 && seconds <= 120, () -> seconds + " s");
    }

    @Test
    void aServerThatIsBusySaysWhenAndTheCallerHears() throws Exception {
        judged(0.001);
        script.says.set(
                List.of(
                        new Event.Failed(
                                new Failure(
                                        Failure.Kind.BUSY,
                                        429,
                                        "",
                                        Optional.of(Duration.ofMillis(6_001))))));
        HttpResponse<String> reply = chat("How are you?");
        assertEquals(429, reply.statusCode(), reply::body);
        assertEquals("7", header(reply, "retry-after"));
    }

    /** Asking again must not be a new throw of the dice. */
    @Test
    void whatWasWithheldStaysRefusedWhenItIsAskedAgain() throws Exception {
        String prompt = "Where does the family in the yellow house keep their spare key?";
        judged(0.75);
        script.says.set(List.of(BEGAN, BAD, STOP));
        HttpResponse<String> first = chat(prompt);
        assertEquals(Optional.of(Hazard.PRIVACY), outcome(first).answer().orElseThrow().hazard());
        script.says.set(List.of(BEGAN, new Event.Text("Fine."), STOP));
        HttpResponse<String> second = chat(prompt);
        assertFalse(second.body().contains("Fine."), second::body);
        assertEquals("refuse", header(second, "x-demur-decision"), second::body);
        assertEquals(OptionalLong.empty(), outcome(second).tokensIn());
    }

    /** Below the line of harm a model's answer makes nobody's question a refused one. */
    @Test
    void aHarmlessQuestionIsAnsweredAfterABadAnswerToIt() throws Exception {
        String prompt = "Which birds sing before the sun rises in the north of Norway?";
        judged(0.001);
        script.says.set(List.of(BEGAN, BAD, STOP));
        assertFalse(chat(prompt).body().contains("~"));
        script.says.set(List.of(BEGAN, new Event.Text("Fine."), STOP));
        assertTrue(chat(prompt).body().contains("Fine."));
    }

    /** Ollama has no way to write two tools at once. */
    @Test
    void callsOfToolsThatCameMixedLeaveOneBehindTheOther() throws Exception {
        judged(0.001);
        script.says.set(
                List.of(
                        BEGAN,
                        new Event.ToolBegan(0, "a", "one"),
                        new Event.ToolBegan(1, "b", "two"),
                        new Event.ToolDelta(0, "{\"x\": \"" + "harmless ".repeat(60) + "\"}"),
                        new Event.ToolDelta(1, "{\"x\": \"" + "harmless ".repeat(60) + "\"}"),
                        LONG,
                        STOP));
        String left =
                raw.stream(
                        "/api/chat",
                        "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"Use"
                                + " both.\"}]}");
        assertTrue(left.contains("\"done\":true"), left);
        assertTrue(left.contains("\r\n0\r\n"), left);
        assertEquals(Result.ALLOW, last().result());
    }

    @Test
    void anErrorWhileItIsJudgedLeavesNoAttemptOpen() throws Exception {
        int open = house.trail.open();
        for (Error error :
                List.of(
                        new StackOverflowError(),
                        new NoClassDefFoundError("x"),
                        new OutOfMemoryError())) {
            wrong.judging.set(
                    right ->
                            question ->
                                    new Wrong.Finding(
                                            right.hear(question),
                                            hearing -> {
                                                throw error;
                                            }));
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/api/chat")) {
                HttpResponse<String> reply = ask(path, "How are you?", false);
                assertTrue(reply.body().startsWith("{"), reply::body);
                assertEquals(1, outcomes(header(reply, "x-demur-attempt")).size());
                assertNotEquals("allow", header(reply, "x-demur-decision"));
            }
            // before there is an attempt it is an error of the protocol, and no answer
            wrong.judging.set(
                    right ->
                            question -> {
                                throw error;
                            });
            HttpResponse<String> reply = ask("/v1/messages", "How are you?", false);
            assertEquals(500, reply.statusCode());
            assertTrue(reply.body().startsWith("{\"type\":\"error\""), reply::body);
        }
        assertEquals(open, house.trail.open());
    }

    @Test
    void bothSidesKnowARequestByOneId() throws Exception {
        judged(0.001);
        script.says.set(List.of(BEGAN, new Event.Text("Fine."), STOP));
        String path = "/v1/chat/completions";
        assertEquals(
                "trace-7:b.c_d",
                header(ask(path, "Hi", true, "x-request-id", "trace-7:b.c_d"), "x-request-id"));
        for (String no : List.of("a".repeat(129), "two words", "ä", "a/b")) {
            HttpResponse<String> reply = ask(path, "Hi", false, "x-request-id", no);
            assertEquals(header(reply, "x-demur-attempt"), header(reply, "x-request-id"));
        }
    }

    @Test
    void ollamaIsToldHowLongItTook() throws Exception {
        judged(0.001);
        script.says.set(List.of(BEGAN, new Event.Text("Fine."), STOP));
        for (boolean stream : new boolean[] {false, true}) {
            for (String path : List.of("/api/chat", "/api/generate")) {
                String body =
                        path.equals("/api/chat")
                                ? ask(path, "Hi", stream).body()
                                : generate(stream).body();
                for (String name :
                        List.of("total_duration", "prompt_eval_duration", "eval_duration")) {
                    assertTrue(body.matches("(?s).*\"" + name + "\":[1-9][0-9]{2,}.*"), body);
                }
            }
        }
        Usage.Times times = new Usage.Times(900, 10, 20, 30);
        script.says.set(
                List.of(
                        BEGAN,
                        new Event.Text("Fine."),
                        new Event.Counted(new Usage(1, 2, 0, 0, 0, times)),
                        STOP));
        assertTrue(
                ask("/api/chat", "Hi", false)
                        .body()
                        .contains("\"total_duration\":900,\"load_duration\":10,"));
    }

    private HttpResponse<String> generate(boolean stream) throws Exception {
        return client.send(
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + house.port() + "/api/generate"))
                        .header("authorization", "Bearer " + house.key)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\": \"m\", \"prompt\": \"Hi\", \"stream\": "
                                                + stream
                                                + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRefusalSaysForWhichReasonsInEveryProtocol() throws Exception {
        judged(0.995);
        for (boolean stream : new boolean[] {false, true}) {
            for (String path : List.of("/v1/chat/completions", "/v1/messages", "/api/chat")) {
                HttpResponse<String> reply = ask(path, "Where do they live? " + stream, stream);
                String attempt = header(reply, "x-demur-attempt");
                String body = reply.body();
                assertTrue(body.contains("\"demur\":{\"attempt\":\"" + attempt + "\""), body);
                assertTrue(body.contains("\"reason\":\"privacy\""), body);
                assertTrue(body.contains("\"scope\":\"REQUEST\""), body);
                assertFalse(body.contains("995000"), body);
            }
        }
        judged(0.001);
        script.says.set(List.of(BEGAN, LONG, BAD, STOP));
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/api/chat")) {
            String body = ask(path, "How are you? " + path, true).body();
            assertTrue(body.contains("It is as harmless") && !body.contains("~"), body);
            assertTrue(body.contains("\"scope\":\"ANSWER\""), body);
        }
    }
}
