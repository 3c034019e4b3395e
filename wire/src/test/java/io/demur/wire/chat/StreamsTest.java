package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.testkit.Property;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.chat.Fronts.Pair;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.TreeSet;

class StreamsTest {

    private static final Dialect OPENAI = new OpenAiDialect();

    private static final String HELLO =
            Fronts.sse(
                    "{'id':'c','model':'m','choices':[{'index':0,'delta':{'content':'Hel'}}]}",
                    "{'choices':[{'index':0,'delta':{'content':'lo'}}]}",
                    "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}",
                    "[DONE]");

    private static final List<Event> EVENTS =
            List.of(
                    new Event.Began("c", "m"),
                    new Event.Text("Hel"),
                    new Event.Text("lo"),
                    Event.Stop.of(StopReason.END));

    /** In every protocol, for answers of every kind, at every place. */
    @ParameterizedTest
    @EnumSource
    void anySplitOfAStreamGivesTheSameEvents(Pair pair) {
        Property.check(
                300,
                gen -> {
                    Reply reply = Samples.reply(gen, pair);
                    byte[] stream = Fronts.written(pair.front, reply.events());
                    List<Event> whole = Fronts.events(pair.dialect, stream, List.of());
                    TreeSet<Integer> cuts = new TreeSet<>();
                    for (int i = gen.between(1, 12); i > 0; i--) {
                        cuts.add(gen.between(0, stream.length));
                    }
                    assertEquals(whole, Fronts.events(pair.dialect, stream, List.copyOf(cuts)));
                });
    }

    @Test
    void aStreamThatComesByteByByteIsTheSame() {
        byte[] stream = Fronts.bytes(HELLO);
        List<Integer> cuts = java.util.stream.IntStream.range(1, stream.length).boxed().toList();
        assertEquals(EVENTS, Fronts.events(OPENAI, stream, cuts));
    }

    @Test
    void linesMayEndInAnyOfTheThreeWays() {
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO));
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO.replace("\n", "\r\n")));
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO.replace("\n", "\r")));
    }

    @Test
    void commentsOtherFieldsAndAByteOrderMarkArePassedOver() {
        String odd = "\uFEFF: hello\nid: 7\nretry: 5\n\n" + HELLO.replace("\n\n", "\n: ping\n\n");
        assertEquals(EVENTS, Fronts.events(OPENAI, odd));
    }

    @Test
    void dataOverSeveralLinesIsOnePiece() {
        assertEquals(
                EVENTS,
                Fronts.events(OPENAI, HELLO.replace(",\"choices\"", ",\ndata: \"choices\"")));
    }

    @Test
    void aSpaceBehindTheColonIsNotNeeded() {
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO.replace("data: ", "data:")));
    }

    /**
     * Wherever it is cut off, it has failed, unless the server had said that it refuses; what was
     * complete by then stands.
     */
    @ParameterizedTest
    @EnumSource
    void aStreamThatIsCutOffHasFailed(Pair pair) {
        Property.check(
                200,
                gen -> {
                    byte[] stream = Fronts.written(pair.front, Samples.reply(gen, pair).events());
                    List<Event> whole = Fronts.events(pair.dialect, stream, List.of());
                    int length = gen.between(0, endOfAnswer(stream) - 1);
                    byte[] cut = java.util.Arrays.copyOf(stream, length);
                    List<Event> events = Fronts.events(pair.dialect, cut, List.of());
                    Event last = events.getLast();
                    if (!(last instanceof Event.Stop stop && stop.refusal().isPresent())) {
                        assertInstanceOf(Event.Failed.class, last);
                    }
                    assertEquals(
                            whole.subList(0, events.size() - 1),
                            events.subList(0, events.size() - 1));
                });
    }

    /** A server that refuses and breaks off has refused: nobody is to take that for an outage. */
    @Test
    void aBlockThatWasSaidStandsWhereverTheStreamBreaksOff() {
        String filtered =
                "data: {\"choices\":[{\"index\":0,\"delta\":{},"
                        + "\"finish_reason\":\"content_filter\"}]}\n\n";
        String refused =
                "data: {\"type\":\"message_start\",\"message\":{\"content\":[]}}\n\n"
                        + "data: {\"type\":\"message_delta\",\"delta\":"
                        + "{\"stop_reason\":\"refusal\"}}\n\n";
        for (String rest :
                List.of("", "data: }{\n\n", "data: {\"error\":{\"message\":\"x\"}}\n\n")) {
            Event openAi = Fronts.events(OPENAI, filtered + rest).getLast();
            Event anthropic = Fronts.events(new AnthropicDialect(), refused + rest).getLast();
            assertTrue(((Event.Stop) openAi).refusal().isPresent(), rest);
            assertTrue(((Event.Stop) anthropic).refusal().isPresent(), rest);
        }
    }

    /** OpenAI's last chunk has said why it ended before the last line says that it did. */
    private static int endOfAnswer(byte[] stream) {
        String text = Fronts.text(stream);
        int finish = text.lastIndexOf("\"finish_reason\":\"");
        int at =
                finish >= 0
                        ? finish
                        : text.contains("message_stop")
                                ? text.lastIndexOf("event: message_stop")
                                : text.lastIndexOf("\"done\":true");
        return Fronts.bytes(text.substring(0, at)).length;
    }

    @Test
    void aStreamThatEndsAfterItsReasonIsWhole() {
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO.replace("data: [DONE]\n\n", "")));
    }

    @Test
    void anEmptyStreamHasFailed() {
        for (Pair pair : Pair.values()) {
            assertInstanceOf(Failure.class, Fronts.gathered(Fronts.events(pair.dialect, "")));
        }
        assertInstanceOf(Failure.class, Fronts.gathered(Fronts.events(OPENAI, "data: [DONE]\n\n")));
    }

    @Test
    void whatComesBehindTheEndIsNotRead() {
        assertEquals(EVENTS, Fronts.events(OPENAI, HELLO + HELLO));
    }

    @Test
    void aPieceWithoutEndIsGivenUp() {
        EventReader reader = OPENAI.stream();
        byte[] much = new byte[1 << 20];
        java.util.Arrays.fill(much, (byte) 'a');
        Event last = new Event.Began("", "");
        for (int i = 0; i < 6; i++) {
            for (Event event : reader.read(much)) {
                last = event;
            }
        }
        assertEquals(
                "a piece of the stream is longer than `4194304` bytes",
                assertInstanceOf(Event.Failed.class, last).failure().message());
    }

    @Test
    void aCharacterThatIsCutInTwoBetweenPiecesIsJoined() {
        List<Event> events =
                Fronts.events(
                        OPENAI,
                        Fronts.sse(
                                "{'choices':[{'delta':{'content':'a\\ud83d'}}]}",
                                "{'choices':[{'delta':{'content':'\\ude00b'}}]}",
                                "{'choices':[{'delta':{'content':'\\ud83d'}}]}",
                                "{'choices':[{'delta':{'reasoning_content':'\\ude00'},"
                                        + "'finish_reason':'stop'}]}"));
        assertEquals(
                List.of(
                        new Event.Began("", ""),
                        new Event.Text("a"),
                        new Event.Text("\uD83D\uDE00b"),
                        new Event.Text("\uFFFD"),
                        new Event.Reasoning("\uFFFD"),
                        Event.Stop.of(StopReason.END)),
                events);
    }

    /** Of any answer, whatever comes behind its end. */
    @Test
    void nothingIsWrittenBehindTheEnd() {
        Property.check(
                200,
                gen -> {
                    Front front = gen.oneOf(Fronts.ALL);
                    EventWriter writer = front.stream(Fronts.STAMP);
                    for (Event event : Samples.reply(gen, Pair.OPENAI).events()) {
                        writer.write(event);
                    }
                    assertTrue(writer.isOver());
                    for (Event event : Samples.reply(gen, Pair.OPENAI).events()) {
                        assertEquals(0, writer.write(event).length);
                    }
                    Event failed = new Event.Failed(Failure.broken("late"));
                    assertEquals(0, writer.write(failed).length);
                });
    }

    @Test
    void anAnswerThatBreaksOffEndsInAnErrorOfTheProtocol() {
        for (Front front : Fronts.ALL) {
            byte[] out =
                    Fronts.written(
                            front,
                            List.of(
                                    new Event.Began("", ""),
                                    new Event.Text("a"),
                                    new Event.Failed(Failure.broken("x"))));
            String text = Fronts.text(out);
            assertTrue(text.contains("\"error\""), text);
            assertTrue(!text.contains("[DONE]") && !text.contains("message_stop"), text);
        }
    }
}
