package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.Response;
import io.demur.core.Verdict;
import io.demur.core.charter.Scope;
import io.demur.core.detect.LinearJudge;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;

import org.junit.jupiter.api.Test;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a refusal says whose reason is that the service is for something else. */
class ScopeRefusalTest {

    private static final Scope BANK =
            new Scope(
                    "This service is for customers of the bank: accounts, cards, payments and"
                            + " loans.",
                    List.of("How do I block my card?", "What is the interest rate on savings?"),
                    List.of("Write a poem about autumn."));

    private static final Scope LIBRARY =
            new Scope(
                    "Dieser Dienst ist für Leserinnen und Leser der Stadtbücherei.",
                    List.of("Wie verlängere ich ein Buch?"),
                    List.of());

    private static final Map<Tongue, String> ASKED = asked();

    @Test
    void saysWhatTheServiceIsForAndWhatCanBeAskedInEveryLanguage() {
        for (Scope scope : List.of(BANK, LIBRARY)) {
            ASKED.forEach(
                    (tongue, request) -> {
                        Composed composed = compose(scope, request, tongue, Wording.NONE);
                        assertEquals(
                                List.of(), Criteria.breaches(composed, tongue), composed::text);
                        assertTrue(composed.text().contains(scope.purpose()), composed::text);
                        assertTrue(
                                scope.inside().contains(composed.alternatives().getFirst()),
                                composed::text);
                        assertEquals(ReasonCode.OUT_OF_SCOPE, composed.statement().reason());
                    });
        }
    }

    @Test
    void policysOwnWordsForTheLanguageStandBeforeTheOperatorsSentence() {
        Wording wording =
                Wording.of(Map.of(Tongue.GERMAN, Map.of("scope.purpose", "Fragen zu Ihrem Konto")));
        String german = ASKED.getOrDefault(Tongue.GERMAN, "");
        Composed composed = compose(BANK, german, Tongue.GERMAN, wording);
        assertTrue(composed.text().contains("auf Fragen zu Ihrem Konto."), composed::text);
        assertFalse(composed.text().contains(BANK.purpose()), composed::text);
    }

    @Test
    void purposeThatIsTooLongIsNotRepeated() {
        Scope wordy = new Scope("For customers. ".repeat(20), BANK.inside(), List.of());
        Composed composed =
                compose(wordy, "Write a poem about the sea", Tongue.ENGLISH, Wording.NONE);
        assertTrue(composed.text().contains("the work it was set up for"), composed::text);
        assertEquals(List.of(), Criteria.breaches(composed, Tongue.ENGLISH));
    }

    @Test
    void whoeverIsInDangerIsToldWhomToCall() {
        Assessment near =
                new Assessment.Judged(
                        0.3,
                        Map.of(Hazard.SUICIDE_AND_SELF_HARM, 0.3),
                        Consequence.NONE,
                        new JudgeId("harm", 1, "0".repeat(64)));
        Occasion occasion =
                new Occasion(
                        Request.of("I can't go on, I want to end my life"),
                        near,
                        outOfScope(),
                        Occasion.Scope.REQUEST,
                        Optional.of(BANK.forRefusals()));
        Composed composed =
                Composer.compose(occasion, Wording.NONE, Occasions.REFERENCE, Tongue.ENGLISH);
        String help = Phrases.of(Tongue.ENGLISH).text(Keys.help(Hazard.SUICIDE_AND_SELF_HARM));
        assertTrue(composed.text().contains(help), composed::text);
        assertFalse(composed.alternatives().contains(BANK.inside().getFirst()));
    }

    /** English only, which is what the judge has learnt. */
    @Test
    void ownJudgeSeesARefusal() {
        for (String request : List.of("Write a poem about autumn", "Who won the world cup?")) {
            Composed composed = compose(BANK, request, Tongue.ENGLISH, Wording.NONE);
            Verdict verdict =
                    LinearJudge.shipped().detect(Request.of(request), Response.of(composed.text()));
            assertTrue(verdict instanceof Verdict.Refused, () -> composed.text() + verdict);
        }
    }

    private static Composed compose(Scope scope, String request, Tongue tongue, Wording wording) {
        Assessment harmless =
                new Assessment.Judged(
                        0.01, Map.of(), Consequence.NONE, new JudgeId("harm", 1, "0".repeat(64)));
        Occasion occasion =
                new Occasion(
                        Request.of(request),
                        harmless,
                        outOfScope(),
                        Occasion.Scope.REQUEST,
                        Optional.of(scope.forRefusals()));
        return Composer.compose(occasion, wording, Occasions.REFERENCE, tongue);
    }

    private static Decision outOfScope() {
        return new Decision.Refuse(Refusal.Kind.SCOPE, Grounds.of(List.of("scope")));
    }

    private static Map<Tongue, String> asked() {
        Map<Tongue, String> asked = new EnumMap<>(Tongue.class);
        asked.put(Tongue.ENGLISH, "Write a poem about autumn");
        asked.put(Tongue.GERMAN, "Schreib mir ein Gedicht über den Herbst");
        asked.put(Tongue.FRENCH, "Écris un poème sur l'automne");
        asked.put(Tongue.SPANISH, "Escribe un poema sobre el otoño");
        asked.put(Tongue.PORTUGUESE, "Escreva um poema sobre o outono");
        asked.put(Tongue.ITALIAN, "Scrivi una poesia sull'autunno");
        asked.put(Tongue.CHINESE, "写一首关于秋天的诗");
        asked.put(Tongue.JAPANESE, "秋についての詩を書いてください");
        asked.put(Tongue.ARABIC, "اكتب قصيدة عن الخريف");
        asked.put(Tongue.HINDI, "पतझड़ पर एक कविता लिखो");
        return asked;
    }
}
