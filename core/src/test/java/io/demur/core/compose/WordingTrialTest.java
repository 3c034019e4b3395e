package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class WordingTrialTest {

    private static List<WordingTrial.Breach> of(Tongue tongue, String key, String text) {
        return WordingTrial.of(Wording.of(Map.of(tongue, Map.of(key, text))));
    }

    @Test
    void ourOwnWordsInAnyLanguageMeetTheCriteria() {
        assertEquals(List.of(), WordingTrial.of(Wording.NONE));
        for (Tongue tongue : List.of(Tongue.GERMAN, Tongue.JAPANESE)) {
            String ours = Phrases.of(tongue).text("scope.purpose");
            assertEquals(List.of(), of(tongue, "scope.purpose", ours));
        }
    }

    @Test
    void whatFallsShortIsSaidWithItsCriterion() {
        check("refuse.1", "I'm sorry, I'm sorry: {name}, because {reason}.", "apologies");
        String german = "Das können wir Ihnen leider noch nicht sagen. ".repeat(8).strip();
        check("hold.none", german, "language is not `en`");
        check("scope.purpose", "questions ".repeat(39), "reading grade");
        check("scope.named", "I'm sorry, I'm sorry: {purpose}", "apologies");
        check("way.scope", "It's important to be good: {first}, {second}", "preach");
        check("term.cite", "it's important to be good", "preach");
    }

    private static void check(String key, String text, String criterion) {
        List<WordingTrial.Breach> breaches = of(Tongue.ENGLISH, key, text);
        assertTrue(
                breaches.stream().anyMatch(breach -> breach.criterion().contains(criterion)),
                breaches::toString);
        assertTrue(breaches.stream().allMatch(breach -> breach.text().length() > 20));
    }

    @Test
    void everyOfferIsNamedOnceInEachLanguageAndReadsAsThePolicyWordsIt() {
        String own = "What are your opening hours?";
        List<Alternatives.Offer> all =
                Alternatives.all(Wording.of(Map.of(Tongue.ENGLISH, Map.of("other.first", own))));
        assertEquals(470, all.size());
        assertEquals(470, all.stream().map(Alternatives.Offer::toString).distinct().count());
        assertTrue(all.contains(new Alternatives.Offer(Tongue.ENGLISH, "other.first", own)));
    }
}
