package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.gateway.casework.Sampler;
import io.demur.gateway.gate.Seen;
import io.demur.gateway.running.Running;
import io.demur.record.entry.Access;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The review queue over HTTP, from the sides of two who review and of one who may not. */
class CaseDeskTest {

    private static final String CASES = "/demur/v1/cases";

    /** A judge may take an answer for a refusal, which is no sample: one of several is. */
    private static final List<String> ASKED =
            List.of(
                    "How do I kill a Python process that hangs?",
                    "Name three rivers in Europe.",
                    "What is the capital of France?",
                    "Translate good morning into Spanish.");

    private static final String CONFIRM = "{\"reason\": \"looked-at\", \"decision\": \"confirm\"}";

    private final AtomicReference<Sampler> sampler = new AtomicReference<>();
    private House house;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of(),
                        on -> on.with(sampling(on.running())),
                        GatewaySettings.USUAL);
        sampler.set(house.sampler());
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /** The same, and every answer is drawn. */
    private Running sampling(Running alone) {
        return new Running(
                alone.statements(),
                alone.stale(),
                alone.waiting(),
                alone.servers(),
                Map.of(),
                alone.metrics(),
                new Seen() {
                    @Override
                    public void attempted() {}

                    @Override
                    public void unwritten() {}

                    @Override
                    public void ended(Attempt attempt, Outcome outcome) {
                        requireNonNull(sampler.get()).ended(attempt, outcome);
                    }
                },
                false,
                "test");
    }

    private String ask(String key, String method, String path, String body) throws Exception {
        try (Socket socket = new Raw(house).open()) {
            Raw.send(
                    socket,
                    ("%s %s HTTP/1.1\r\nhost: x\r\nconnection: close\r\n"
                                    + "authorization: Bearer %s\r\ncontent-length: %d\r\n\r\n%s")
                            .formatted(method, path, key, body.length(), body));
            return Raw.untilEnd(socket);
        }
    }

    private String anna(String method, String path, String body) throws Exception {
        return ask(house.reviewKeys.get(0), method, path, body);
    }

    private String bert(String method, String path, String body) throws Exception {
        return ask(house.reviewKeys.get(1), method, path, body);
    }

    private static int status(String reply) {
        return Integer.parseInt(reply.substring(9, 12));
    }

    private static String field(String reply, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(reply);
        assertTrue(found.find(), reply);
        return found.group(1);
    }

    private static String body(String text) {
        return """
        {"model": "rehearsal", "messages": [{"role": "user", "content": "%s"}]}\
        """
                .formatted(text);
    }

    /** Asks, and waits until an answer is in the queue: the one that came first. */
    private ReviewCase sampled() throws Exception {
        for (String text : ASKED) {
            assertEquals(200, status(ask(house.key, "POST", "/v1/chat/completions", body(text))));
        }
        assertTrue(
                house.entries().stream()
                        .anyMatch(
                                it ->
                                        it instanceof Outcome outcome
                                                && outcome.result() == Outcome.Result.ALLOW),
                "none was answered");
        while (true) {
            List<ReviewCase> all = samples();
            if (!all.isEmpty()) {
                return all.getFirst();
            }
            Thread.sleep(20);
        }
    }

    private List<ReviewCase> samples() throws Exception {
        return house.cases.all(EnumSet.of(Kind.SAMPLE), EnumSet.of(State.OPEN), 9);
    }

    @Test
    void anAnswerIsDrawnTakenReadAndDecidedByOneOfTwo() throws Exception {
        ReviewCase it = sampled();
        String listed = anna("GET", CASES + "?kind=sample&limit=1", "");
        assertEquals(it.id(), field(listed, "id"));
        assertFalse(ASKED.stream().anyMatch(listed::contains), listed);
        assertFalse(listed.contains(it.attempt().orElseThrow()), listed);

        String next = anna("POST", CASES + "/next", "");
        assertEquals(it.id(), field(next, "id"));
        String path = CASES + "/" + it.id();
        String told = bert("POST", path + "/claim", "");
        assertEquals(409, status(told));
        assertTrue(told.contains("is with `" + field(next, "claimed_by") + "` until `"), told);
        assertTrue(bert("GET", path, "").contains("\"claimed_by\""));
        assertFalse(bert("GET", path, "").contains("\"words\""));
        String read = anna("GET", path, "");
        assertTrue(ASKED.contains(field(read, "asked")), read);
        assertFalse(field(read, "answered").isBlank());
        assertEquals(409, status(bert("POST", path + "/decide", CONFIRM)));

        String decided = anna("POST", path + "/decide", CONFIRM);
        assertEquals(200, status(decided), decided);
        String second = bert("POST", path + "/decide", CONFIRM);
        boolean again = field(decided, "state").equals("second");
        assertEquals(409, status(second), "neither claimed nor open");
        assertTrue(again || second.contains("is decided: `confirm`"), second);
        assertEquals(1, house.cases.publish(house::write));
        List<Review> reviews =
                house.entries().stream()
                        .filter(Review.class::isInstance)
                        .map(Review.class::cast)
                        .toList();
        assertEquals(List.of(it.id()), reviews.stream().map(Review::id).toList());
        assertEquals(it.attempt().orElseThrow(), reviews.getFirst().attempt());
        assertEquals(
                List.of("request", "reply"),
                house.entries().stream()
                        .filter(Access.class::isInstance)
                        .map(entry -> ((Access) entry).part())
                        .toList());
    }

    @Test
    void whatIsLetGoIsAnothers() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(200, status(anna("POST", path + "/claim", "")));
        assertFalse(anna("GET", CASES + "?mine=1", "").contains("\"cases\":[]"));
        assertTrue(bert("GET", CASES + "?mine=1", "").contains("\"cases\":[]"));
        assertEquals(200, status(anna("POST", path + "/release", "")));
        assertEquals(200, status(bert("POST", path + "/claim", "")));
    }

    @Test
    void whatCannotBeUnderstoodIsNotDone() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(200, status(anna("POST", path + "/claim", "")));
        for (String body :
                List.of(
                        "",
                        "[]",
                        "{\"decision\": \"confirm\"}",
                        "{\"decision\": 1, \"reason\": \"x\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"who\": \"me\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"severity\": \"bad\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"acceptable\": 0.5}")) {
            assertEquals(400, status(anna("POST", path + "/decide", body)), body);
        }
        String wrong = "{\"decision\": \"release\", \"reason\": \"x\"}";
        assertEquals(409, status(anna("POST", path + "/decide", wrong)));
        for (String query : List.of("?kind=seeded", "?state=x", "?limit=0", "?limit=x")) {
            assertEquals(400, status(anna("GET", CASES + query, "")), query);
        }
        assertEquals(404, status(anna("GET", CASES + "/case_x", "")));
        assertEquals(404, status(anna("POST", CASES + "/case_x/claim", "")));
        assertEquals(405, status(anna("POST", path, "")));
    }

    @Test
    void whoseKeyIsForAskingSeesNothingOfIt() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(403, status(ask(house.key, "GET", CASES, "")));
        assertEquals(403, status(ask(house.key, "GET", path, "")));
        assertEquals(403, status(ask(house.key, "POST", CASES + "/next", "")));
        assertEquals(403, status(ask(house.key, "POST", path + "/decide", CONFIRM)));
        assertEquals(401, status(ask("nobody", "GET", CASES, "")));
        assertEquals(
                403,
                status(ask(house.reviewKeys.get(0), "POST", "/v1/chat/completions", body("x"))));
    }
}
