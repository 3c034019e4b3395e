package io.demur.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Odds;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.wire.Completion;
import io.demur.wire.Completion.Choice;
import io.demur.wire.Completion.Token;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** The probability of a word, out of the probabilities of tokens. */
class AnswerTest {

    private static final List<String> WORDS = List.of("unsafe", "safe");

    @Test
    void theWordAndItsRivalShareWhatIsKnown() {
        Token word = token("unsafe", new Choice("unsafe", 0.6), new Choice("safe", 0.4));
        check(0.6, "unsafe\nS1", 0, List.of(word, token("\n"), token("S1")));
    }

    @Test
    void aWordMayComeInPiecesAndAfterBlanks() {
        Token un =
                token("un", new Choice("un", 0.7), new Choice("safe", 0.1), new Choice("x", 0.2));
        // What went to other tokens is shared by the words that did not come.
        check(0.7, "\n\nunsafe", 2, List.of(token("\n\n"), un, token("safe")));
        // The server trimmed the text, and names the token that ends it.
        check(0.7, "unsafe", 0, List.of(token("\n\n"), un, token("safe"), token("<eot>")));
    }

    @Test
    void spellingsOfOneWordCountTogether() {
        Token word =
                token(
                        " Yes",
                        new Choice(" Yes", 0.4),
                        new Choice("yes", 0.3),
                        new Choice("No", 0.3));
        Answer answer = new Answer("So: Yes", List.of(token("So:"), word));
        assertEquals(0.7, answer.likelihood(4, List.of("yes", "no")).orElseThrow()[0], 1e-9);
    }

    @Test
    void tokensThatDoNotFitTheTextSayNothing() {
        assertEquals(Optional.empty(), new Answer("safe", List.of()).likelihood(0, WORDS));
        none("safe", List.of(token("un"), token("safe")));
        none("safe", List.of(token("sa")));
        none("safe", List.of(token("safe", new Choice("other", 1))));
    }

    @Test
    void tokensThatContradictTheWordSayNothing() {
        none("safe", List.of(token("safe", new Choice("safe", 0.1), new Choice("unsafe", 0.9))));
    }

    @Test
    void publishedRatesGiveProbabilitiesOnTheRightSide() {
        for (ErrorRates rates :
                List.of(
                        ErrorRates.GUARD,
                        ErrorRates.GENERAL,
                        ErrorRates.GUARD_ON_REFUSAL,
                        ErrorRates.GENERAL_ON_REFUSAL)) {
            assertTrue(rates.given(true) > 0.8 && rates.given(true) < 1, rates::toString);
            assertTrue(rates.given(false) < 0.25 && rates.given(false) > 0, rates::toString);
        }
        // F1 of the rates, with as many of one as of the other, is the F1 they come from.
        ErrorRates guard = ErrorRates.GUARD;
        double f1 = 2 * guard.sensitivity() / (1 + guard.sensitivity() + guard.falsePositives());
        assertEquals(0.939, f1, 1e-9);
    }

    @Test
    void whatTheDocumentSaysOfWeighingIsSo() {
        assertEquals(0.988, Odds.weighed(0.943, ErrorRates.GENERAL.given(true)), 5e-4);
        assertEquals(0.433, Odds.weighed(0.902, ErrorRates.GUARD.given(false)), 5e-4);
        // the likelihood ratio of a yes, by definition
        ErrorRates guard = ErrorRates.GUARD;
        double odds = guard.given(true) / (1 - guard.given(true));
        assertEquals(guard.sensitivity() / guard.falsePositives(), odds, 1e-9);
    }

    @Test
    void jsonMayHaveThoughtsBeforeItAndAFenceAroundIt() {
        for (String said :
                List.of(
                        "{\"a\":1}",
                        " {\"a\":1}\n",
                        "```json\n{\"a\":1}\n```",
                        "<think>```x``` hm</think>\n```\n{\"a\":1}\n```\n")) {
            assertEquals("{\"a\":1}", new Answer(said, List.of()).json().strip(), said);
        }
        for (String said : List.of("Sure: ```\n{}\n```", "```\n{}\n``` ```\n{}\n```")) {
            assertEquals(said, new Answer(said, List.of()).json());
        }
    }

    @Test
    void anAnswerOfManyBlanksIsReadInNoTime() {
        String blanks = "\n".repeat(1 << 20);
        for (String start : List.of("", "Harmful request: yes", "Safety: Safe", "<score>")) {
            String said = start + blanks + "`";
            assertTrue(new Answer(said, List.of()).json().endsWith("`"));
            Completion completion = new Completion(new Response(said, StopReason.END), List.of());
            for (GuardFormat format : GuardFormat.values()) {
                Guard guard = format.guard();
                Guard.Check check =
                        guard.checks(Dialogue.of(Request.of("a")), Protocol.OPENAI).getFirst();
                assertThrows(Unreadable.class, () -> guard.read(completion, check));
            }
        }
    }

    private static void check(double p, String text, int at, List<Token> tokens) {
        double[] likelihood = new Answer(text, tokens).likelihood(at, WORDS).orElseThrow();
        assertEquals(p, likelihood[0], 1e-9);
        assertEquals(1, likelihood[0] + likelihood[1], 1e-9);
    }

    private static void none(String text, List<Token> tokens) {
        assertEquals(Optional.empty(), new Answer(text, tokens).likelihood(0, WORDS));
    }

    private static Token token(String text, Choice... choices) {
        return new Token(
                text, choices.length == 0 ? List.of(new Choice(text, 1)) : List.of(choices));
    }
}
