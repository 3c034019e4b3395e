package io.demur.gateway;

import static io.demur.gateway.Spoken.DOSSIERS;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.desk.Choice;
import io.demur.record.entry.Appeal;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Erase;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Review;
import io.demur.record.entry.RouteAround;
import io.demur.store.ReviewCase.Kind;
import io.demur.store.StoreRefused;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Stories of callers whose gateway is killed: what comes again, an appeal, an erasure. */
class KilledTest extends Killing {

    @Test
    void whatComesAgainIsOneCaseWithAnEntryForEachTime() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                incidents(),
                                List.of(
                                        life ->
                                                told.put(
                                                        "r",
                                                        attempt(life.chat("hosted", DOSSIERS))),
                                        life ->
                                                told.put(
                                                        "a", attempt(life.chat("local", DOSSIERS))),
                                        life ->
                                                told.put(
                                                        "b",
                                                        attempt(life.chat("vendor", DOSSIERS))),
                                        life ->
                                                life.until(
                                                        () ->
                                                                life.house
                                                                        .requestPrints
                                                                        .uncompared(
                                                                                life.house.clock
                                                                                        .instant(),
                                                                                9)
                                                                        .isEmpty()),
                                        life -> assertEquals(1, life.cases(Kind.INCIDENT).size()),
                                        life -> told.put("case", incident(life)),
                                        life ->
                                                life.decide(
                                                        told.get("case"),
                                                        "anna",
                                                        Choice.of("confirm", "looked-at")
                                                                .acceptable(false))),
                                (life, entries) -> {
                                    ended(entries, told.get("r"), Outcome.Result.REFUSE_UPSTREAM);
                                    ended(entries, told.get("a"), Outcome.Result.ALLOW);
                                    ended(entries, told.get("b"), Outcome.Result.ALLOW);
                                    List<RouteAround> around = all(entries, RouteAround.class);
                                    assertEquals(
                                            Set.of(told.get("case")),
                                            around.stream()
                                                    .map(RouteAround::id)
                                                    .collect(Collectors.toSet()));
                                    // who asks again what was answered, as far as is known, has
                                    // another answer to the same: the first of them is told of
                                    assertTrue(
                                            models(entries, around)
                                                    .containsAll(List.of("local", "vendor")),
                                            around::toString);
                                    assertEquals(1, all(entries, Review.class).size());
                                }));
    }

    @Test
    void anAppealIsAnsweredOnceAndWhatItAllowsIsACaseForNobody() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                incidents(),
                                List.of(
                                        life ->
                                                told.put(
                                                        "r",
                                                        attempt(life.chat("hosted", DOSSIERS))),
                                        life ->
                                                told.put(
                                                        "appeal",
                                                        appealed(life, told.get("r")).field("id")),
                                        life ->
                                                life.decide(
                                                        told.get("appeal"),
                                                        "anna",
                                                        Choice.of("overturn", "for-a-play")),
                                        life -> life.chat("local", DOSSIERS)),
                                (life, entries) -> {
                                    assertEquals(
                                            List.of("opened", "upheld"),
                                            all(entries, Appeal.class).stream()
                                                    .map(Appeal::state)
                                                    .toList());
                                    assertEquals(1, all(entries, Review.class).size());
                                    assertEquals(
                                            List.of("approved"),
                                            all(entries, RouteAround.class).stream()
                                                    .filter(it -> it.toClass().equals("local"))
                                                    .map(it -> it.route().orElseThrow().kind())
                                                    .distinct()
                                                    .toList());
                                }));
    }

    /** Which models the requests went to that were like a refused one; each is told of once. */
    private static Set<String> models(List<Entry> entries, List<RouteAround> around) {
        List<String> attempts = around.stream().map(RouteAround::attempt).toList();
        assertEquals(attempts.size(), Set.copyOf(attempts).size(), attempts::toString);
        return all(entries, Attempt.class).stream()
                .filter(it -> attempts.contains(it.id()))
                .map(Attempt::model)
                .collect(Collectors.toSet());
    }

    private static String incident(Mortal life) throws Exception {
        return life.cases(Kind.INCIDENT).getFirst().id();
    }

    private static Answering.Reply appealed(Mortal life, String attempt) throws Exception {
        Answering.Reply made =
                life.ask(
                        "POST",
                        "/demur/v1/appeals",
                        "{\"words\": \"It is a scene of a play.\", \"attempt\": \"%s\"}"
                                .formatted(attempt));
        assertTrue(made.status() == 201 || made.status() == 200, made::text);
        assertFalse(made.field("id").equals("none"), made::text);
        return made;
    }

    @Test
    void whoeverIsErasedIsErasedAndTheCaseStays() throws Exception {
        play(
                told ->
                        new Lives.Story(
                                incidents(),
                                List.of(
                                        life ->
                                                told.put(
                                                        "r",
                                                        attempt(life.chat("hosted", DOSSIERS))),
                                        life -> life.chat("local", DOSSIERS),
                                        life -> {
                                            told.first("who", life.house.principal);
                                            erased(life, told.get("who"));
                                        }),
                                (life, entries) -> {
                                    Optional<String> who = Optional.of(told.get("who"));
                                    assertTrue(
                                            all(entries, Erase.class).stream()
                                                    .anyMatch(it -> it.subject().equals(who)));
                                    assertFalse(all(entries, RouteAround.class).isEmpty());
                                }));
    }

    private static void erased(Mortal life, String who) throws Exception {
        try {
            life.house.erasure.subjects(List.of(who), "request");
        } catch (StoreRefused e) {
            assertTrue(
                    String.valueOf(e.getMessage()).endsWith("or it is erased"),
                    () -> "" + e.getMessage());
        }
        assertFalse(life.house.requestPrints.subjects().contains(who));
    }
}
