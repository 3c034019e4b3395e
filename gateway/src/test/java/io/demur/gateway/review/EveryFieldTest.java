package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.StopReason;
import io.demur.core.charter.Settings;
import io.demur.testkit.Property;
import io.demur.wire.anthropic.AnthropicDialect;
import io.demur.wire.anthropic.MessagesFront;
import io.demur.wire.chat.Dialect;
import io.demur.wire.chat.Event;
import io.demur.wire.chat.EventReader;
import io.demur.wire.chat.EventWriter;
import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Fault;
import io.demur.wire.chat.Front;
import io.demur.wire.chat.Gathering;
import io.demur.wire.chat.Reply;
import io.demur.wire.chat.Result;
import io.demur.wire.chat.Stamp;
import io.demur.wire.ollama.OllamaDialect;
import io.demur.wire.ollama.OllamaFront;
import io.demur.wire.openai.ChatFront;
import io.demur.wire.openai.CompletionsFront;
import io.demur.wire.openai.OpenAiDialect;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server of models that puts its answer where nobody looks: whatever field that is, in whichever
 * protocol, nothing of it leaves that no judge was shown.
 */
class EveryFieldTest {

    private static final String MARK = "zqwords";
    private static final Stamp STAMP = new Stamp("att_1", "m", Instant.EPOCH, true);

    /** A field between `«` and `»`, with what usually stands there. */
    private static final Pattern FIELD = Pattern.compile("«([^»]*)»");

    private static final List<Front> FRONTS =
            List.of(
                    new ChatFront(),
                    new CompletionsFront(),
                    new MessagesFront(),
                    new OllamaFront(OllamaFront.Kind.CHAT),
                    new OllamaFront(OllamaFront.Kind.GENERATE));

    private record Sample(Dialect dialect, int status, boolean pieces, String body) {}

    private static final String OPENAI =
            """
            {"id": «"c1"», "object": «"chat.completion"», "created": «1», "model": «"m"»,
             "system_fingerprint": «"fp_1"», "service_tier": «"default"», «"more"»: «"x"»,
             "choices": [{"index": 0, "message": {"role": «"assistant"», "content": «"Yes."»,
               "refusal": «null», "reasoning_content": «"So."», "name": «"m"»,
               "annotations": [{"type": «"url_citation"», "url": «"x"»}],
               "tool_calls": [{"id": «"call_1"», "type": «"function"», "index": 0,
                 "function": {"name": «"f"», "arguments": «"{}"»}}]},
               "logprobs": {"content": [{"token": «"Yes"»}]}, "stop_reason": «"x"»,
               "content_filter_results": {«"hate"»: {"filtered": false, "severity": «"low"»}},
               "finish_reason": «"stop"»}],
             "usage": {"prompt_tokens": «3», "completion_tokens": «4», "total_tokens": «7»,
               «"other"»: «"x"», "completion_tokens_details": {"reasoning_tokens": «1»}}}
            """;

    private static final String OPENAI_PIECES =
            """
            data: {"id": «"c1"», "model": «"m"», "system_fingerprint": «"fp_1"», "choices": \
            [{"index": 0, "delta": {"role": «"assistant"», "content": «"Yes."»}}]}

            data: {"id": «"c2"», "choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, \
            "id": «"call_1"», "type": «"function"», "function": {"name": «"f"», \
            "arguments": «"{}"»}}]}}]}

            data: {"choices": [{"index": 0, "delta": {"refusal": «""», "reasoning": «"So."»}, \
            "native_finish_reason": «"stop"», "finish_reason": «"stop"»}]}

            data: {"choices": [], "usage": {"prompt_tokens": «3», "completion_tokens": «4»}}

            data: [DONE]

            """;

    private static final String BLOCKED =
            """
            {"choices": [{"index": 0, "message": {"content": «""», "refusal": «"No."»},
              "content_filter_results": {«"hate"»: {"filtered": true, "severity": «"high"»}},
              "native_finish_reason": «"blocked.safety"», "finish_reason": «"content_filter"»}]}
            """;

    private static final String ANTHROPIC =
            """
            {"id": «"msg_1"», "type": «"message"», "role": «"assistant"», "model": «"m"»,
             "content": [{"type": "thinking", "thinking": «"So."», "signature": «"w7/DgMO+/w=="»},
               {"type": "redacted_thinking", "data": «"w7/DgMO+/w=="»},
               {"type": "text", "text": «"Yes."», "citations": [{"cited_text": «"x"»}]},
               {"type": "tool_use", "id": «"toolu_1"», "name": «"f"», "input": {«"a"»: «"b"»}}],
             "stop_reason": «"stop_sequence"», "stop_sequence": «"END"», "container": «null»,
             "usage": {"input_tokens": «3», "output_tokens": «4», "service_tier": «"x"»}}
            """;

    private static final String ANTHROPIC_PIECES =
            """
            event: message_start
            data: {"type": "message_start", "message": {"id": «"msg_1"», "model": «"m"», \
            "usage": {"input_tokens": «3»}}}

            data: {"type": "content_block_start", "index": «0», "content_block": \
            {"type": "thinking", "thinking": «""»}}

            data: {"type": "content_block_delta", "index": 0, "delta": \
            {"type": "signature_delta", "signature": «"w7/DgMO+/w=="»}}

            data: {"type": "content_block_stop", "index": 0}

            data: {"type": "content_block_start", "index": 1, "content_block": \
            {"type": "tool_use", "id": «"toolu_1"», "name": «"f"», "input": {}}}

            data: {"type": "content_block_delta", "index": 1, "delta": \
            {"type": "input_json_delta", "partial_json": «"{}"»}}

            data: {"type": "content_block_stop", "index": 1}

            data: {"type": "message_delta", "delta": {"stop_reason": «"blocked.refusal"», \
            "stop_sequence": «null», "stop_details": {"type": «"refusal"», "category": «"bio"», \
            "filter": true, "native": «"finish_reason: safety"», \
            "explanation": «"No."»}}, "usage": {"output_tokens": «4»}}

            data: {"type": "message_stop"}

            """;

    private static final String ANTHROPIC_FILTERED =
            """
            {"id": «"msg_1"», "type": "message", "content": [{"type": "text", "text": «"Yes."»}],
             "stop_reason": "refusal", "stop_sequence": «null», "stop_details":
               {"type": «"refusal"», "category": «"bio"», "explanation": «"No."»,
                "filter": true, "native": «"error.message: Content Exists Risk"»}}
            """;

    private static final String OLLAMA =
            """
            {"model": «"m"», "created_at": «"2026-11-22T00:00:00Z"», "message": \
            {"role": «"assistant"», "content": «"Yes."», "thinking": «"So."», \
            "tool_calls": [{"id": «"call_1"», "function": \
            {"name": «"f"», "arguments": {«"a"»: «"b"»}}}]}, "done_reason": «"blocked.refusal"», \
            "refusal": «"No."», "refusal_category": «"bio"», "context": [«1»], "done": true, \
            "total_duration": «5», "prompt_eval_count": «3», "eval_count": «4»}
            """;

    private static final String ERROR =
            """
            {"error": {"message": «"too long"», "type": «"invalid_request_error"»,
              "param": «"messages"», "code": «"context_length_exceeded"»,
              "metadata": {"reasons": [«"hate"»]},
              "innererror": {"code": «"x"»,
                "content_filter_result": {«"hate"»: {"filtered": true}}}}}
            """;

    private static final List<Sample> SAMPLES =
            List.of(
                    new Sample(new OpenAiDialect(), 200, false, OPENAI),
                    new Sample(new OpenAiDialect(), 200, false, BLOCKED),
                    new Sample(new OpenAiDialect(), 200, true, OPENAI_PIECES),
                    new Sample(new AnthropicDialect(), 200, false, ANTHROPIC),
                    new Sample(new AnthropicDialect(), 200, true, ANTHROPIC_PIECES),
                    new Sample(new AnthropicDialect(), 200, false, ANTHROPIC_FILTERED),
                    new Sample(new OllamaDialect(), 200, false, OLLAMA),
                    new Sample(new OllamaDialect(), 200, true, OLLAMA),
                    new Sample(new OpenAiDialect(), 400, false, ERROR),
                    new Sample(new AnthropicDialect(), 422, false, ERROR),
                    new Sample(new OllamaDialect(), 404, false, ERROR),
                    new Sample(new OpenAiDialect(), 400, false, "{\"error\": «\"no\"»}"));

    /** What a server may hide, and where to look for it. */
    private record Hidden(String text, String mark) {
        static Hidden of(String text) {
            return new Hidden(text, text.substring(0, Math.min(24, text.length())));
        }
    }

    private static final List<Hidden> HIDDEN =
            List.of(
                    new Hidden("first " + MARK + " and then what follows", MARK),
                    new Hidden((MARK + "-").repeat(40), MARK),
                    new Hidden((MARK + "ABC").repeat(40), MARK),
                    new Hidden((MARK + ". ").repeat(5) + "refusal", MARK),
                    new Hidden((MARK + " here").repeat(5) + ".safety", MARK),
                    new Hidden(MARK + " of a message. Content violates usage guidelines", MARK),
                    Hidden.of(
                            Base64.getEncoder()
                                    .encodeToString(
                                            (MARK + " that come as something else. ")
                                                    .repeat(9)
                                                    .getBytes(StandardCharsets.UTF_8))));

    private static String filled(String body, int at, String with) {
        int[] number = {0};
        return FIELD.matcher(body)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        number[0]++ == at ? quoted(with) : found.group(1)));
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** All that leaves, to callers of every protocol. */
    private static List<String> left(Sample sample, String body, String mark) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<Event> events = new ArrayList<>();
        if (sample.pieces()) {
            EventReader reader = sample.dialect().stream();
            events.addAll(reader.read(bytes));
            events.addAll(reader.end());
        } else {
            switch (sample.dialect().result(sample.status(), bytes)) {
                case Reply reply -> events.addAll(reply.events());
                case Failure failure -> events.add(new Event.Failed(failure));
            }
        }
        return left(events, mark);
    }

    private static List<String> left(List<Event> events, String mark) {
        List<String> left = new ArrayList<>();
        for (Front front : FRONTS) {
            Release release =
                    new Reviews(new Marks(mark, 0.001), Optional.empty())
                            .open(
                                    Request.of("what?"),
                                    Standards.harmless(Settings.USUAL.windows()),
                                    true);
            EventWriter writer = front.stream(STAMP);
            Gathering gathering = new Gathering();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (Event event : events) {
                for (Event free : release.take(event)) {
                    gathering.add(free);
                    out.writeBytes(writer.write(free));
                }
            }
            left.add(out.toString(StandardCharsets.UTF_8));
            gathering.result().ifPresent(result -> left.add(whole(front, result)));
        }
        return left;
    }

    private static String whole(Front front, Result result) {
        byte[] body =
                switch (result) {
                    case Reply reply -> front.reply(reply, STAMP);
                    case Failure failure -> front.error(Fault.of(failure), STAMP).body();
                };
        return new String(body, StandardCharsets.UTF_8);
    }

    @Test
    void whateverFieldAnAnswerIsPutIntoItLeavesJudgedOrNotAtAll() {
        for (Sample sample : SAMPLES) {
            List<MatchResult> fields = FIELD.matcher(sample.body()).results().toList();
            for (int i = 0; i < fields.size(); i++) {
                for (Hidden hidden : HIDDEN) {
                    String body = filled(sample.body(), i, hidden.text());
                    for (String left : left(sample, body, hidden.mark())) {
                        assertFalse(left.contains(hidden.mark()), () -> body + "\n" + left);
                    }
                }
            }
        }
    }

    /** Whichever protocol would carry it one day. */
    @Test
    void wordsInPlaceOfTheSignalOfARefusalAreJudged() {
        for (Hidden hidden : HIDDEN) {
            for (StopReason reason :
                    List.of(
                            new StopReason.ContentFilter(hidden.text(), Optional.empty()),
                            new StopReason.Refusal("x: " + hidden.text(), Optional.empty()))) {
                for (String left : left(List.of(Event.Stop.of(reason)), hidden.mark())) {
                    assertFalse(left.contains(hidden.mark()), left);
                }
            }
        }
    }

    @Test
    void whatLooksAsItUsuallyDoesLeaves() {
        String whole = left(SAMPLES.get(0), filled(OPENAI, -1, ""), MARK).get(0);
        assertTrue(whole.contains("Yes.") && whole.contains("call_1"), whole);
        String claude = left(SAMPLES.get(3), filled(ANTHROPIC, -1, ""), MARK).get(5);
        assertTrue(
                claude.contains("\"signature\":\"w7/DgMO+/w==\"")
                        && claude.contains("\"data\":\"w7/DgMO+/w==\"")
                        && claude.contains("\"stop_sequence\":\"END\"")
                        && claude.contains("toolu_1"),
                claude);
        String filtered = left(SAMPLES.get(5), filled(ANTHROPIC_FILTERED, -1, ""), MARK).get(5);
        assertTrue(
                filtered.contains("\"native\":\"error.message: Content Exists Risk\""), filtered);
        String error =
                left(SAMPLES.get(8), "{\"error\": {\"code\": \"wrong_field\"}}", MARK).get(0);
        assertTrue(error.contains("HTTP status 400, `wrong_field`"), error);
    }

    /** Of bytes at random a seal is made; of words none is, however they are written. */
    @Test
    void sealsAreBytesThatMeanNothing() {
        Property.check(
                300,
                gen -> {
                    byte[] bytes = new byte[gen.between(12, 4_000)];
                    new Random(gen.between(0, 1 << 30)).nextBytes(bytes);
                    assertTrue(new Unread().isSeal(Base64.getEncoder().encodeToString(bytes)));
                    assertTrue(
                            new Unread()
                                    .isSeal(
                                            Base64.getUrlEncoder()
                                                    .withoutPadding()
                                                    .encodeToString(bytes)));
                });
        String words = "Ask whoever runs the place what they keep where and when nobody is there";
        for (String seal :
                List.of(
                        words,
                        words.replace(" ", ""),
                        words.replace(" ", "").toUpperCase(java.util.Locale.ROOT),
                        words.replace(' ', '+'),
                        Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)),
                        "")) {
            assertFalse(new Unread().isSeal(seal), seal);
        }
    }

    @Test
    void ofIdsAndSealsThereIsOnlySoMuch() {
        Unread unread = new Unread();
        int ids = 0;
        for (int i = 0; i < 1_000; i++) {
            ids += unread.isId("a".repeat(128)) ? 128 : 0;
        }
        assertEquals(Unread.IDS_MAX, ids);
        assertFalse(new Unread().isId("a".repeat(129)));
        byte[] bytes = new byte[9_000];
        new Random(7).nextBytes(bytes);
        String seal = Base64.getEncoder().encodeToString(bytes);
        int seals = 0;
        for (int i = 0; i < 100; i++) {
            seals += unread.isSeal(seal) ? seal.length() : 0;
        }
        assertTrue(seals > 0 && seals <= Unread.SEALS_MAX, () -> "too much");
    }
}
