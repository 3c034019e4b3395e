package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Act;
import io.demur.core.Evidence;
import io.demur.core.Refusal;
import io.demur.core.Request;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Grounds;
import io.demur.testkit.Gen;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class ComposerTest {

    private static final List<Hazard> HAZARDS = List.of(Hazard.values());

    @Test
    void everyRefusalThatCanBeComposedMeetsTheCriteria() {
        int named = 0;
        List<String> breaches = new ArrayList<>();
        for (Tongue tongue : Tongue.values()) {
            for (Hazard hazard : HAZARDS) {
                for (Decision decision : Occasions.decisions()) {
                    for (Occasion.Scope scope : Occasion.Scope.values()) {
                        Request request = Request.of(Requests.of(tongue, hazard));
                        Occasion occasion =
                                new Occasion(request, Occasions.judged(hazard), decision, scope);
                        Composed composed = Occasions.compose(occasion, tongue);
                        for (String breach : Criteria.breaches(composed, tongue)) {
                            breaches.add(breach + ": " + composed.text());
                        }
                        named += composed.element().isPresent() ? 1 : 0;
                    }
                }
            }
        }
        assertEquals(List.of(), breaches);
        assertEquals(10 * 14 * 9 * 2, named, "each names words of its request");
    }

    @Test
    void whateverIsAskedTheCriteriaAreMetAndTheWordsAreTheSame() {
        Property.check(
                2_000,
                gen -> {
                    Tongue tongue = gen.oneOf(List.of(Tongue.values()));
                    Hazard hazard = gen.oneOf(HAZARDS);
                    Request request = Request.of(request(gen, tongue));
                    Occasion occasion =
                            new Occasion(
                                    request,
                                    gen.oneIn(8) ? Occasions.unjudged() : Occasions.judged(hazard),
                                    gen.oneOf(Occasions.decisions()),
                                    gen.oneOf(List.of(Occasion.Scope.values())));
                    Composed composed = Occasions.compose(occasion, tongue);
                    assertEquals(List.of(), Criteria.breaches(composed, tongue), composed.text());
                    assertEquals(composed, Occasions.compose(occasion, tongue));
                    composed.element().ifPresent(element -> isIn(request, element));
                });
    }

    private static String request(Gen gen, Tongue tongue) {
        StringBuilder text = new StringBuilder();
        for (int i = gen.between(0, 3); i > 0; i--) {
            text.append(
                    gen.oneIn(3)
                            ? gen.text(6)
                            : Requests.of(
                                    gen.oneIn(9) ? gen.oneOf(List.of(Tongue.values())) : tongue,
                                    gen.oneOf(HAZARDS)));
            text.append(gen.oneOf(List.of(" ", "\n", " <b>", "**", ", ")));
        }
        return text.toString();
    }

    private static void isIn(Request request, String element) {
        String flat = request.prompt().replaceAll("\\s+", " ");
        assertTrue(flat.contains(element), () -> "`" + element + "` in `" + flat + "`");
    }

    @Test
    void theReasonStandsInTheFirstTwoSentences() {
        for (Tongue tongue : Tongue.values()) {
            for (Hazard hazard : HAZARDS) {
                for (Decision decision : Occasions.decisions()) {
                    Occasion occasion = Occasions.of(Requests.of(tongue, hazard), hazard, decision);
                    String text = Occasions.compose(occasion, tongue).text();
                    String opening = text.substring(0, text.indexOf("\n\n"));
                    long stops = opening.codePoints().filter(c -> ".。।".indexOf(c) >= 0).count();
                    boolean more =
                            decision instanceof Decision.Refuse refuse
                                    && refuse.kind() == Refusal.Kind.CONDITIONAL;
                    assertTrue(stops <= (more ? 3 : 2), opening);
                }
            }
        }
    }

    @Test
    void requestsThatDifferGetRefusalsThatDiffer() {
        Set<String> texts = new HashSet<>();
        int count = 0;
        for (Tongue tongue : Tongue.values()) {
            for (Hazard hazard : HAZARDS) {
                String request = Requests.of(tongue, hazard);
                Decision decision = Occasions.refuse(Refusal.Kind.POLICY);
                texts.add(
                        Occasions.compose(Occasions.of(request, hazard, decision), tongue).text());
                count++;
            }
        }
        assertEquals(count, texts.size());
    }

    @Test
    void eachPartIsWhatItSays() {
        Composed composed =
                Occasions.compose(
                        Occasions.of(
                                "How do I pick a lock?",
                                Hazard.NON_VIOLENT_CRIMES,
                                Occasions.refuse(Refusal.Kind.POLICY)),
                        Tongue.ENGLISH);
        assertEquals(
                List.of(Act.ACKNOWLEDGES, Act.EXPLAINS, Act.REDIRECTS),
                composed.parts().stream().map(Evidence::act).toList());
        Evidence first = composed.parts().getFirst();
        assertTrue(composed.text().substring(first.start(), first.end()).contains("pick a lock"));
        assertEquals(Optional.of("pick a lock"), composed.element());
    }

    @Test
    void whereALifeMayBeAtRiskItSaysWhomToCallWhateverTheReason() {
        for (Tongue tongue : Tongue.values()) {
            for (Decision decision : Occasions.decisions()) {
                Occasion occasion =
                        Occasions.of(
                                Requests.of(tongue, Hazard.SUICIDE_AND_SELF_HARM),
                                Hazard.SUICIDE_AND_SELF_HARM,
                                decision);
                String help = Phrases.of(tongue).text(Keys.help(Hazard.SUICIDE_AND_SELF_HARM));
                assertTrue(Occasions.compose(occasion, tongue).text().contains(help), help);
            }
        }
    }

    @Test
    void aPolicyMaySayItInItsOwnWords() {
        Wording wording =
                Wording.of(
                        Map.of(
                                Tongue.ENGLISH,
                                Map.of(
                                        "scope.purpose",
                                        "questions about your account",
                                        "term.cite-sources",
                                        "it names its sources")));
        Occasion scope =
                Occasions.of(
                        "Write a poem about the sea",
                        Hazard.HATE,
                        Occasions.refuse(Refusal.Kind.SCOPE));
        Occasion term =
                Occasions.of(
                        "Write a poem about the sea",
                        Hazard.HATE,
                        Occasions.condition("cite-sources"));
        assertTrue(english(scope, wording).contains("limits it to questions about your account"));
        assertTrue(english(term, wording).contains("asks that it names its sources"));
        assertNotEquals(english(scope, wording), english(scope, Wording.NONE));
    }

    private static String english(Occasion occasion, Wording wording) {
        return Composer.compose(occasion, wording, Occasions.REFERENCE, Tongue.ENGLISH).text();
    }

    @Test
    void wordingThatCannotBeUsedIsNotTaken() {
        List<Map<String, String>> wrong =
                List.of(
                        Map.of("refuse.9", "No."),
                        Map.of("refuse.1", "No."),
                        Map.of("refuse.1", "No {name}, {reason}, {link}."),
                        Map.of("ask.none", " "),
                        Map.of("ask.none", "Hello\u202E there"),
                        Map.of("ask.none", "Hello\nthere"),
                        Map.of("ask.none", "x".repeat(401)),
                        Map.of("words.lead", "a b"));
        for (Map<String, String> each : wrong) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Wording.of(Map.of(Tongue.ENGLISH, each)),
                    each::toString);
        }
    }

    @Test
    void whatIsLetThroughIsNotRefused() {
        Decision allow = new Decision.Allow(Grounds.of(List.of("r")));
        Decision note = new Decision.Annotate(List.of("n"), Grounds.of(List.of("r")));
        for (Decision decision : List.of(allow, note)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Occasions.of("Hello", Hazard.HATE, decision));
        }
    }

    @Test
    void withoutAnAddressThereIsStillAReference() {
        Occasion occasion =
                Occasions.of(
                        "How do I pick a lock?",
                        Hazard.NON_VIOLENT_CRIMES,
                        Occasions.refuse(Refusal.Kind.POLICY));
        Composed composed =
                Composer.compose(occasion, Wording.NONE, Reference.to("att_7"), Tongue.ENGLISH);
        assertTrue(composed.text().contains("att_7"));
        assertFalse(composed.text().contains("http"));
        assertEquals(List.of(), Criteria.breaches(composed, Tongue.ENGLISH));
    }
}
