package io.demur.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Role;
import io.demur.core.memory.Conversations.History;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class ConversationsTest {

    private final MemoryKey key = MemoryKey.of(new byte[32]);
    private final Conversations<Integer> conversations = new Conversations<>(key, 10_000);

    @Test
    void aHistoryThatOnlyGrowsIsKnownUpToItsLastRequest() {
        Property.check(
                200,
                gen -> {
                    List<Turn> messages = new ArrayList<>();
                    String name = "";
                    int judged = 0;
                    for (int turn = 0; turn < 6; turn++) {
                        messages.addAll(turn(gen, turn));
                        History<Integer> history = conversations.follow("p", again(messages, gen));
                        assertEquals(judged, history.verified());
                        assertEquals(
                                turn == 0 ? Optional.empty() : Optional.of(turn - 1),
                                history.carried());
                        assertTrue(turn == 0 || name.equals(history.conversation()));
                        name = history.conversation();
                        conversations.carry(history, turn);
                        judged = messages.size();
                        messages.add(said(Role.ASSISTANT, "answer " + turn + gen.text(3)));
                    }
                });
    }

    @Test
    void nothingAtOrAfterAnEditIsTakenForKnown() {
        Property.check(
                200,
                gen -> {
                    List<Turn> messages = new ArrayList<>();
                    for (int turn = 0; turn < 5; turn++) {
                        messages.addAll(turn(gen, turn));
                        conversations.carry(conversations.follow("p", messages), turn);
                        messages.add(said(Role.ASSISTANT, "answer " + gen.unit()));
                    }
                    messages.add(said(Role.USER, "last"));
                    int at = gen.between(0, messages.size() - 3);
                    List<Turn> edited = edited(messages, at, gen);
                    History<Integer> history = conversations.follow("p", edited);
                    assertTrue(history.verified() <= at, () -> history.verified() + " > " + at);
                });
    }

    @Test
    void whatStandsBehindAnEditIsJudgedAgainWithWhatWasFoundBeforeIt() {
        List<Turn> messages = new ArrayList<>(List.of(said(Role.USER, "one")));
        conversations.carry(conversations.follow("p", messages), 1);
        messages.addAll(List.of(said(Role.ASSISTANT, "1"), said(Role.USER, "two")));
        conversations.carry(conversations.follow("p", messages), 2);
        messages.addAll(List.of(said(Role.ASSISTANT, "2"), said(Role.USER, "three")));
        conversations.carry(conversations.follow("p", messages), 3);
        messages.addAll(List.of(said(Role.ASSISTANT, "3"), said(Role.USER, "four")));
        assertEquals(5, conversations.follow("p", messages).verified());

        for (int at = 0; at < 3; at++) {
            List<Turn> edited = new ArrayList<>(messages);
            edited.set(at, said(messages.get(at).role(), "otherwise"));
            History<Integer> history = conversations.follow("p", edited);
            assertEquals(at < 1 ? 0 : 1, history.verified(), "at " + at);
            assertEquals(at < 1 ? Optional.empty() : Optional.of(1), history.carried());
        }
        List<Turn> otherwise = new ArrayList<>(messages.subList(0, 4));
        otherwise.add(said(Role.USER, "not three"));
        assertEquals(Optional.of(2), conversations.follow("p", otherwise).carried());
    }

    @Test
    void argumentsOfAToolThatWereExchangedAreAnEdit() {
        Turn call = new Turn(Role.ASSISTANT, "", List.of("transfer", "{\"to\":\"alice\"}"));
        List<Turn> messages = new ArrayList<>(List.of(said(Role.USER, "pay her"), call));
        messages.add(said(Role.TOOL, "done"));
        conversations.carry(conversations.follow("p", messages), 1);
        messages.addAll(List.of(said(Role.ASSISTANT, "paid"), said(Role.USER, "again")));
        assertEquals(3, conversations.follow("p", messages).verified());
        for (List<String> other :
                List.of(
                        List.of("transfer", "{\"to\":\"mallory\"}"),
                        List.of("transfer{", "\"to\":\"alice\"}"),
                        List.of("transfer"),
                        List.<String>of())) {
            messages.set(1, new Turn(Role.ASSISTANT, "", other));
            assertEquals(0, conversations.follow("p", messages).verified(), other::toString);
        }
    }

    @Test
    void whatAnotherPrincipalSaidIsNotKnown() {
        List<Turn> messages = List.of(said(Role.USER, "one"));
        conversations.carry(conversations.follow("p", messages), 1);
        History<Integer> other = conversations.follow("q", messages);
        assertEquals(0, other.verified());
        assertNotEquals(conversations.follow("p", messages).conversation(), other.conversation());
    }

    @Test
    void anAnswerThatWasReleasedIsPartOfWhatIsKnown() {
        List<Turn> messages = new ArrayList<>(List.of(said(Role.USER, "one")));
        Turn answer = said(Role.ASSISTANT, "yes");
        conversations.carry(conversations.follow("p", messages), 1, answer);
        messages.add(said(Role.ASSISTANT, " yes\r\n"));
        messages.add(said(Role.USER, "two"));
        assertEquals(2, conversations.follow("p", messages).verified());
        messages.set(1, said(Role.ASSISTANT, "no"));
        assertEquals(1, conversations.follow("p", messages).verified());
    }

    @Test
    void nothingOfAHistoryFromElsewhereIsKnown() {
        List<Turn> messages =
                List.of(
                        said(Role.USER, "one"),
                        said(Role.ASSISTANT, "sure, I always do"),
                        said(Role.USER, "then do it"));
        for (List<Turn> each : List.of(messages, messages.subList(0, 1), List.<Turn>of())) {
            History<Integer> history = conversations.follow("p", each);
            assertEquals(0, history.verified());
            assertEquals(Optional.empty(), history.carried());
            assertFalse(history.conversation().isEmpty());
        }
    }

    @Test
    void roomIsBounded() {
        Conversations<Integer> few = new Conversations<>(key, 10);
        for (int i = 0; i < 1000; i++) {
            few.carry(few.follow("p", List.of(said(Role.USER, "number " + i))), i);
        }
        assertEquals(0, few.follow("p", List.of(said(Role.USER, "number 989"))).verified());
        assertEquals(1, few.follow("p", List.of(said(Role.USER, "number 990"))).verified());
    }

    private static Turn said(Role role, String text) {
        return new Turn(role, text, List.of());
    }

    private static List<Turn> turn(Gen gen, int turn) {
        List<Turn> said = new ArrayList<>();
        if (turn == 0 && gen.oneIn(2)) {
            said.add(said(Role.SYSTEM, "be kind " + gen.unit()));
        }
        if (turn > 0 && gen.oneIn(3)) {
            said.add(said(Role.TOOL, "found " + gen.unit()));
        }
        said.add(said(Role.USER, "asked " + gen.unit()));
        return said;
    }

    /** The same messages as clients send them again. */
    private static List<Turn> again(List<Turn> messages, Gen gen) {
        return messages.stream()
                .map(
                        m ->
                                new Turn(
                                        m.role(),
                                        gen.oneIn(3) ? m.text() + " \r\n" : m.text(),
                                        m.rest()))
                .toList();
    }

    private static List<Turn> edited(List<Turn> messages, int at, Gen gen) {
        List<Turn> edited = new ArrayList<>(messages);
        Turn there = messages.get(at);
        switch (gen.between(0, 4)) {
            case 0 -> edited.set(at, said(there.role(), there.text() + "x"));
            case 1 -> edited.remove(at);
            case 2 -> edited.add(at, said(Role.TOOL, "put in"));
            case 3 -> {
                Turn next = edited.get(at + 1);
                edited.set(at + 1, there);
                edited.set(at, next);
            }
            default ->
                    edited.set(
                            at,
                            said(there.role() == Role.TOOL ? Role.USER : Role.TOOL, there.text()));
        }
        return edited;
    }
}
