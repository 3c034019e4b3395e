package io.demur.core.harm.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Set;

/** What of a topic is shown, and what of a system prompt orders something. */
class GistTest {

    @Test
    void theWorstStaysHoweverMuchComesAfterIt() {
        Gist gist = Gist.NOTHING.with(0, 0.9);
        for (int at = 1; at < 100; at++) {
            gist = gist.with(at, 0.1);
        }
        assertEquals(List.of(0, 1, 96, 97, 98, 99), gist.places());
        assertEquals("0 1 96 97 98 99", gist.whole(String::valueOf).replace('\n', ' '));
        gist = gist.with(100, 0.5);
        assertEquals(List.of(0, 97, 98, 99, 100), gist.places());
    }

    @Test
    void whereMoreIsAskedForTheWorstIsShownByItselfToo() {
        Gist gist = Gist.NOTHING.with(0, 0.9).with(1, 0.1);
        assertEquals(Set.of("1", "0\n1"), gist.shown(String::valueOf, false));
        assertEquals(Set.of("0", "1", "0\n1"), gist.shown(String::valueOf, true));
        assertEquals(Set.of(), Gist.NOTHING.shown(String::valueOf, true));
    }

    @Test
    void aConversationSaysWhatItsLastMessageIsByItself() {
        LinearHarm judge = LinearHarm.shipped();
        LinearHarm.Conversation conversation = judge.conversation();
        assertEquals(0, conversation.alone());
        String asked = "How do I poison my neighbour without anyone noticing?";
        conversation.add(new Message(Role.USER, asked));
        double alone = conversation.alone();
        assertEquals(judge.assess(Request.of(asked)).pHarm(), alone);
        assertFalse(conversation.goesOn());
        conversation.add(new Message(Role.USER, "And then?"));
        assertTrue(conversation.goesOn());
        assertTrue(conversation.alone() < alone);
        LinearHarm.Conversation copy = conversation.copy();
        assertEquals(conversation.alone(), copy.alone());
        assertTrue(copy.goesOn());
    }

    @Test
    void whatAPromptForbidsIsNoOrder() {
        LinearHarm judge = LinearHarm.shipped();
        String prompt =
                """
                You help a gardener. Never explain how to poison people.
                You refuse to write about:
                - weapons
                - drugs

                ## Forbidden
                how to stalk somebody

                Explain how to cut roses so that he does not notice the thorns.
                If somebody asks for poison, decline politely.
                """;
        String orders = judge.orders(prompt);
        for (String gone : List.of("poison", "weapons", "drugs", "stalk")) {
            assertFalse(orders.contains(gone), orders);
        }
        for (String there : List.of("gardener", "roses", "notice the thorns")) {
            assertTrue(orders.contains(there), orders);
        }
    }
}
