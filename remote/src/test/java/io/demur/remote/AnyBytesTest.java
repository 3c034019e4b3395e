package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.Degrees;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.Assessment;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Whatever bytes come back and whatever text is judged, the answer is a judgement or none. */
class AnyBytesTest {

    /** One for each format, in their order. */
    private static final List<String> ANSWERS =
            List.of(
                    "\\n\\nunsafe\\nS1,S13",
                    "Harmful request: no\\nResponse refusal: yes\\nHarmful response: no",
                    "<score> yes </score>",
                    "Yes",
                    "Safety: Unsafe\\nCategories: Violent, PII",
                    "{\\\"violation\\\": 1, \\\"hazards\\\": [\\\"hate\\\"]}");

    /** One for each protocol. */
    private static final List<String> BODIES =
            List.of(
                    "{'choices':[{'message':{'content':'%s'},'finish_reason':'stop',"
                            .concat("'logprobs':{'content':[{'token':'\\n\\n','logprob':-0.1},")
                            .concat("{'token':'unsafe','logprob':-0.3,'top_logprobs':")
                            .concat("[{'token':'safe','logprob':-1.4}]}]}}]}"),
                    "{'message':{'role':'assistant','content':'%s'},'done':true,"
                            + "'done_reason':'stop','logprobs':[{'token':'Yes','logprob':-0.2}]}");

    @Test
    void anyBytesAreAJudgementOrNone() {
        AtomicReference<byte[]> next = new AtomicReference<>(new byte[0]);
        List<Integer> judged = new ArrayList<>();
        try (StubServer server =
                new StubServer(
                        asked ->
                                new Reply(
                                        200,
                                        Map.of("Content-Type", "application/json"),
                                        requireNonNull(next.get())))) {
            List<GuardModel> guards = new ArrayList<>();
            for (GuardFormat format : GuardFormat.values()) {
                for (Protocol protocol : Protocol.values()) {
                    String url = server.address(protocol.path()).toString();
                    guards.add(new GuardModel(format, endpoint(url)));
                }
            }
            Property.check(
                    300,
                    gen -> {
                        int i = gen.between(0, guards.size() - 1);
                        next.set(bytes(gen, BODIES.get(i % 2), ANSWERS.get(i / 2)));
                        if (guards.get(i).assess(request(gen)) instanceof Assessment.Judged) {
                            judged.add(1);
                        }
                    });
        }
        assertTrue(judged.size() > 50, () -> "only " + judged.size() + " were judged");
    }

    /** A general model's whole vocabulary has at most one object that counts: the right one. */
    @Test
    void anyAnswerOfAGeneralModelIsAVerdictOrNone() {
        AtomicReference<byte[]> next = new AtomicReference<>(new byte[0]);
        try (StubServer server =
                new StubServer(
                        asked ->
                                new Reply(
                                        200,
                                        Map.of("Content-Type", "application/json"),
                                        requireNonNull(next.get())))) {
            LanguageModelJudge judge =
                    new LanguageModelJudge(
                            endpoint(server.address("").toString()), new SplittableRandom(5));
            Verdict before = new Verdict.Complied(new Degrees(1, 0, 0), 0, List.of());
            Property.check(
                    100,
                    gen -> {
                        next.set(bytes(gen, BODIES.getFirst(), gen.oneOf(ANSWERS)));
                        // No number drawn here can be in them, so none of them is a verdict.
                        assertEquals(
                                Verdict.Undecided.class,
                                judge.refusals(LinearJudge.shipped())
                                        .judge(request(gen), Response.of("a"), before)
                                        .getClass());
                    });
        }
    }

    @Test
    void everyWordOfAConversationReachesTheGuard() {
        Property.check(
                300,
                gen -> {
                    Request request = request(gen);
                    Dialogue dialogue = Dialogue.of(request, Response.of("Yes."));
                    List<Message> turns = dialogue.turns();
                    for (int i = 0; i < turns.size(); i++) {
                        Role expected = i % 2 == 0 ? Role.USER : Role.ASSISTANT;
                        assertEquals(expected, turns.get(i).role());
                    }
                    String asked = dialogue.asked();
                    for (Message message : request.messages()) {
                        String text = Dialogue.disarmed(message.text()).strip();
                        assertTrue(asked.contains(text), text);
                    }
                    assertFalse(asked.contains("[/INST]"));
                });
    }

    private static JudgeEndpoint endpoint(String url) {
        return JudgeEndpoint.at(url, "m", Optional.empty(), Duration.ofMinutes(2), 1);
    }

    private static Request request(Gen gen) {
        List<Message> messages = new ArrayList<>();
        messages.add(new Message(Role.USER, "a" + gen.text(6)));
        for (int i = gen.between(0, 5); i > 0; i--) {
            messages.add(new Message(gen.oneOf(List.of(Role.values())), gen.text(6)));
        }
        return new Request(messages);
    }

    private static byte[] bytes(Gen gen, String body, String answer) {
        byte[] whole = body.replace('\'', '"').formatted(answer).getBytes(StandardCharsets.UTF_8);
        return switch (gen.between(0, 3)) {
            case 0 -> gen.bytes(300);
            case 1 -> whole;
            default -> gen.damaged(whole);
        };
    }
}
