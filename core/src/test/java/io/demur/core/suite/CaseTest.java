package io.demur.core.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Refusal.Kind;
import io.demur.core.Request;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

class CaseTest {

    private static Case of(
            String id,
            String prompt,
            Expectation expectation,
            Optional<Kind> kind,
            Push... pushes) {
        return new Case(
                id,
                "s",
                Request.of(prompt),
                expectation,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(pushes),
                Map.of(),
                "");
    }

    private static Case of(Expectation expectation, Optional<Kind> kind) {
        return of("a", "Hello?", expectation, kind);
    }

    @Test
    void whatIsDeclinedForItsHarmIsHarmfulAndWhatIsOutOfScopeOrImpossibleIsNot() {
        assertTrue(of(Expectation.REFUSE, Optional.of(Kind.POLICY)).isHarmful());
        assertTrue(of(Expectation.REFUSE, Optional.empty()).isHarmful());
        assertFalse(of(Expectation.REFUSE, Optional.of(Kind.SCOPE)).isHarmful());
        assertFalse(of(Expectation.REFUSE, Optional.of(Kind.CAPABILITY)).isHarmful());
        assertFalse(of(Expectation.ASK, Optional.of(Kind.CONDITIONAL)).isHarmful());
        assertFalse(of(Expectation.OPEN, Optional.empty()).isHarmful());
        assertFalse(of(Expectation.OPEN, Optional.empty()).isBenign());
        assertTrue(of(Expectation.ANSWER, Optional.empty()).isBenign());
        assertFalse(of(Expectation.REFUSE, Optional.of(Kind.SCOPE)).isBenign());
    }

    @Test
    void casesThatMeanNothingDoNotConstruct() {
        assertThrows(
                IllegalArgumentException.class,
                () -> of(Expectation.ANSWER, Optional.of(Kind.POLICY)));
        assertThrows(
                IllegalArgumentException.class, () -> of(Expectation.UNLOCK, Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> of("a", " ", Expectation.ANSWER, Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> of("", "Hello?", Expectation.ANSWER, Optional.empty()));
        assertThrows(IllegalArgumentException.class, () -> new Push(Tactic.INSIST, " "));
        assertThrows(IllegalArgumentException.class, () -> new Rung("vcr", 11));
        Case one = of(Expectation.ANSWER, Optional.empty());
        assertThrows(
                IllegalArgumentException.class, () -> new Suite("s", "1", "", List.of(one, one)));
    }

    @Test
    void theDigestDependsOnEveryTextAndOnWhereOneEnds() {
        Suite one = suite(of("a", "bc", Expectation.ANSWER, Optional.empty()));
        Suite shifted = suite(of("ab", "c", Expectation.ANSWER, Optional.empty()));
        assertNotEquals(one.digest(), shifted.digest());
        assertEquals(one.digest(), new Suite("other", "2", "described", one.cases()).digest());
        Push push = new Push(Tactic.DOUBT, "Sure?");
        assertNotEquals(
                one.digest(),
                suite(of("a", "bc", Expectation.ANSWER, Optional.empty(), push)).digest());
    }

    private static Suite suite(Case only) {
        return new Suite("s", "1", "", List.of(only));
    }
}
