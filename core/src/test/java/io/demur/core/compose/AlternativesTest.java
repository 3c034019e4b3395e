package io.demur.core.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Request;
import io.demur.core.harm.linear.LinearHarm;
import io.demur.core.policy.Context;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Policy;
import io.demur.core.policy.Standing;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is offered instead is answered. */
class AlternativesTest {

    @Test
    void thePolicyAsItShipsAnswersEveryAlternative() {
        Policy policy = Policy.at(Policy.defaultPosture());
        List<String> kept = new ArrayList<>();
        for (Tongue tongue : Tongue.values()) {
            for (String text : all(tongue)) {
                Decision decision =
                        policy.decide(
                                LinearHarm.shipped().assess(Request.of(text)),
                                Context.PLAIN,
                                Standing.FRESH);
                if (decision.strength().compareTo(Strength.HOLD) >= 0) {
                    kept.add(tongue.code() + " " + decision.strength() + ": " + text);
                }
            }
        }
        assertEquals(List.of(), kept);
    }

    @Test
    void noTwoAreTheSameAndEachIsInItsLanguage() {
        for (Tongue tongue : Tongue.values()) {
            Set<String> seen = new HashSet<>();
            for (String text : all(tongue)) {
                assertTrue(seen.add(text), text);
                assertEquals(tongue, Tongue.of(text).orElseThrow(), text);
            }
            assertEquals(3 * Keys.grounds().size() + 2, seen.size());
        }
    }

    private static List<String> all(Tongue tongue) {
        Phrases phrases = Phrases.of(tongue);
        List<String> all = new ArrayList<>();
        for (String ground : Keys.grounds()) {
            for (Shape shape : Shape.values()) {
                all.add(phrases.text(Keys.alternative(ground, shape)));
            }
        }
        all.add(phrases.text("other.first"));
        all.add(phrases.text("other.second"));
        return all;
    }
}
