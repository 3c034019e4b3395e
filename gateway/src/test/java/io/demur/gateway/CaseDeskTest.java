package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.record.entry.Access;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.ReviewCase.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

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

    private final Latecomer sampler = new Latecomer();
    private House house;
    private Answering answering;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of(),
                        on -> on.with(sampler.beside(on.running())),
                        GatewaySettings.USUAL);
        sampler.comes(house.sampler()); // who draws every answer
        answering = new Answering(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answering.Reply anna(String method, String path, String body) throws Exception {
        return answering.ask(house.reviewKeys.get(0), method, path, body);
    }

    private Answering.Reply bert(String method, String path, String body) throws Exception {
        return answering.ask(house.reviewKeys.get(1), method, path, body);
    }

    /** Asks, and waits until an answer is in the queue: the one that came first. */
    private ReviewCase sampled() throws Exception {
        for (String text : ASKED) {
            assertEquals(200, answering.chat(house.key, text).status());
        }
        assertTrue(
                house.entries(Outcome.class).stream()
                        .anyMatch(it -> it.result() == Outcome.Result.ALLOW),
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
        Answering.Reply listed = anna("GET", CASES + "?kind=sample&limit=1", "");
        assertEquals(it.id(), listed.field("id"));
        assertFalse(ASKED.stream().anyMatch(listed.text()::contains), listed::text);
        assertFalse(listed.text().contains(it.attempt().orElseThrow()), listed::text);

        Answering.Reply next = anna("POST", CASES + "/next", "");
        assertEquals(it.id(), next.field("id"));
        String path = CASES + "/" + it.id();
        Answering.Reply told = bert("POST", path + "/claim", "");
        assertEquals(409, told.status());
        assertTrue(
                told.text().contains("is with `" + next.field("claimed_by") + "` until `"),
                told::text);
        assertTrue(bert("GET", path, "").text().contains("\"claimed_by\""));
        assertFalse(bert("GET", path, "").text().contains("\"words\""));
        Answering.Reply read = anna("GET", path, "");
        assertTrue(ASKED.contains(read.field("asked")), read::text);
        assertTrue(read.text().contains("\"answered\":\""), read::text);
        assertFalse(read.field("answered").isBlank());
        assertEquals(409, bert("POST", path + "/decide", CONFIRM).status());

        Answering.Reply decided = anna("POST", path + "/decide", CONFIRM);
        assertEquals(200, decided.status(), decided::text);
        Answering.Reply second = bert("POST", path + "/decide", CONFIRM);
        boolean again = decided.field("state").equals("second");
        assertEquals(409, second.status(), "neither claimed nor open");
        assertTrue(again || second.text().contains("is decided: `confirm`"), second::text);
        assertEquals(1, house.cases.publish(house::write));
        List<Review> reviews = house.entries(Review.class);
        assertEquals(List.of(it.id()), reviews.stream().map(Review::id).toList());
        assertEquals(it.attempt().orElseThrow(), reviews.getFirst().attempt());
        assertEquals(
                List.of("request", "reply"),
                house.entries(Access.class).stream().map(Access::part).toList());
    }

    @Test
    void whatIsLetGoIsAnothers() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(200, anna("POST", path + "/claim", "").status());
        assertFalse(anna("GET", CASES + "?mine=1", "").text().contains("\"cases\":[]"));
        assertTrue(bert("GET", CASES + "?mine=1", "").text().contains("\"cases\":[]"));
        assertEquals(200, anna("POST", path + "/release", "").status());
        assertEquals(200, bert("POST", path + "/claim", "").status());
    }

    @Test
    void whatCannotBeUnderstoodIsNotDone() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(200, anna("POST", path + "/claim", "").status());
        for (String body :
                List.of(
                        "",
                        "[]",
                        "{\"decision\": \"confirm\"}",
                        "{\"decision\": 1, \"reason\": \"x\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"who\": \"me\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"severity\": \"bad\"}",
                        "{\"decision\": \"confirm\", \"reason\": \"x\", \"acceptable\": 0.5}")) {
            assertEquals(400, anna("POST", path + "/decide", body).status(), body);
        }
        String wrong = "{\"decision\": \"release\", \"reason\": \"x\"}";
        assertEquals(409, anna("POST", path + "/decide", wrong).status());
        for (String query : List.of("?kind=seeded", "?state=x", "?limit=0", "?limit=x")) {
            assertEquals(400, anna("GET", CASES + query, "").status(), query);
        }
        assertEquals(404, anna("GET", CASES + "/case_x", "").status());
        assertEquals(404, anna("POST", CASES + "/case_x/claim", "").status());
        assertEquals(405, anna("POST", path, "").status());
    }

    @Test
    void whoseKeyIsForAskingSeesNothingOfIt() throws Exception {
        String path = CASES + "/" + sampled().id();
        assertEquals(403, answering.ask(house.key, "GET", CASES, "").status());
        assertEquals(403, answering.ask(house.key, "GET", path, "").status());
        assertEquals(403, answering.ask(house.key, "POST", CASES + "/next", "").status());
        assertEquals(403, answering.ask(house.key, "POST", path + "/decide", CONFIRM).status());
        assertEquals(401, answering.ask("nobody", "GET", CASES, "").status());
        assertEquals(403, answering.chat(house.reviewKeys.get(0), "x").status());
    }
}
