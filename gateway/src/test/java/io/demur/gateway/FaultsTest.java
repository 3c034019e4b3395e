package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Assessment.Unjudged;
import io.demur.core.policy.Standing;
import io.demur.gateway.gate.Finding;
import io.demur.gateway.gate.Findings;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Outcome.Result;
import io.demur.record.policy.InForce;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/** Whatever breaks: no answer without an attempt on disk and a decision, and one outcome each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsTest {

    private static final Findings NO_NUMBER =
            new Findings(
                    List.of(
                            new Finding(
                                    new Unjudged(Unjudged.Reason.INVALID, "NaN"), Standing.FRESH)),
                    Optional.empty());

    private static final String HARMLESS = "How do I kill a Python process that hangs?";

    /** Path of a protocol, and how an error of it begins. */
    private static final Map<String, String> ERRORS =
            Map.of(
                    "/v1/chat/completions", "{\"error\":{\"message\":\"",
                    "/v1/completions", "{\"error\":{\"message\":\"",
                    "/v1/embeddings", "{\"error\":{\"message\":\"",
                    "/v1/messages", "{\"type\":\"error\",\"error\":{\"type\":\"",
                    "/api/chat", "{\"error\":\"",
                    "/api/generate", "{\"error\":\"",
                    "/api/embed", "{\"error\":\"");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Wrong wrong = new Wrong();
    private final Wrong.Speaker speaker = new Wrong.Speaker(4);
    private House house;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = house(folder, wrong);
    }

    private House house(Path folder, Wrong with) throws Exception {
        return new House(folder, Map.of("speaker", speaker), with, GatewaySettings.USUAL);
    }

    @AfterEach
    void nothingIsWrong() {
        wrong.nothing();
        speaker.beforeTheEnd.set(() -> {});
    }

    @AfterAll
    void stop() {
        house.close();
    }

    private static String body(String path, String model, boolean stream) {
        String head = "{\"model\": \"%s\", ".formatted(model);
        return switch (path) {
            case "/v1/embeddings", "/api/embed" -> head + "\"input\": \"" + HARMLESS + "\"}";
            case "/v1/completions", "/api/generate" ->
                    head + "\"stream\": " + stream + ", \"prompt\": \"" + HARMLESS + "\"}";
            default ->
                    head
                            + "\"stream\": "
                            + stream
                            + ", \"max_tokens\": 900, \"messages\": [{\"role\": \"user\","
                            + " \"content\": \""
                            + HARMLESS
                            + "\"}]}";
        };
    }

    private HttpResponse<String> post(House at, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.gateway.port() + path))
                        .header("authorization", "Bearer " + at.key)
                        .timeout(Duration.ofSeconds(60))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void isClear503(HttpResponse<String> reply, String path) {
        assertEquals(503, reply.statusCode(), () -> path + ": " + reply.body());
        assertEquals("false", reply.headers().firstValue("x-should-retry").orElse(""), path);
        assertTrue(reply.body().startsWith(ERRORS.get(path)), () -> path + ": " + reply.body());
    }

    private static String attempt(HttpResponse<String> reply) {
        return reply.headers().firstValue("x-demur-attempt").orElseThrow();
    }

    private static List<Outcome> outcomes(House at, String attempt) throws Exception {
        return at.entries().stream()
                .filter(it -> it instanceof Outcome outcome && outcome.attempt().equals(attempt))
                .map(it -> (Outcome) it)
                .toList();
    }

    private static Optional<Attempt> attempted(House at, String id) throws Exception {
        return at.entries().stream()
                .filter(it -> it instanceof Attempt attempt && attempt.id().equals(id))
                .map(it -> (Attempt) it)
                .findFirst();
    }

    private static List<String> attempts(House at) throws Exception {
        return at.entries().stream()
                .filter(Attempt.class::isInstance)
                .map(it -> ((Attempt) it).id())
                .toList();
    }

    @Test
    void withoutAPolicyNothingIsAnsweredAndTheLogSaysWhoAsked() throws Exception {
        wrong.policy.set(active -> new InForce.RefuseAll(List.of()));
        int before = speaker.asked.get();
        for (String path : ERRORS.keySet()) {
            for (boolean stream : new boolean[] {false, true}) {
                HttpResponse<String> reply = post(house, path, body(path, "speaker", stream));
                isClear503(reply, path);
                String id = attempt(reply);
                Attempt entry = attempted(house, id).orElseThrow();
                assertEquals(Optional.empty(), entry.policy());
                assertEquals(Kept.Mode.HASH_ONLY, entry.request().mode());
                List<Outcome> outcomes = outcomes(house, id);
                assertEquals(1, outcomes.size());
                assertEquals(Result.ERROR, outcomes.getFirst().result());
                assertEquals(Optional.of("no-policy"), outcomes.getFirst().reason());
            }
        }
        assertEquals(before, speaker.asked.get());
        HttpResponse<String> odd =
                post(
                        house,
                        "/api/chat",
                        body("/api/chat", "no\\u0000such\\u202e model".repeat(40), false));
        isClear503(odd, "/api/chat");
    }

    private void heldBack(String path, boolean stream) throws Exception {
        int before = speaker.asked.get();
        HttpResponse<String> reply = post(house, path, body(path, "speaker", stream));
        String decision = reply.headers().firstValue("x-demur-decision").orElse("");
        assertTrue(List.of("hold", "refuse").contains(decision), () -> path + reply.headers());
        assertEquals("gateway", reply.headers().firstValue("x-demur-origin").orElse(""));
        assertEquals(before, speaker.asked.get());
        assertEquals(1, outcomes(house, attempt(reply)).size());
    }

    @Test
    void whatNobodyCouldJudgeIsNeverAllowed() throws Exception {
        List<Wrong> all = List.of(new Wrong(), new Wrong(), new Wrong(), new Wrong(), new Wrong());
        all.get(0)
                .judging
                .set(
                        right ->
                                question -> {
                                    throw new IllegalStateException("down: " + HARMLESS);
                                });
        all.get(1)
                .judging
                .set(
                        right ->
                                question ->
                                        new Wrong.Finding(
                                                right.hear(question),
                                                hearing -> {
                                                    throw new IllegalStateException("down");
                                                }));
        all.get(2)
                .judging
                .set(
                        right ->
                                question ->
                                        new Wrong.Finding(
                                                right.hear(question),
                                                hearing -> {
                                                    throw FaultsTest.<RuntimeException>sneaky(
                                                            new TimeoutException("late"));
                                                }));
        all.get(3)
                .judging
                .set(
                        right ->
                                question ->
                                        new Wrong.Finding(
                                                right.hear(question),
                                                hearing ->
                                                        new Findings(List.of(), Optional.empty())));
        all.get(4)
                .judging
                .set(
                        right ->
                                question ->
                                        new Wrong.Finding(
                                                right.hear(question), hearing -> NO_NUMBER));
        for (Wrong each : all) {
            wrong.judging.set(each.judging.get());
            for (String path : ERRORS.keySet()) {
                heldBack(path, true);
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E sneaky(Throwable e) throws E {
        throw (E) e;
    }

    @Test
    void aStoreThatKeepsNothingLetsNothingThrough() throws Exception {
        int before = speaker.asked.get();
        List<String> logged = attempts(house);
        for (Throwable e :
                List.of(
                        new IOException("the store is full"),
                        new TimeoutException("slow"),
                        new IllegalStateException("closed"))) {
            wrong.keeping.set(
                    right ->
                            (attempt, part, who, body, how, beside) ->
                                    CompletableFuture.failedFuture(e));
            for (String path : ERRORS.keySet()) {
                isClear503(post(house, path, body(path, "speaker", true)), path);
            }
        }
        wrong.keeping.set(
                right ->
                        (attempt, part, who, body, how, beside) -> {
                            throw new IllegalStateException("gone");
                        });
        for (String path : ERRORS.keySet()) {
            isClear503(post(house, path, body(path, "speaker", false)), path);
        }
        assertEquals(before, speaker.asked.get());
        assertEquals(logged, attempts(house));
    }

    @Test
    void aReplyThatCannotBeKeptIsNotGivenAndTheAttemptEndsOnce() throws Exception {
        wrong.keeping.set(
                right ->
                        (attempt, part, who, body, how, beside) ->
                                part.equals("reply")
                                        ? CompletableFuture.failedFuture(new IOException("full"))
                                        : right.file(attempt, part, who, body, how, beside));
        for (String path : ERRORS.keySet()) {
            String model = path.contains("embed") ? "rehearsal" : "speaker";
            HttpResponse<String> reply = post(house, path, body(path, model, false));
            isClear503(reply, path);
            assertFalse(reply.body().contains("signal"), reply::body);
            List<Outcome> outcomes = outcomes(house, attempt(reply));
            assertEquals(1, outcomes.size(), path);
            assertEquals(Result.ERROR, outcomes.getFirst().result());
            assertEquals(Optional.of("unrecorded"), outcomes.getFirst().reason());
        }
        assertThrows(
                IOException.class,
                () ->
                        post(
                                house,
                                "/v1/chat/completions",
                                body("/v1/chat/completions", "speaker", true)));
    }

    @Test
    void aModelThatBreaksTheProgramIsAnErrorWithAnOutcome() throws Exception {
        speaker.beforeTheEnd.set(
                () -> {
                    throw new IllegalStateException("words of the answer");
                });
        for (String path : List.of("/v1/chat/completions", "/v1/messages", "/api/chat")) {
            HttpResponse<String> reply = post(house, path, body(path, "speaker", false));
            assertEquals(500, reply.statusCode(), reply::body);
            assertTrue(reply.body().startsWith(ERRORS.get(path)), reply::body);
            assertFalse(reply.body().contains("words of the answer"), reply::body);
            List<Outcome> outcomes = outcomes(house, attempt(reply));
            assertEquals(1, outcomes.size(), path);
            assertEquals(Optional.of("internal"), outcomes.getFirst().reason());
        }
    }

    @Test
    void aClockThatIsSetBackOrAheadChangesNothing() throws Exception {
        for (Duration off : List.of(Duration.ofDays(-400), Duration.ofDays(400), Duration.ZERO)) {
            wrong.clockOff.set(off);
            for (String path : List.of("/v1/chat/completions", "/api/chat")) {
                HttpResponse<String> reply = post(house, path, body(path, "speaker", false));
                assertEquals(200, reply.statusCode(), reply::body);
                assertEquals(1, outcomes(house, attempt(reply)).size());
            }
        }
        List<Entry> entries = house.entries();
        for (int i = 1; i < entries.size(); i++) {
            assertFalse(entries.get(i).at().isBefore(entries.get(i - 1).at()));
        }
    }

    @Test
    void aLogThatIsClosedLetsNothingThrough(@TempDir Path folder) throws Exception {
        House at = house(folder, new Wrong());
        try (at) {
            int before = speaker.asked.get();
            at.trail.close();
            for (String path : ERRORS.keySet()) {
                isClear503(post(at, path, body(path, "speaker", true)), path);
            }
            assertEquals(before, speaker.asked.get());
        }
    }

    @Test
    void anOutcomeThatCannotBeWrittenKeepsTheLastByteBack(@TempDir Path folder) throws Exception {
        Wrong sure = new Wrong();
        sure.judging.set(Wrong::sure);
        House at = house(folder, sure);
        try (at) {
            speaker.beforeTheEnd.set(
                    () -> {
                        try {
                            at.trail.log().close();
                        } catch (IOException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            String streamed = new Raw(at).stream("/v1/chat/completions", body("", "speaker", true));
            assertTrue(streamed.contains("signal"), streamed);
            assertFalse(streamed.contains("[DONE]"), streamed);
            assertFalse(streamed.contains("\"finish_reason\":\"stop\""), streamed);
            assertFalse(streamed.endsWith("0\r\n\r\n"), streamed);
            for (String path : ERRORS.keySet()) {
                isClear503(post(at, path, body(path, "speaker", false)), path);
            }
        } catch (UncheckedIOException e) {
            // the trail cannot end what is closed already
            assertTrue(String.valueOf(e.getMessage()).contains("the log is closed"));
        }
    }

    @Test
    void anOutcomeThatCannotBeWrittenIsA503WhereNothingHasLeft(@TempDir Path folder)
            throws Exception {
        House at = house(folder, new Wrong());
        try (at) {
            speaker.beforeTheEnd.set(at.trail::close);
            HttpResponse<String> reply =
                    post(at, "/v1/messages", body("/v1/messages", "speaker", false));
            isClear503(reply, "/v1/messages");
            assertFalse(reply.body().contains("signal"), reply::body);
        }
    }
}
