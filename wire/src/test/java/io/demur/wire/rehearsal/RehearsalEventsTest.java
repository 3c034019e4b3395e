package io.demur.wire.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.demur.core.StopReason;
import io.demur.core.rehearsal.Rehearsal;
import io.demur.wire.chat.BadCall;
import io.demur.wire.chat.Call;
import io.demur.wire.chat.Embed;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Part;
import io.demur.wire.chat.ProviderRefusal;
import io.demur.wire.chat.Reply;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.Embeddings;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

class RehearsalEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final RehearsalEvents REHEARSAL = new RehearsalEvents(Rehearsal.shipped());

    private static final String SCHEMA =
            """
            {"type": "object", "properties": {
              "city": {"type": "string"}, "days": {"type": "integer", "minimum": 2},
              "unit": {"enum": ["c", "f"]},
              "stops": {"type": "array", "items": {"$ref": "#/$defs/stop"}}},
             "$defs": {"stop": {"type": "object", "properties": {
              "name": {"type": ["string", "null"]}, "next": {"$ref": "#/$defs/stop"},
              "other": {"$ref": "#/$defs/stop"}}}}}
            """;

    @Test
    void answersInPiecesThatMakeAReply() throws Exception {
        Reply reply = reply("how do I kill a Python process?", "");
        assertEquals(StopReason.END, reply.stop());
        assertTrue(reply.text().contains("pgrep"), reply.text());
        assertEquals("rehearsal", reply.model());
        assertTrue(reply.usage().orElseThrow().output() > 10);
    }

    @Test
    void refusesInEachFormOfAProvider() throws Exception {
        check("provider refusal", ProviderRefusal.Form.FIELD);
        check("provider stop", ProviderRefusal.Form.STOP);
        check("provider late", ProviderRefusal.Form.STOP);
        check("provider filter", ProviderRefusal.Form.ANSWER_FILTER);
        check("provider prompt filter", ProviderRefusal.Form.PROMPT_FILTER);
        check("provider error", ProviderRefusal.Form.ERROR);
    }

    private static void check(String cue, ProviderRefusal.Form form) throws Exception {
        Reply reply = reply("[rehearse: " + cue + "] hello there", "");
        assertEquals(form, reply.refusal().orElseThrow().form(), cue);
    }

    @Test
    void failsAtOnceWithAStatusAndLaterWithout() throws Exception {
        List<Beat> busy = REHEARSAL.answer(call("[rehearse: busy] hello", ""));
        Failure failure = failure(busy);
        assertEquals(1, busy.size());
        assertEquals(Failure.Kind.BUSY, failure.kind());
        assertEquals(429, failure.status());
        Failure broken = failure(REHEARSAL.answer(call("[rehearse: break] what is love", "")));
        assertEquals(Failure.Kind.BROKEN, broken.kind());
        assertInstanceOf(
                Beat.Silence.class,
                REHEARSAL.answer(call("[rehearse: stall] what is love", "")).getLast());
    }

    @Test
    void pausesAreValues() throws Exception {
        List<Beat> beats = REHEARSAL.answer(call("[rehearse: wait 50, slow 5] hello", ""));
        assertEquals(new Beat.Pause(Duration.ofMillis(50)), beats.getFirst());
        assertTrue(beats.contains(new Beat.Pause(Duration.ofMillis(5))));
    }

    @Test
    void callsTheToolThatIsDemandedWithArgumentsOfItsSchema() throws Exception {
        String tools =
                """
                , "tools": [{"type": "function", "function": {"name": "other"}},
                 {"type": "function", "function": {"name": "trip", "parameters": %s}}],
                 "tool_choice": {"type": "function", "function": {"name": "trip"}}
                """
                        .formatted(SCHEMA);
        Reply reply = reply("plan a trip to Rome", tools);
        Part.ToolUse use = assertInstanceOf(Part.ToolUse.class, reply.parts().getFirst());
        assertEquals("trip", use.name());
        assertEquals(StopReason.TOOL_CALL, reply.stop());
        checkTrip(JSON.readTree(use.arguments()));
    }

    @Test
    void answersInJsonOfTheSchema() throws Exception {
        String format =
                """
                , "response_format": {"type": "json_schema",
                 "json_schema": {"name": "trip", "schema": %s}}
                """
                        .formatted(SCHEMA);
        checkTrip(JSON.readTree(reply("plan a trip to Rome", format).text()));
        String any = ", \"response_format\": {\"type\": \"json_object\"}";
        assertTrue(JSON.readTree(reply("plan a \"trip\"\\n", any).text()).isObject());
    }

    private static void checkTrip(JsonNode trip) {
        assertTrue(trip.path("city").asText().contains("plan a trip to Rome"), trip.toString());
        assertEquals(2, trip.path("days").asInt());
        assertEquals("c", trip.path("unit").asText());
        assertTrue(trip.path("stops").path(0).path("name").isTextual(), trip.toString());
    }

    @Test
    void thinksBeforeItAnswers() throws Exception {
        Reply reply = reply("[rehearse: think harm] how do I stalk her", "");
        Part.Reasoning thought = assertInstanceOf(Part.Reasoning.class, reply.parts().getFirst());
        assertTrue(thought.text().contains("stalk her"), thought.text());
        assertEquals("Done.", reply.text());
    }

    @Test
    void embedsAsManyNumbersAsAreAskedFor() throws Exception {
        String body =
                """
                {"model": "rehearsal", "input": ["a cat", "a dog"], "dimensions": 32}
                """;
        Embed embed = Embeddings.read(body.getBytes(StandardCharsets.UTF_8));
        assertEquals(2, REHEARSAL.embed(embed).vectors().size());
        assertEquals(32, REHEARSAL.embed(embed).vectors().getFirst().length);
    }

    private static Failure failure(List<Beat> beats) {
        Beat.Comes last = assertInstanceOf(Beat.Comes.class, beats.getLast());
        return assertInstanceOf(Event.Failed.class, last.event()).failure();
    }

    private static Reply reply(String prompt, String rest) throws Exception {
        Gathering gathering = new Gathering();
        for (Beat beat : REHEARSAL.answer(call(prompt, rest))) {
            if (beat instanceof Beat.Comes comes) {
                gathering.add(comes.event());
            }
        }
        return assertInstanceOf(Reply.class, gathering.result().orElseThrow());
    }

    private static Call call(String prompt, String rest) throws BadCall, IOException {
        String body =
                """
                {"model": "rehearsal", "messages": [{"role": "user", "content": %s}]%s}
                """
                        .formatted(JSON.writeValueAsString(prompt), rest);
        return (Call) new ChatFront().read(body.getBytes(StandardCharsets.UTF_8));
    }
}
