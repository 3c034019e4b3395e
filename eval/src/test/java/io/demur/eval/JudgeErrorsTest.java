package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.detect.LinearJudge;
import io.demur.eval.JudgeErrors.Expected;
import io.demur.eval.JudgeErrors.Place;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.Set;

class JudgeErrorsTest {

    @Test
    void theCountsBelongToTheWeightsThatAreShipped() {
        JudgeId shipped = LinearJudge.shipped().id();
        assertTrue(
                JudgeErrors.of(shipped).isPresent(),
                () -> "no counts for %s: run `bench/run counts`".formatted(shipped));
    }

    @Test
    void theShippedCountsAreEnoughForEveryFamilyAndForUnknownOnes() {
        JudgeErrors errors = JudgeErrors.of(LinearJudge.shipped().id()).orElseThrow();
        for (Place place : errors.places()) {
            assertTrue(place.refusalsWorth() <= place.hits() + place.misses(), place::toString);
            assertTrue(place.answersWorth() <= place.alarms() + place.rejections());
        }
        assertEquals("", errors.expected(Set.of("")).orElseThrow().family());
        for (String family : List.of("gpt-4", "llama", "mistral")) {
            Expected expected = errors.expected(Set.of(family)).orElseThrow();
            assertEquals(family, expected.family());
            assertTrue(expected.sensitivity().rate() > 0.5, expected::toString);
            assertTrue(expected.specificity().rate() > 0.5, expected::toString);
        }
    }

    @Test
    void otherWeightsHaveNoCounts() {
        assertEquals(Optional.empty(), JudgeErrors.of(Samples.JUDGE));
    }

    @Test
    void aFamilyThatWasCountedIsExpectedAsItWas() {
        JudgeErrors errors = new JudgeErrors(PLACES);
        Expected mistral = errors.expected(Set.of("mistral")).orElseThrow();
        assertEquals("mistral", mistral.family());
        assertEquals(4, mistral.places());
        assertEquals(800, mistral.replies());
        assertEquals(0.71, mistral.sensitivity().rate(), 0.015);
        assertEquals(0.9, mistral.specificity().rate(), 0.01);
    }

    @Test
    void severalFamiliesAndUnknownOnesGetTheMeanOfAllAndTheirSpread() {
        JudgeErrors errors = new JudgeErrors(PLACES);
        Expected mistral = errors.expected(Set.of("mistral")).orElseThrow();
        for (Set<String> families :
                List.of(Set.of(""), Set.of("gemini"), Set.of("mistral", "gpt-4"))) {
            Expected any = errors.expected(families).orElseThrow();
            assertEquals("", any.family());
            assertEquals(4, any.places());
            assertEquals(0.83, any.sensitivity().rate(), 0.02);
            assertTrue(any.sensitivity().worth() < mistral.sensitivity().worth() / 4);
        }
    }

    @Test
    void placesWithAHandfulOfRepliesAreNoGround() {
        JudgeErrors few =
                new JudgeErrors(
                        List.of(
                                place("gpt-4", "a", 9, 0, 0, 9),
                                place("gpt-4", "b", 9, 0, 0, 9),
                                place("llama", "c", 9, 0, 0, 9)));
        assertEquals(Optional.empty(), few.expected(Set.of("gpt-4")));
    }

    /** The judge finds less of what one family refuses than of what the other does. */
    static final List<Place> PLACES =
            List.of(
                    place("gpt-4", "a", 95, 5, 10, 90),
                    place("gpt-4", "b", 96, 4, 9, 91),
                    place("mistral", "a", 70, 30, 10, 90),
                    place("mistral", "b", 71, 29, 11, 89));

    private static Place place(
            String family, String system, long hits, long misses, long alarms, long rejections) {
        return new Place(
                "samples",
                family,
                system,
                "any",
                hits,
                misses,
                alarms,
                rejections,
                hits + misses,
                alarms + rejections);
    }
}
