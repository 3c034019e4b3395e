package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** An answer ends once, for one reason, and within a length. */
class OneEndTest {

    private static final Dialect OPENAI = new OpenAiDialect();

    private static StopReason stop(Dialect dialect, String... data) {
        List<Event> events = Fronts.events(dialect, Fronts.sse(data));
        return assertInstanceOf(Event.Stop.class, events.getLast()).reason();
    }

    @Test
    void aBlockOnceSaidStandsWhateverIsSaidLater() {
        String end = "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}";
        String filtered = "'content_filter_results':{'violence':{'filtered':true}}";
        for (String first :
                List.of(
                        "{'choices':[{'index':0,'delta':{},'finish_reason':'content_filter'}]}",
                        "{'choices':[{'index':0,'delta':{}," + filtered + "}]}",
                        "{'choices':[],'prompt_filter_results':[{" + filtered + "}]}")) {
            assertInstanceOf(StopReason.ContentFilter.class, stop(OPENAI, first, end, "[DONE]"));
        }
        assertInstanceOf(
                StopReason.Refusal.class,
                stop(
                        new AnthropicDialect(),
                        "{'type':'message_start','message':{}}",
                        "{'type':'message_delta','delta':{'stop_reason':'refusal'}}",
                        "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
                        "{'type':'message_stop'}"));
        assertInstanceOf(
                StopReason.Refusal.class,
                Fronts.reply(
                                new OllamaDialect(),
                                "{'model':'m','message':{'content':''},'refusal':'no','done':true,"
                                        + "'done_reason':'stop'}")
                        .stop());
    }

    /** Even where words of a refusal came too. */
    @Test
    void whatAFilterWithheldForACategoryIsNoRefusalOfTheModel() {
        assertEquals(
                new StopReason.ContentFilter(
                        "finish_reason: content_filter", Optional.of("violence")),
                stop(
                        OPENAI,
                        "{'choices':[{'index':0,'delta':{'refusal':'no'},'finish_reason':"
                                + "'content_filter','content_filter_results':{'violence':"
                                + "{'filtered':true}}}]}",
                        "[DONE]"));
    }

    @Test
    void anAnswerBeginsByItself() {
        List<Event> events =
                Fronts.events(
                        new AnthropicDialect(),
                        Fronts.sse(
                                "{'type':'content_block_delta','delta':{'type':'text_delta',"
                                        + "'text':'x'}}",
                                "{'type':'message_stop'}"));
        assertEquals(new Event.Began("", ""), events.getFirst());
        assertEquals(3, events.size());
    }

    @Test
    void callsThatComeMixedArePutTogetherEachByItself() {
        Gathering gathering = new Gathering();
        List.of(
                        new Event.ToolBegan(0, "a", "read"),
                        new Event.ToolBegan(1, "b", "delete"),
                        new Event.ToolDelta(0, "{\"p\":"),
                        new Event.Text("hi"),
                        new Event.ToolDelta(1, "{}"),
                        new Event.ToolDelta(0, "1}"),
                        Event.Stop.of(StopReason.TOOL_CALL))
                .forEach(gathering::add);
        assertEquals(
                List.of(
                        new Part.ToolUse("a", "read", "{\"p\":1}", Fields.NONE),
                        new Part.ToolUse("b", "delete", "{}", Fields.NONE),
                        Part.Text.of("hi")),
                ((Reply) gathering.result().orElseThrow()).parts());
    }

    @Test
    void tooManyToolsAndTooLongAnswersHaveFailed() {
        EventFlow tools = new EventFlow();
        for (int i = 0; i < 2000; i++) {
            tools.arguments(tools.tool("t" + i, "f"), "{}");
        }
        assertFailed(tools.drain(), "more than `1024` tools");
        EventFlow text = new EventFlow();
        String piece = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            text.text(piece);
        }
        assertFailed(text.drain(), "the answer is longer than");
        EventWriter writer = Fronts.Pair.OLLAMA.front.stream(Fronts.STAMP);
        writer.write(new Event.ToolBegan(0, "a", "f"));
        for (int i = 0; i < 20; i++) {
            writer.write(new Event.ToolDelta(0, piece));
        }
        assertTrue(writer.isOver());
    }

    private static void assertFailed(List<Event> events, String message) {
        Failure failure = assertInstanceOf(Event.Failed.class, events.getLast()).failure();
        assertTrue(failure.message().contains(message), failure.message());
    }

    @Test
    void everyStringOfAnAnswerIsGiven() {
        Reply reply =
                Fronts.reply(
                        new AnthropicDialect(),
                        "{'content':[{'type':'tool_use','id':'I','name':'N','input':{}}],"
                                + "'stop_reason':'refusal','stop_sequence':'S','stop_details':"
                                + "{'category':'C','explanation':'E'}}");
        assertTrue(reply.strings().containsAll(List.of("I", "N", "S", "C", "E")));
    }
}
