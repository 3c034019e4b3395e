package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.demur.core.harm.Severity;
import io.demur.desk.Choice;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Feedback;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Report;
import io.demur.record.entry.Review;
import io.demur.store.ReviewCase;
import io.demur.store.ReviewCase.Kind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stories of people at the desk whose gateway is killed: holds, samples, reports. */
class KilledDeskTest extends Killing {

    private static final String CHAT = "How do I kill a Python process that hangs?";

    @Test
    void whatIsReleasedIsFetchedOnce() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                new Mortal.Kind(
                                        HoldTest.holding(),
                                        Map.of(),
                                        UnaryOperator.identity(),
                                        false),
                                List.of(
                                        life ->
                                                told.put(
                                                        "held",
                                                        life.chat("rehearsal", CHAT)
                                                                .header("x-demur-hold")),
                                        life -> assertEquals(1, life.waiting(Kind.HOLD).size()),
                                        life ->
                                                told.put(
                                                        "case",
                                                        life.waiting(Kind.HOLD).getFirst().id()),
                                        life ->
                                                life.decide(
                                                        told.get("case"),
                                                        "anna",
                                                        Choice.of("release", "looked-at")),
                                        life -> told.put("given", given(life)),
                                        life ->
                                                assertEquals(
                                                        "hold",
                                                        life.chat("rehearsal", CHAT)
                                                                .header("x-demur-decision"))),
                                (life, entries) -> {
                                    ended(entries, told.get("given"), Outcome.Result.ALLOW);
                                    assertEquals(
                                            List.of("release"),
                                            all(entries, Review.class).stream()
                                                    .map(Review::decision)
                                                    .toList());
                                }));
    }

    /** The attempt to which a release gave its answer. */
    private static String given(Mortal life) throws Exception {
        Answering.Reply reply = life.chat("rehearsal", CHAT);
        if (reply.header("x-demur-decision").equals("allow")) {
            return attempt(reply);
        }
        // killed behind the outcome: the log says that it was answered, and good once is once
        return all(life.house.entries(), Outcome.class).stream()
                .filter(it -> it.result() == Outcome.Result.ALLOW)
                .map(Outcome::attempt)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the release is lost: " + reply.text()));
    }

    @Test
    void anAnswerThatIsDrawnIsLookedAtTwiceAndNoMore() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                kind(House.charter(), true),
                                List.of(
                                        life -> told.put("a", attempt(life.chat("vendor", CHAT))),
                                        life -> life.until(() -> !drawn(life, told).isEmpty()),
                                        life ->
                                                life.decide(
                                                        drawn(life, told).getFirst().id(),
                                                        "anna",
                                                        Choice.of("overturn", "wrong")
                                                                .severity(Severity.SERIOUS)),
                                        life ->
                                                life.decide(
                                                        drawn(life, told).getFirst().id(),
                                                        "bert",
                                                        Choice.of("confirm", "looked-at"))),
                                (life, entries) -> {
                                    ended(entries, told.get("a"), Outcome.Result.ALLOW);
                                    assertEquals(
                                            List.of("anna overturn false", "bert confirm true"),
                                            all(entries, Review.class).stream()
                                                    .map(
                                                            it ->
                                                                    "%s %s %s"
                                                                            .formatted(
                                                                                    it.reviewer(),
                                                                                    it.decision(),
                                                                                    it.second()))
                                                    .toList());
                                }));
    }

    private static List<ReviewCase> drawn(Mortal life, Told told) throws Exception {
        return life.cases(Kind.SAMPLE).stream()
                .filter(it -> it.attempt().equals(Optional.of(told.get("a"))))
                .toList();
    }

    @Test
    void reportsThatWereReceiptedAreThereAndAnsweredOnce() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                incidents(),
                                List.of(
                                        life -> told.put("a", attempt(life.chat("vendor", CHAT))),
                                        life -> told.put("named", reported(life, "kept", told)),
                                        life -> told.put("nameless", reported(life, "none", told)),
                                        life -> content(life, told.get("a")),
                                        life ->
                                                life.decide(
                                                        told.get("named"),
                                                        "anna",
                                                        Choice.of("overturn", "looked-at")),
                                        life ->
                                                life.decide(
                                                        told.get("nameless"),
                                                        "bert",
                                                        Choice.of("confirm", "looked-at"))),
                                (life, entries) -> {
                                    assertEquals(
                                            List.of("opened", "upheld"),
                                            states(entries, told.get("named")));
                                    assertEquals(
                                            List.of("opened", "dismissed"),
                                            states(entries, told.get("nameless")));
                                    assertEquals(2, all(entries, Review.class).size());
                                    assertFalse(all(entries, Feedback.class).isEmpty());
                                }));
    }

    private static void content(Mortal life, String attempt) throws Exception {
        String body = "{\"attempt\": \"%s\", \"thumb\": \"down\"}".formatted(attempt);
        assertEquals(204, life.ask("POST", "/demur/v1/feedback", body).status());
    }

    private static String reported(Mortal life, String name, Told told) throws Exception {
        Answering.Reply made =
                life.ask(
                        "POST",
                        "/demur/v1/reports",
                        """
                        {"about": "exchange", "attempt": "%s", "reason": "stalking",\
                         "name": "%s", "words": "They ask for our stores."}\
                        """
                                .formatted(told.get("a"), name));
        assertEquals(201, made.status(), made::text);
        return made.field("id");
    }

    private static List<String> states(List<Entry> entries, String report) {
        return all(entries, Report.class).stream()
                .filter(it -> it.id().equals(report))
                .map(Report::state)
                .toList();
    }
}
