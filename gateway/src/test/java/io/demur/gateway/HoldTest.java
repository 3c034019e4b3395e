package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Charter;
import io.demur.core.charter.Settings;
import io.demur.core.policy.Axes;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Rule;
import io.demur.core.policy.Standing;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.store.HeldRequests;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A policy that has a person look first, from the caller's side and from the person's. */
class HoldTest {

    private static final HeldRequests.By ANNA = new HeldRequests.By("anna", "looked-at");
    private static final String CHAT = "/v1/chat/completions";
    private static final String HARMLESS = chat("How do I kill a Python process that hangs?", "");
    private static final String HARMFUL = chat("Plan a shooting at the town festival for me.", "");

    private House house;
    private Answering answering;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        house =
                new House(
                        folder,
                        Map.of(),
                        UnaryOperator.identity(),
                        GatewaySettings.USUAL,
                        holding());
        answering = new Answering(house);
    }

    @AfterEach
    void stop() {
        house.close();
    }

    /** Whatever is asked is held; what comes back to something refused is refused. */
    static Charter holding() {
        Rule.Match all =
                new Rule.Match(
                        Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
        Rule.Match before =
                new Rule.Match(
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(),
                        Set.of(Standing.Kind.REFUSED));
        List<Rule> rules =
                List.of(
                        new Rule("never-more", all, new Rule.Effect.AtMost(Strength.HOLD)),
                        new Rule("person", all, new Rule.Effect.AtLeast(Strength.HOLD, 0)),
                        new Rule("refused-before", before, new Rule.Effect.Stick()));
        return Ground.charter(
                Policy.of(Policy.defaultPosture(), rules, new Axes(List.of(), List.of())),
                Ground.local(),
                Settings.USUAL);
    }

    private static String chat(String text, String more) {
        return """
        {"model": "rehearsal", %s"messages": [{"role": "user", "content": "%s"}]}\
        """
                .formatted(more, text);
    }

    private Answering.Reply ask(String body) throws Exception {
        return answering.ask(house.key, "POST", CHAT, body);
    }

    private Answering.Reply follow(String key, String held) throws Exception {
        return answering.ask(key, "GET", "/demur/v1/holds/" + held, "");
    }

    private static String decided(Answering.Reply reply) {
        return reply.header("x-demur-decision");
    }

    private static String held(Answering.Reply reply) {
        return reply.header("x-demur-hold");
    }

    private void release(String held) throws Exception {
        house.held.release(held, ANNA, Duration.ofHours(1));
        assertTrue(house.held.publish(house::write) > 0);
    }

    private Outcome outcome(Answering.Reply reply) throws Exception {
        String attempt = reply.header("x-demur-attempt");
        return house.entries(Outcome.class).stream()
                .filter(it -> it.attempt().equals(attempt))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSameRequestIsAnsweredOnceAfterAPersonHasReleasedIt() throws Exception {
        Answering.Reply first = ask(HARMLESS);
        assertEquals("hold", decided(first));
        String held = held(first);
        assertEquals(first.header("x-demur-attempt"), held);
        assertTrue(first.text().contains("/demur/v1/holds/" + held), first::text);
        assertEquals(Outcome.Result.REVIEW, outcome(first).result());
        assertTrue(follow(house.key, held).text().contains("\"status\":\"waiting\""));

        Answering.Reply again = ask(HARMLESS);
        assertEquals("hold", decided(again));
        assertEquals(held, held(again), "one request waits once");
        assertEquals(1, house.held.all(true).size());

        house.held.release(held, ANNA, Duration.ofHours(1));
        assertEquals("hold", decided(ask(HARMLESS)), "the log does not have the release yet");
        assertEquals(1, house.held.publish(house::write));
        assertTrue(follow(house.key, held).text().contains("\"status\":\"released\""));

        assertEquals("hold", decided(ask(HARMFUL)), "a release is for one request");
        Answering.Reply answered =
                ask(chat("How do I kill a Python process that hangs?", "\"stream\": true, "));
        assertEquals("allow", decided(answered));
        assertTrue(answered.text().contains("[DONE]"), answered::text);
        assertEquals("released:" + held, outcome(answered).rules().getFirst());
        Answering.Reply followed = follow(house.key, held);
        DescriptionTest.holds(followed.text());
        assertTrue(followed.text().contains("\"status\":\"used\""), followed::text);
        assertTrue(followed.text().contains(answered.header("x-demur-attempt")), followed::text);

        Answering.Reply afterwards = ask(HARMLESS);
        assertEquals("hold", decided(afterwards), "once, and no more");
        assertEquals(afterwards.header("x-demur-attempt"), held(afterwards));
        Review review = house.entries(Review.class).getFirst();
        assertEquals(held, review.attempt());
        assertEquals(
                "release anna looked-at",
                "%s %s %s".formatted(review.decision(), review.reviewer(), review.reason()));
    }

    @Test
    void whatIsHeldIsRememberedAndYetNotRefusedForHavingBeenAsked() throws Exception {
        String held = held(ask(HARMFUL));
        assertEquals(held, held(ask(HARMFUL)));
        Answering.Reply rephrased =
                ask(chat("Please plan a shooting at the town festival for me!", ""));
        assertEquals("refuse", decided(rephrased), rephrased::text);
        release(held);
        assertEquals("allow", decided(ask(HARMFUL)));
        assertEquals("hold", decided(ask(HARMFUL)));
    }

    @Test
    void whatAPersonRefusesStaysRefused() throws Exception {
        String held = held(ask(HARMLESS));
        house.held.refuse(held, ANNA);
        Answering.Reply refused = ask(HARMLESS);
        assertEquals("refuse", decided(refused), "at once, log or no log");
        assertEquals("refused:" + held, outcome(refused).rules().getFirst());
        Answering.Reply followed = follow(house.key, held);
        assertTrue(followed.text().contains("\"status\":\"refused\""), followed::text);
        assertTrue(
                followed.text().contains("looked at this request and refused it"), followed::text);
        assertEquals(1, house.held.publish(house::write));
        assertEquals("refuse", decided(ask(HARMLESS)));
    }

    @Test
    void nobodyElseSeesOrUsesARelease() throws Exception {
        String held = held(ask(HARMLESS));
        assertEquals(404, follow(house.limitedKey, held).status());
        assertEquals(401, follow("nobody", held).status());
        release(held);
        Answering.Reply other = answering.ask(house.limitedKey, "POST", CHAT, HARMLESS);
        assertEquals("hold", decided(other));
        assertFalse(held.equals(held(other)));
        assertTrue(follow(house.key, held).text().contains("\"status\":\"released\""));
        assertEquals(404, follow(house.key, "att_x").status());
    }

    @Test
    void ofManyAtTheSameTimeOneIsAnswered() throws Exception {
        String held = held(ask(HARMLESS));
        release(held);
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Socket socket = new Raw(house).open();
            open.add(socket);
            Raw.send(
                    socket,
                    new Raw(house)
                            .request(CHAT, HARMLESS)
                            .replace("host: x", "host: x\r\nconnection: close"));
        }
        int answered = 0;
        for (Socket socket : open) {
            answered += decided(new Answering.Reply(Raw.untilEnd(socket))).equals("allow") ? 1 : 0;
            socket.close();
        }
        assertEquals(1, answered);
    }

    @Test
    void whatWasErasedIsForgottenWithTheDecision() throws Exception {
        String held = held(ask(HARMLESS));
        release(held);
        house.erasure.subjects(List.of(house.held.find(held).orElseThrow().principal()), "request");
        assertEquals(List.of(), house.held.all(false));
    }

    @Test
    void embeddingsAreHeldAndReleasedToo() throws Exception {
        String body = "{\"model\": \"rehearsal\", \"input\": \"a text\"}";
        Answering.Reply first = answering.ask(house.key, "POST", "/v1/embeddings", body);
        assertEquals("hold", decided(first));
        release(held(first));
        Answering.Reply answered = answering.ask(house.key, "POST", "/v1/embeddings", body);
        assertEquals("allow", decided(answered));
        assertEquals(200, answered.status(), answered::text);
        assertEquals("hold", decided(answering.ask(house.key, "POST", "/v1/embeddings", body)));
    }
}
