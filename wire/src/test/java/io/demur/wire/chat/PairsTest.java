package io.demur.wire.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.StopReason;
import io.demur.testkit.Property;
import io.demur.wire.chat.Fronts.Pair;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a server of one protocol answers reaches a caller of another with its meaning: at once and
 * in pieces. The caller reads it with a reader of its own protocol.
 */
class PairsTest {

    static Stream<Arguments> pairs() {
        return Arrays.stream(Pair.values())
                .flatMap(up -> Arrays.stream(Pair.values()).map(in -> Arguments.of(up, in)));
    }

    private static void check(Pair up, Pair in, Reply answer, Consumer<Reply> expected) {
        Reply whole = (Reply) up.dialect.result(200, up.front.reply(answer, Fronts.STAMP));
        expected.accept((Reply) in.dialect.result(200, in.front.reply(whole, Fronts.STAMP)));
        List<Event> pieces =
                Fronts.events(up.dialect, Fronts.written(up.front, answer.events()), List.of());
        Reply streamed =
                (Reply)
                        Fronts.gathered(
                                Fronts.events(
                                        in.dialect, Fronts.written(in.front, pieces), List.of()));
        expected.accept(streamed);
    }

    private static Reply reply(StopReason stop, Part... parts) {
        return new Reply(
                "id-1",
                "alias",
                List.of(parts),
                stop,
                Optional.empty(),
                ProviderRefusal.of(stop, Optional.empty()),
                Optional.of(Usage.of(12, 34)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRefusalStaysARefusal(Pair up, Pair in) {
        StopReason refusal = new StopReason.Refusal("message.refusal", Optional.empty());
        check(
                up,
                in,
                reply(refusal, new Part.Refusal("I will not do that.")),
                read -> {
                    assertInstanceOf(StopReason.Refusal.class, read.stop());
                    assertTrue(read.refusal().isPresent());
                    assertEquals("I will not do that.", read.response().text());
                });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRefusalWithoutWordsStaysARefusal(Pair up, Pair in) {
        StopReason refusal = new StopReason.Refusal("stop_reason: refusal", Optional.empty());
        check(
                up,
                in,
                reply(refusal),
                read -> assertInstanceOf(StopReason.Refusal.class, read.stop()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aRefusalInTheMiddleOfAnAnswerStaysARefusal(Pair up, Pair in) {
        StopReason refusal = new StopReason.Refusal("stop_reason: refusal", Optional.empty());
        check(
                up,
                in,
                reply(refusal, Part.Text.of("First, ")),
                read -> {
                    assertInstanceOf(StopReason.Refusal.class, read.stop());
                    assertTrue(read.text().startsWith("First, "));
                });
    }

    /** Whatever was said before, whichever form the filter has: nobody takes it for the model. */
    @ParameterizedTest
    @MethodSource("pairs")
    void whatAFilterWithheldStaysAFilters(Pair up, Pair in) {
        Property.check(
                100,
                gen -> {
                    Optional<String> category =
                            gen.oneIn(2) ? Optional.empty() : Optional.of("self_harm");
                    StopReason filter = new StopReason.ContentFilter(gen.oneOf(FILTERS), category);
                    List<Part> parts = new ArrayList<>();
                    if (gen.oneIn(3)) {
                        parts.add(Part.Reasoning.of(Samples.text(gen)));
                    }
                    if (gen.oneIn(2)) {
                        parts.add(Part.Text.of(Samples.text(gen)));
                    }
                    if (gen.oneIn(3)) {
                        parts.add(new Part.Refusal("Withheld: " + Samples.text(gen)));
                    }
                    check(
                            up,
                            in,
                            reply(filter, parts.toArray(Part[]::new)),
                            read -> {
                                StopReason stop = read.stop();
                                assertEquals(
                                        category,
                                        assertInstanceOf(StopReason.ContentFilter.class, stop)
                                                .category());
                                assertEquals(
                                        category,
                                        read.refusal().flatMap(ProviderRefusal::category));
                                assertNotEquals(
                                        ProviderRefusal.Form.FIELD,
                                        read.refusal().orElseThrow().form());
                            });
                });
    }

    private static final List<String> FILTERS =
            List.of(
                    "finish_reason: content_filter",
                    "native_finish_reason: SAFETY",
                    "prompt_filter_results",
                    "error.code: content_policy_violation",
                    "demur.review");

    /** And a refusal of the model, in words or not, stays one. */
    @ParameterizedTest
    @MethodSource("pairs")
    void whatAModelRefusesStaysTheModels(Pair up, Pair in) {
        Property.check(
                100,
                gen -> {
                    StopReason refusal =
                            new StopReason.Refusal(
                                    gen.oneOf(List.of("message.refusal", "stop_reason: refusal")),
                                    gen.oneIn(2) ? Optional.empty() : Optional.of("cyber"));
                    List<Part> parts = new ArrayList<>();
                    if (gen.oneIn(2)) {
                        parts.add(Part.Text.of(Samples.text(gen)));
                    }
                    if (gen.oneIn(2)) {
                        parts.add(new Part.Refusal("No: " + Samples.text(gen)));
                    }
                    check(
                            up,
                            in,
                            reply(refusal, parts.toArray(Part[]::new)),
                            read -> assertInstanceOf(StopReason.Refusal.class, read.stop()));
                });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aCallOfToolsStaysOne(Pair up, Pair in) {
        check(
                up,
                in,
                reply(
                        StopReason.TOOL_CALL,
                        Part.Text.of("Let me see."),
                        new Part.ToolUse("c1", "look", "{\"at\":\"a \\\"b\\\"\"}", Fields.NONE),
                        new Part.ToolUse("c2", "list", "{}", Fields.NONE)),
                read -> {
                    assertEquals(StopReason.TOOL_CALL, read.stop());
                    assertEquals(
                            List.of(
                                    Part.Text.of("Let me see."),
                                    new Part.ToolUse(
                                            "c1", "look", "{\"at\":\"a \\\"b\\\"\"}", Fields.NONE),
                                    new Part.ToolUse("c2", "list", "{}", Fields.NONE)),
                            read.parts());
                });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anAnswerThatIsTooLongSaysSo(Pair up, Pair in) {
        check(
                up,
                in,
                reply(StopReason.LENGTH, Part.Text.of("On and")),
                read -> assertEquals(StopReason.LENGTH, read.stop()));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void thoughtsStayThoughts(Pair up, Pair in) {
        check(
                up,
                in,
                reply(StopReason.END, Part.Reasoning.of("Hm."), Part.Text.of("Yes.")),
                read -> {
                    assertEquals("Yes.", read.text());
                    Part first = read.parts().getFirst();
                    assertEquals("Hm.", assertInstanceOf(Part.Reasoning.class, first).text());
                });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void tokensAreCountedAlike(Pair up, Pair in) {
        check(
                up,
                in,
                reply(StopReason.END, Part.Text.of("a")),
                read -> {
                    assertEquals(12, read.usage().orElseThrow().input());
                    assertEquals(34, read.usage().orElseThrow().output());
                });
    }

    /** Blocked behind text that had left: nobody takes it for a whole answer. */
    @ParameterizedTest
    @MethodSource("pairs")
    void aLateBlockEndsAsEachProtocolEnds(Pair up, Pair in) {
        StopReason refusal = new StopReason.Refusal("message.refusal", Optional.of("cyber"));
        List<Event> events =
                List.of(
                        new Event.Began("", ""),
                        new Event.Text("Take the "),
                        new Event.Refusal("I stop here."),
                        new Event.Stop(
                                refusal,
                                Optional.empty(),
                                ProviderRefusal.of(refusal, Optional.empty()),
                                Optional.of(new Event.Retraction(0, 9))));
        String out = Fronts.text(Fronts.written(in.front, events));
        switch (in) {
            case OPENAI -> {
                assertTrue(out.contains("\"refusal\":\"I stop here.\""), out);
                assertTrue(out.contains("\"finish_reason\":\"content_filter\""), out);
                assertTrue(out.contains("\"end_offset\":9"), out);
                assertTrue(out.endsWith("data: [DONE]\n\n"), out);
            }
            case ANTHROPIC -> {
                assertTrue(out.contains("\"stop_reason\":\"refusal\""), out);
                assertTrue(out.contains("\"explanation\":\"I stop here.\""), out);
                assertTrue(out.contains("\"end_offset\":9"), out);
                assertTrue(out.indexOf("content_block_stop") < out.indexOf("message_delta"), out);
                assertTrue(out.endsWith("{\"type\":\"message_stop\"}\n\n"), out);
            }
            case OLLAMA -> {
                assertTrue(out.contains("\"done_reason\":\"refusal\""), out);
                assertTrue(out.contains("\"refusal\":\"I stop here.\""), out);
                assertTrue(out.contains("\"end_offset\":9"), out);
            }
        }
        Reply read =
                (Reply) Fronts.gathered(Fronts.events(in.dialect, Fronts.bytes(out), List.of()));
        assertInstanceOf(StopReason.Refusal.class, read.stop());
        assertEquals("Take the ", read.text());
        assertFalse(up.name().isEmpty());
    }
}
