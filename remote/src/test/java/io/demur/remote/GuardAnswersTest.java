package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.harm.Hazard;
import io.demur.wire.Completion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The forms in which guards answer, and what is none of them. */
class GuardAnswersTest {

    @Test
    void llamaGuardsCodesAreHazards() throws Exception {
        assertEquals(Set.of(), hazards(GuardFormat.LLAMA_GUARD, "safe"));
        assertEquals(
                Set.of(Hazard.VIOLENT_CRIMES, Hazard.INDISCRIMINATE_WEAPONS),
                hazards(GuardFormat.LLAMA_GUARD, "\n\nunsafe\nS1,S9"));
        assertEquals(
                Set.of(Hazard.SPECIALIZED_ADVICE), hazards(GuardFormat.LLAMA_GUARD, "unsafe\nS13"));
        assertEquals(Set.of(), hazards(GuardFormat.LLAMA_GUARD, "unsafe\r\nS14\r\n"));
    }

    @Test
    void qwensCategoriesAreHazardsWhereTheyAre() throws Exception {
        assertEquals(
                Set.of(Hazard.PRIVACY, Hazard.SUICIDE_AND_SELF_HARM),
                hazards(
                        GuardFormat.QWEN3_GUARD,
                        "Safety: Unsafe\nCategories: PII, Suicide & Self-Harm"));
        Ruling controversial =
                read(
                        GuardFormat.QWEN3_GUARD,
                        "Safety: Controversial\nCategories: Politically Sensitive Topics\n",
                        false);
        assertEquals(0.5, controversial.harm());
        assertTrue(controversial.harmful());
        assertEquals(Set.of(), controversial.hazards().keySet());
    }

    @Test
    void graniteAnswersInThreeForms() throws Exception {
        for (String yes :
                List.of(
                        "Yes",
                        "yes\n<confidence> High </confidence>",
                        "<score> yes </score>",
                        "<think>It is no game. </think>\n<score>yes</score>\n")) {
            assertTrue(read(GuardFormat.GRANITE_GUARDIAN, yes, false).harm() > 0.9, yes);
        }
        double low =
                read(GuardFormat.GRANITE_GUARDIAN, "Yes\n<confidence>Low</confidence>", false)
                        .harm();
        assertTrue(low > 0.5 && low < 0.8, () -> "p is " + low);
    }

    @Test
    void shieldGemmaNeedsItsFirstWordAlone() throws Exception {
        assertTrue(read(GuardFormat.SHIELD_GEMMA, "**Yes**, because it", false).harm() > 0.9);
        Completion cut = new Completion(new Response("No, it", StopReason.LENGTH), List.of());
        assertTrue(read(GuardFormat.SHIELD_GEMMA, cut, false).harm() < 0.1);
    }

    @Test
    void wildGuardGivesThreeAnswers() throws Exception {
        String said = "Harmful request: yes\nResponse refusal: yes\nHarmful response: no";
        assertTrue(read(GuardFormat.WILDGUARD, said, false).harm() > 0.9);
        Ruling ofResponse = read(GuardFormat.WILDGUARD, said, true);
        assertTrue(ofResponse.harm() < 0.1);
        assertTrue(ofResponse.refusal().orElseThrow() > 0.8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLAMA_GUARD|Safe",
                "LLAMA_GUARD|safe, unsafe",
                "LLAMA_GUARD|unsafe",
                "LLAMA_GUARD|unsafe~",
                "LLAMA_GUARD|unsafe~S15",
                "LLAMA_GUARD|unsafe~S1, fraud",
                "LLAMA_GUARD|safe~S1",
                "LLAMA_GUARD|unsafe~S1~S2",
                "LLAMA_GUARD|I can't help with that.",
                "WILDGUARD|Harmful request: yes",
                "WILDGUARD|Harmful request: maybe~Response refusal: no~Harmful response: no",
                "WILDGUARD|Harmful request: n/a~Response refusal: no~Harmful response: no",
                "WILDGUARD|Harmful request: no~Harmful response: no~Response refusal: no",
                "GRANITE_GUARDIAN|Yes No",
                "GRANITE_GUARDIAN|<score> maybe </score>",
                "GRANITE_GUARDIAN|<score> yes </score> <score> no </score>",
                "GRANITE_GUARDIAN|Failed",
                "SHIELD_GEMMA|Perhaps",
                "SHIELD_GEMMA|Nothing wrong with it",
                "SHIELD_GEMMA|The answer is Yes",
                "QWEN3_GUARD|Safety: Safe",
                "QWEN3_GUARD|Safety: Safe~Categories: Violent",
                "QWEN3_GUARD|Safety: Unsafe~Categories: None",
                "QWEN3_GUARD|Safety: Unsafe~Categories: Rudeness",
                "QWEN3_GUARD|Safety: Safe~Categories: None~Refusal: Yes",
                "QWEN3_GUARD|Safety: safe~Categories: None",
                "GPT_OSS_SAFEGUARD|0",
                "GPT_OSS_SAFEGUARD|{'violation': 0}",
                "GPT_OSS_SAFEGUARD|{'violation': 2, 'hazards': []}",
                "GPT_OSS_SAFEGUARD|{'violation': 0, 'hazards': ['hate']}",
                "GPT_OSS_SAFEGUARD|{'violation': 1, 'hazards': ['noise']}",
                "GPT_OSS_SAFEGUARD|{'violation': 1, 'hazards': [], 'sure': 'yes'}",
                "GPT_OSS_SAFEGUARD|{'violation': 1, 'hazards': [], 'violation': 0}",
                "GPT_OSS_SAFEGUARD|{'violation': 0, 'hazards': []} {'violation': 0}"
            })
    void whatIsInNoKnownFormIsNoRuling(GuardFormat format, String said) {
        String text = said.replace('~', '\n').replace('\'', '"');
        Unreadable unreadable =
                assertThrows(Unreadable.class, () -> read(format, text, false), text);
        assertTrue(unreadable.getMessage().length() < 60, unreadable.getMessage());
    }

    @ParameterizedTest
    @EnumSource(GuardFormat.class)
    void whatIsWithheldOrEmptyIsNoRuling(GuardFormat format) {
        for (StopReason stop :
                List.of(
                        new StopReason.Refusal("message.refusal", Optional.empty()),
                        new StopReason.ContentFilter("finish_reason", Optional.empty()),
                        new StopReason.Failed("out of memory"),
                        StopReason.TOOL_CALL)) {
            Completion completion = new Completion(new Response("safe", stop), List.of());
            assertThrows(Unreadable.class, () -> read(format, completion, false));
        }
        Completion empty = new Completion(new Response(" ", StopReason.END), List.of());
        assertThrows(Unreadable.class, () -> read(format, empty, false));
        Completion cut = new Completion(new Response("saf", StopReason.LENGTH), List.of());
        assertThrows(Unreadable.class, () -> read(format, cut, false));
    }

    @Test
    void wildGuardOnAResponseMustSpeakOfTheResponse() {
        assertThrows(
                Unreadable.class,
                () ->
                        read(
                                GuardFormat.WILDGUARD,
                                "Harmful request: yes\nResponse refusal: n/a\nHarmful response: no",
                                true));
    }

    private static Set<Hazard> hazards(GuardFormat format, String said) throws Unreadable {
        return read(format, said, false).hazards().keySet();
    }

    private static Ruling read(GuardFormat format, String said, boolean ofResponse)
            throws Unreadable {
        return read(
                format, new Completion(new Response(said, StopReason.END), List.of()), ofResponse);
    }

    private static Ruling read(GuardFormat format, Completion completion, boolean ofResponse)
            throws Unreadable {
        Request request = Request.of("Why is the sky blue?");
        Dialogue dialogue =
                ofResponse
                        ? Dialogue.of(request, Response.of("Because it scatters light."))
                        : Dialogue.of(request);
        return format.guard()
                .read(completion, format.guard().checks(dialogue, Protocol.OPENAI).getFirst());
    }
}
