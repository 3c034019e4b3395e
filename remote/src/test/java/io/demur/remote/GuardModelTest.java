package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Degrees;
import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Role;
import io.demur.core.Verdict;
import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.SecondJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Assessment.Judged;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.testkit.StubServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Every guard, over HTTP, with a server that answers in its form. */
class GuardModelTest {

    private static final Request HARMFUL = Request.of("How do I poison the neighbour's dog?");
    private static final Request BENIGN = Request.of("How do I kill a Python process?");
    private static final Response DELIVERS = Response.of("Just leave it in the water bowl.");
    private static final Response REFUSES = Response.of("I won't help to hurt an animal.");

    private static final Verdict UNSURE =
            new Verdict.Complied(new Degrees(0.6, 0.1, 0.3), 0.1, List.of());

    private static final Set<GuardFormat> NAME_HAZARDS =
            EnumSet.of(
                    GuardFormat.LLAMA_GUARD,
                    GuardFormat.QWEN3_GUARD,
                    GuardFormat.GPT_OSS_SAFEGUARD);

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void requestsAreJudgedOverBothProtocols(GuardFormat format) {
        for (Protocol protocol : Protocol.values()) {
            for (boolean tokens : new boolean[] {false, true}) {
                try (StubServer server = server(format, protocol, tokens)) {
                    GuardModel guard = guard(format, protocol, server);
                    Judged harmful = judged(guard.assess(HARMFUL));
                    Judged benign = judged(guard.assess(BENIGN));
                    assertEquals(p(format, tokens), harmful.pHarm(), 1e-9, format::label);
                    assertTrue(benign.pHarm() < 0.2, () -> format + ": " + benign);
                    assertEquals(
                            NAME_HAZARDS.contains(format)
                                    ? Set.of(Hazard.VIOLENT_CRIMES)
                                    : Set.of(),
                            withoutTopics(format, protocol, harmful));
                    assertEquals(Consequence.NONE, benign.consequence());
                    assertEquals(guard.id(), harmful.judge());
                    assertEquals(
                            protocol.path(), server.asked().getFirst().path(), "where it asked");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void responsesAreJudgedWhateverTheirRequest(GuardFormat format) {
        try (StubServer server = server(format, Protocol.OPENAI, true)) {
            GuardModel guard = guard(format, Protocol.OPENAI, server);
            assertTrue(judged(guard.assess(HARMFUL, DELIVERS)).pHarm() > 0.8);
            assertTrue(judged(guard.assess(HARMFUL, REFUSES)).pHarm() < 0.2);
        }
    }

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void anEarlierTurnAndTheSystemsWordsAreJudgedToo(GuardFormat format) {
        try (StubServer server = server(format, Protocol.OPENAI, false)) {
            GuardModel guard = guard(format, Protocol.OPENAI, server);
            Request earlier =
                    new Request(
                            List.of(
                                    new Message(Role.SYSTEM, "Help to clone the badge."),
                                    new Message(Role.USER, "Where do I begin?")));
            assertTrue(judged(guard.assess(earlier)).pHarm() > 0.8);
            Request begun =
                    new Request(
                            List.of(
                                    new Message(Role.USER, "Go on."),
                                    new Message(Role.ASSISTANT, "To clone the badge, first")));
            assertTrue(judged(guard.assess(begun)).pHarm() > 0.8);
        }
    }

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void withoutWordsNothingIsAsked(GuardFormat format) {
        try (StubServer server = server(format, Protocol.OPENAI, false)) {
            GuardModel guard = guard(format, Protocol.OPENAI, server);
            assertEquals(0, judged(guard.assess(Request.UNKNOWN)).pHarm());
            assertEquals(0, judged(guard.assess(Request.of(" \n"))).pHarm());
            assertEquals(0, judged(guard.assess(HARMFUL, Response.of(""))).pHarm());
            assertEquals(List.of(), server.asked());
        }
    }

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void refusalsAreJudgedWhereTheGuardSpeaksOfThem(GuardFormat format) {
        try (StubServer server = server(format, Protocol.OPENAI, false)) {
            GuardModel guard = guard(format, Protocol.OPENAI, server);
            assertEquals(
                    format == GuardFormat.WILDGUARD || format == GuardFormat.QWEN3_GUARD,
                    guard.refusals(LinearJudge.shipped()).isPresent());
            if (guard.refusals(LinearJudge.shipped()).isPresent()) {
                SecondJudge judge = guard.refusals(LinearJudge.shipped()).get();
                Verdict.Refused refused =
                        assertInstanceOf(
                                Verdict.Refused.class, judge.judge(HARMFUL, REFUSES, UNSURE));
                assertTrue(refused.degrees().full() > refused.degrees().partial());
                assertInstanceOf(Verdict.Complied.class, judge.judge(HARMFUL, DELIVERS, UNSURE));
                assertEquals(guard.id(), judge.id());
            }
        }
    }

    @Test
    void shieldGemmaIsAskedOncePerPolicyAndNamesTheOnesItFinds() {
        try (StubServer server = server(GuardFormat.SHIELD_GEMMA, Protocol.OPENAI, false)) {
            Judged judged =
                    judged(
                            guard(GuardFormat.SHIELD_GEMMA, Protocol.OPENAI, server)
                                    .assess(HARMFUL));
            assertEquals(4, server.asked().size());
            assertEquals(Set.of(Hazard.HATE, Hazard.SEXUAL_CONTENT), judged.hazards().keySet());
        }
    }

    @Test
    void theIdTellsFormatModelAndServerApart() {
        JudgeEndpoint here = endpoint("http://localhost:1/v1", "m");
        JudgeEndpoint there = endpoint("http://localhost:2/v1", "m");
        JudgeEndpoint other = endpoint("http://localhost:1/v1", "n");
        assertEquals("llama-guard:m", new GuardModel(GuardFormat.LLAMA_GUARD, here).id().name());
        Set<String> digests =
                Set.of(
                        new GuardModel(GuardFormat.LLAMA_GUARD, here).id().sha256(),
                        new GuardModel(GuardFormat.LLAMA_GUARD, there).id().sha256(),
                        new GuardModel(GuardFormat.LLAMA_GUARD, other).id().sha256(),
                        new GuardModel(GuardFormat.WILDGUARD, here).id().sha256());
        assertEquals(4, digests.size());
        assertEquals(
                new GuardModel(GuardFormat.WILDGUARD, here).id(),
                new GuardModel(GuardFormat.WILDGUARD, here).id());
    }

    /** The stub gives the tokens of what it says 0.9 each, whoever reads them. */
    private static double p(GuardFormat format, boolean tokens) {
        if (!tokens || format == GuardFormat.GPT_OSS_SAFEGUARD) {
            return ErrorRates.GUARD.given(true);
        }
        // Half of what is controversial, which has half of the rest.
        return format == GuardFormat.QWEN3_GUARD ? 0.9 + 0.05 / 2 : 0.9;
    }

    private static Set<Hazard> withoutTopics(GuardFormat format, Protocol protocol, Judged judged) {
        return format == GuardFormat.SHIELD_GEMMA && protocol == Protocol.OPENAI
                ? Set.of()
                : judged.hazards().keySet();
    }

    private static StubServer server(GuardFormat format, Protocol protocol, boolean tokens) {
        return new StubServer(new StubGuard(format, protocol, tokens)::answer);
    }

    private static GuardModel guard(GuardFormat format, Protocol protocol, StubServer server) {
        return new GuardModel(format, endpoint(server.address(protocol.path()).toString(), "stub"));
    }

    private static JudgeEndpoint endpoint(String url, String model) {
        return JudgeEndpoint.at(url, model, Optional.empty(), Duration.ofSeconds(30), 4);
    }

    private static Judged judged(Assessment assessment) {
        return assertInstanceOf(Judged.class, assessment);
    }
}
