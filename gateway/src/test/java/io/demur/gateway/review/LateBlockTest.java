package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Stamp;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an answer ends in each protocol, of which the rest is kept back after some has left. */
class LateBlockTest {

    private static final Event.Began BEGAN = new Event.Began("", "m");
    private static final Event TEXT = new Event.Text("It begins");
    private static final Event TOOL = new Event.ToolBegan(0, "call_1", "send");
    private static final Event ARGUMENTS = new Event.ToolDelta(0, "{\"to\":\"al");
    private static final Event WORDS = new Event.Refusal("The rest is kept back.");

    private static Event.Stop stop(int released) {
        StopReason reason = new StopReason.ContentFilter("demur.review", Optional.empty());
        return new Event.Stop(
                reason,
                Optional.empty(),
                ProviderRefusal.of(reason, Optional.empty()),
                released == 0 ? Optional.empty() : Optional.of(new Event.Retraction(0, released)));
    }

    private static String written(Front front, Event... events) {
        EventWriter writer = front.stream(new Stamp("att_1", "m", Instant.EPOCH, false));
        StringBuilder all = new StringBuilder();
        for (Event event : events) {
            all.append(new String(writer.write(event), StandardCharsets.UTF_8));
        }
        assertTrue(writer.isOver());
        assertEquals(0, writer.write(TEXT).length, "written behind the end");
        return all.toString();
    }

    private static void assertOrder(String all, List<String> parts) {
        int from = 0;
        for (String part : parts) {
            int at = all.indexOf(part, from);
            assertTrue(at >= 0, () -> "`%s` is missing in its place in%n%s".formatted(part, all));
            from = at + part.length();
        }
    }

    @Test
    void chatCompletionsGetARefusalAndAFilter() {
        assertOrder(
                written(new ChatFront(), BEGAN, TEXT, WORDS, stop(9)),
                List.of(
                        "\"content\":\"It begins\"",
                        "\"refusal\":\"The rest is kept back.\"",
                        "\"finish_reason\":\"content_filter\"",
                        "\"start_offset\":0",
                        "\"end_offset\":9",
                        "[DONE]"));
        assertOrder(
                written(new ChatFront(), BEGAN, TOOL, ARGUMENTS, WORDS, stop(0)),
                List.of("tool_calls", "\"refusal\":\"The", "content_filter", "[DONE]"));
    }

    @Test
    void completionsGetAFilter() {
        assertOrder(
                written(new CompletionsFront(), BEGAN, TEXT, WORDS, stop(9)),
                List.of("It begins", "\"finish_reason\":\"content_filter\"", "[DONE]"));
    }

    @Test
    void messagesGetARefusalBehindClosedBlocks() {
        assertOrder(
                written(new MessagesFront(), BEGAN, TEXT, WORDS, stop(9)),
                List.of(
                        "content_block_start",
                        "It begins",
                        "content_block_stop",
                        "\"stop_reason\":\"refusal\"",
                        "The rest is kept back.",
                        "\"end_offset\":9",
                        "message_stop"));
        assertOrder(
                written(new MessagesFront(), BEGAN, TOOL, ARGUMENTS, WORDS, stop(0)),
                List.of(
                        "tool_use",
                        "input_json_delta",
                        "content_block_stop",
                        "\"text\":\"The rest is kept back.\"",
                        "content_block_stop",
                        "\"stop_reason\":\"refusal\"",
                        "message_stop"));
    }

    @Test
    void ollamaGetsALastLineAndNoHalfCall() {
        assertOrder(
                written(new OllamaFront(OllamaFront.Kind.CHAT), BEGAN, TEXT, WORDS, stop(9)),
                List.of(
                        "It begins",
                        "\"done\":true",
                        "\"done_reason\":\"content_filter\"",
                        "\"refusal\":\"The rest is kept back.\"",
                        "\"end_offset\":9"));
        String call =
                written(
                        new OllamaFront(OllamaFront.Kind.CHAT),
                        BEGAN,
                        TOOL,
                        ARGUMENTS,
                        WORDS,
                        stop(0));
        assertFalse(call.contains("tool_calls"), call);
        assertOrder(call, List.of("The rest is kept back.", "\"done_reason\":\"content_filter\""));
    }
}
