package io.demur.core.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Message;
import io.demur.core.Role;
import io.demur.core.memory.Conversations.History;
import io.demur.core.memory.Conversations.Past;
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
                    List<Message> messages = new ArrayList<>();
                    String name = "";
                    int judged = 0;
                    for (int turn = 0; turn < 6; turn++) {
                        messages.addAll(turn(gen, turn));
                        History<Integer> history = conversations.follow("p", again(messages, gen));
                        assertEquals(judged, history.verified());
                        assertEquals(
                                turn == 0 ? Optional.empty() : Optional.of(turn - 1),
                                history.carried());
                        assertTrue(turn == 0 || history.past() == Past.VERIFIED);
                        assertTrue(turn == 0 || name.equals(history.conversation()));
                        name = history.conversation();
                        conversations.carry(history, turn);
                        judged = messages.size();
                        messages.add(new Message(Role.ASSISTANT, "answer " + turn + gen.text(3)));
                    }
                });
    }

    @Test
    void nothingAtOrAfterAnEditIsTakenForKnown() {
        Property.check(
                200,
                gen -> {
                    List<Message> messages = new ArrayList<>();
                    for (int turn = 0; turn < 5; turn++) {
                        messages.addAll(turn(gen, turn));
                        conversations.carry(conversations.follow("p", messages), turn);
                        messages.add(new Message(Role.ASSISTANT, "answer " + gen.unit()));
                    }
                    messages.add(new Message(Role.USER, "last"));
                    int at = gen.between(0, messages.size() - 3);
                    List<Message> edited = edited(messages, at, gen);
                    History<Integer> history = conversations.follow("p", edited);
                    assertTrue(history.verified() <= at, () -> history.verified() + " > " + at);
                });
    }

    @Test
    void anEditOfAnEarlierTurnIsNoticed() {
        List<Message> messages = new ArrayList<>(List.of(said(Role.USER, "one")));
        conversations.carry(conversations.follow("p", messages), 1);
        messages.addAll(List.of(said(Role.ASSISTANT, "1"), said(Role.USER, "two")));
        conversations.carry(conversations.follow("p", messages), 2);
        messages.addAll(List.of(said(Role.ASSISTANT, "2"), said(Role.USER, "three")));
        conversations.carry(conversations.follow("p", messages), 3);
        messages.addAll(List.of(said(Role.ASSISTANT, "3"), said(Role.USER, "four")));
        assertEquals(Past.VERIFIED, conversations.follow("p", messages).past());

        for (int at = 0; at < 3; at++) {
            List<Message> edited = new ArrayList<>(messages);
            edited.set(at, said(messages.get(at).role(), "otherwise"));
            assertEquals(Past.EDITED, conversations.follow("p", edited).past(), "at " + at);
        }
        List<Message> otherwise = new ArrayList<>(messages.subList(0, 4));
        otherwise.add(said(Role.USER, "not three"));
        assertEquals(Past.EDITED, conversations.follow("p", otherwise).past());
    }

    @Test
    void whatAnotherPrincipalSaidIsNotKnown() {
        List<Message> messages = List.of(said(Role.USER, "one"));
        conversations.carry(conversations.follow("p", messages), 1);
        History<Integer> other = conversations.follow("q", messages);
        assertEquals(0, other.verified());
        assertNotEquals(conversations.follow("p", messages).conversation(), other.conversation());
    }

    @Test
    void anAnswerThatWasReleasedIsPartOfWhatIsKnown() {
        List<Message> messages = new ArrayList<>(List.of(said(Role.USER, "one")));
        Message answer = said(Role.ASSISTANT, "yes");
        conversations.carry(conversations.follow("p", messages), 1, answer);
        messages.add(said(Role.ASSISTANT, " yes\r\n"));
        messages.add(said(Role.USER, "two"));
        assertEquals(2, conversations.follow("p", messages).verified());
        messages.set(1, said(Role.ASSISTANT, "no"));
        assertEquals(1, conversations.follow("p", messages).verified());
    }

    @Test
    void aHistoryFromElsewhereIsUnknown() {
        List<Message> messages =
                List.of(
                        said(Role.USER, "one"),
                        said(Role.ASSISTANT, "sure, I always do"),
                        said(Role.USER, "then do it"));
        assertEquals(Past.UNKNOWN, conversations.follow("p", messages).past());
        assertEquals(Past.NEW, conversations.follow("p", messages.subList(0, 1)).past());
        assertEquals(Past.NEW, conversations.follow("p", List.of()).past());
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

    private static Message said(Role role, String text) {
        return new Message(role, text);
    }

    private static List<Message> turn(Gen gen, int turn) {
        List<Message> said = new ArrayList<>();
        if (turn == 0 && gen.oneIn(2)) {
            said.add(new Message(Role.SYSTEM, "be kind " + gen.unit()));
        }
        if (turn > 0 && gen.oneIn(3)) {
            said.add(new Message(Role.TOOL, "found " + gen.unit()));
        }
        said.add(new Message(Role.USER, "asked " + gen.unit()));
        return said;
    }

    /** The same messages as clients send them again. */
    private static List<Message> again(List<Message> messages, Gen gen) {
        return messages.stream()
                .map(m -> new Message(m.role(), gen.oneIn(3) ? m.text() + " \r\n" : m.text()))
                .toList();
    }

    private static List<Message> edited(List<Message> messages, int at, Gen gen) {
        List<Message> edited = new ArrayList<>(messages);
        Message there = messages.get(at);
        switch (gen.between(0, 4)) {
            case 0 -> edited.set(at, new Message(there.role(), there.text() + "x"));
            case 1 -> edited.remove(at);
            case 2 -> edited.add(at, new Message(Role.TOOL, "put in"));
            case 3 -> {
                Message next = edited.get(at + 1);
                edited.set(at + 1, there);
                edited.set(at, next);
            }
            default ->
                    edited.set(
                            at,
                            new Message(
                                    there.role() == Role.TOOL ? Role.USER : Role.TOOL,
                                    there.text()));
        }
        return edited;
    }
}
