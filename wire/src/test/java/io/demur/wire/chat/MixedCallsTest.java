package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Calls of tools that a server sends mixed into each other, and refusals without words. */
class MixedCallsTest {

    private static final String MIXED =
            Fronts.sse(
                    began(0, "one", "f"),
                    began(1, "two", "g"),
                    more(1, "{\\'b\\':"),
                    more(0, "{\\'a\\':\\'}\\',"),
                    more(1, "2}"),
                    "{'choices':[{'delta':{'content':'Both.'}}]}",
                    more(0, "\\'c\\':[1]}"),
                    "{'choices':[{'delta':{},'finish_reason':'tool_calls'}]}",
                    "[DONE]");

    private static String began(int index, String id, String name) {
        return ("{'choices':[{'delta':{'tool_calls':[{'index':%d,'id':'%s',"
                        + "'function':{'name':'%s','arguments':''}}]}}]}")
                .formatted(index, id, name);
    }

    private static String more(int index, String arguments) {
        return "{'choices':[{'delta':{'tool_calls':[{'index':%d,'function':{'arguments':'%s'}}]}}]}"
                .formatted(index, arguments);
    }

    @Test
    void eachCallComesWholeAndBehindTheOther() {
        assertEquals(
                List.of(
                        new Event.Began("", ""),
                        new Event.ToolBegan(0, "one", "f"),
                        new Event.ToolDelta(0, "{\"a\":\"}\","),
                        new Event.ToolDelta(0, "\"c\":[1]}"),
                        new Event.ToolBegan(1, "two", "g"),
                        new Event.ToolDelta(1, "{\"b\":2}"),
                        new Event.Text("Both."),
                        Event.Stop.of(StopReason.TOOL_CALL)),
                Fronts.events(new OpenAiDialect(), MIXED));
    }

    /** A call with empty arguments is another call, which a client would make. */
    @Test
    void everyProtocolGetsTheCallsWithTheirArguments() {
        List<Event> events = Fronts.events(new OpenAiDialect(), MIXED);
        for (Fronts.Pair pair : Fronts.Pair.values()) {
            byte[] written = Fronts.written(pair.front, events);
            assertFalse(Fronts.text(written).contains("error"), pair + Fronts.text(written));
            Reply reply =
                    assertInstanceOf(
                            Reply.class,
                            Fronts.gathered(Fronts.events(pair.dialect, written, List.of())));
            List<String> calls =
                    reply.parts().stream()
                            .filter(Part.ToolUse.class::isInstance)
                            .map(Part.ToolUse.class::cast)
                            .map(use -> use.name() + use.arguments().replace(" ", ""))
                            .toList();
            assertEquals(List.of("f{\"a\":\"}\",\"c\":[1]}", "g{\"b\":2}"), calls, pair.name());
        }
    }

    @Test
    void aCallThatLacksItsArgumentsWaitsForThem() {
        EventWriter writer = new OllamaFront(OllamaFront.Kind.CHAT).stream(Fronts.STAMP);
        writer.write(new Event.ToolBegan(0, "one", "f"));
        assertFalse(Fronts.text(writer.write(new Event.Text("Well."))).contains("tool_calls"));
        writer.write(new Event.ToolDelta(0, "{\"a\":1}"));
        assertTrue(
                Fronts.text(writer.write(Event.Stop.of(StopReason.TOOL_CALL)))
                        .contains("\"arguments\":{\"a\":1}"));
    }

    /** Each piece waited as an event of its own, and four million of them filled the memory. */
    @Test
    void aTextACharacterAtATimeBehindACallThatNeverEndsWaitsAsOne() {
        EventFlow flow = new EventFlow();
        flow.arguments(flow.tool("one", "f"), "{");
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            String letter = String.valueOf((char) ('a' + i % 26));
            flow.text(letter);
            text.append(letter);
        }
        flow.reasoning("W");
        flow.reasoning("ell.");
        flow.refusal("N");
        flow.refusal("o.");
        flow.signature("c2VhbA==");
        flow.signature("c2VhbA==");
        flow.text("Yes.");
        flow.ended();
        List<Event> events = flow.drain();
        assertEquals(10, events.size()); // before thousands would be printed
        assertEquals(
                List.of(
                        new Event.Began("", ""),
                        new Event.ToolBegan(0, "one", "f"),
                        new Event.ToolDelta(0, "{"),
                        new Event.Text(text.toString()),
                        new Event.Reasoning("Well."),
                        new Event.Refusal("No."),
                        new Event.Signature("c2VhbA=="),
                        new Event.Signature("c2VhbA=="),
                        new Event.Text("Yes.")),
                events.subList(0, events.size() - 1));
        assertInstanceOf(Event.Stop.class, events.getLast());
    }

    @Test
    void behindACallThatNeverEndsOnlySoMuchWaits() {
        EventFlow flow = new EventFlow();
        flow.arguments(flow.tool("one", "f"), "{");
        flow.text("x".repeat(EventFlow.WAITING_MAX / 2));
        flow.arguments(0, "}");
        flow.text("x".repeat(EventFlow.WAITING_MAX));
        flow.text("x");
        assertFalse(flow.isOver(), "that call has ended");
        int sent = 0;
        flow.arguments(flow.tool("two", "f"), "{");
        while (!flow.isOver()) {
            flow.text("x");
            sent++;
        }
        assertTrue(sent <= EventFlow.WAITING_MAX, () -> "too much waited");
        assertInstanceOf(Event.Failed.class, flow.drain().getLast());
    }

    @Test
    void whatComesToACallThatWasWholeIsNoAnswer() {
        String late =
                Fronts.sse(
                        began(0, "one", "f"), more(0, "{}"), began(1, "two", "g"), more(0, "{}"));
        assertInstanceOf(Failure.class, Fronts.gathered(Fronts.events(new OpenAiDialect(), late)));
    }

    /** Nothing came, and the provider said why in a reason alone. */
    @Test
    void aBlockWithoutWordsIsSaidInAPlainSentence() throws Exception {
        StopReason filter = new StopReason.ContentFilter("finish_reason", Optional.of("violence"));
        Reply blocked =
                new Reply(
                        "",
                        "",
                        List.of(),
                        filter,
                        Optional.empty(),
                        ProviderRefusal.of(filter, Optional.empty()),
                        Optional.empty());
        for (Front front : Fronts.ALL) {
            String whole = Fronts.text(front.reply(blocked, Fronts.STAMP));
            String pieces = Fronts.text(Fronts.written(front, blocked.events()));
            for (String said : List.of(whole, pieces)) {
                assertTrue(said.contains("violence"), front.getClass() + said);
                if (!front.streamType().equals("text/event-stream") || said.contains("choices")) {
                    assertTrue(said.contains("provider declined"), front.getClass() + said);
                }
            }
        }
        byte[] chat = Fronts.Pair.OPENAI.front.reply(blocked, Fronts.STAMP);
        Reply again = (Reply) Fronts.Pair.OPENAI.dialect.result(200, chat);
        assertEquals(
                Optional.of("violence"),
                assertInstanceOf(StopReason.ContentFilter.class, again.stop()).category());
    }

    @Test
    void aServerThatTakesTooLongIsATimeout() {
        Fault fault = Fault.of(new Failure(Failure.Kind.OUTAGE, 504, "late"));
        assertEquals(504, fault.kind().status());
        assertEquals(502, Fault.of(new Failure(Failure.Kind.OUTAGE, 500, "")).kind().status());
    }
}
