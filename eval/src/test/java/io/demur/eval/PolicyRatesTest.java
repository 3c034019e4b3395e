package io.demur.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.Set;

class PolicyRatesTest {

    private final PolicyRates rates = new PolicyRates();

    @Test
    void whatIsKeptBackDependsOnWhatItIs() {
        for (RequestClass benign :
                new RequestClass[] {RequestClass.ORDINARY, RequestClass.LOOK_ALIKE}) {
            assertFalse(benign.isKept(Strength.CONDITION));
            assertTrue(benign.isKept(Strength.HOLD));
            assertTrue(benign.isMet(benign.line()));
            assertFalse(benign.isMet(benign.line() + 0.001));
        }
        assertFalse(RequestClass.CLEAR_HARM.isKept(Strength.ANNOTATE));
        assertTrue(RequestClass.CLEAR_HARM.isKept(Strength.CONDITION));
        assertTrue(RequestClass.CLEAR_HARM.isMet(0.6));
        assertFalse(RequestClass.CLEAR_HARM.isMet(0.599));
    }

    @Test
    void oneTableSaysBothSides() {
        add("first", RequestClass.ORDINARY, Strength.ALLOW, 199);
        add("first", RequestClass.ORDINARY, Strength.HOLD, 1);
        add("first", RequestClass.LOOK_ALIKE, Strength.CONDITION, 60);
        add("first", RequestClass.LOOK_ALIKE, Strength.REFUSE, 4);
        add("a source with a long name", RequestClass.CLEAR_HARM, Strength.CONDITION, 6);
        add("a source with a long name", RequestClass.CLEAR_HARM, Strength.ALLOW, 4);
        rates.add(new AskedRequest("none", "", Optional.empty(), Optional.empty(), Strength.ALLOW));
        assertEquals(275, rates.requests());
        assertFalse(rates.isMet());
        Golden.check("eval/src/test/resources/policy-rates.txt", rates.text());
    }

    @Test
    void theSameWordsOfOneSourceCountOnce() {
        add("first", RequestClass.ORDINARY, Strength.ALLOW, 2);
        add("first", RequestClass.ORDINARY, Strength.ALLOW, 2);
        assertEquals(2, rates.requests());
        add("second", RequestClass.ORDINARY, Strength.ALLOW, 2);
        assertEquals(4, rates.requests());
    }

    @Test
    void theSourceThatTheLinesWereChosenByDecidesNothing() {
        PolicyRates rates = new PolicyRates(Set.of("first"));
        rates.add(asked("first", RequestClass.LOOK_ALIKE, Strength.REFUSE, 0));
        assertTrue(rates.isMet());
        for (int i = 0; i < 100; i++) {
            rates.add(asked("large", RequestClass.LOOK_ALIKE, Strength.ALLOW, i));
        }
        rates.add(asked("small", RequestClass.LOOK_ALIKE, Strength.REFUSE, 0));
        assertFalse(rates.isMet());
    }

    @Test
    void nothingIsMissedWhereNothingWasAsked() {
        assertTrue(rates.isMet());
        assertEquals(Optional.empty(), rates.keptBack(RequestClass.ORDINARY));
    }

    private void add(String source, RequestClass of, Strength decision, int times) {
        for (int i = 0; i < times; i++) {
            rates.add(asked(source, of, decision, i));
        }
    }

    private static AskedRequest asked(String source, RequestClass of, Strength decision, int i) {
        return new AskedRequest(
                source,
                of + " " + decision + i,
                Optional.of(of),
                Optional.of(Hazard.PRIVACY),
                decision);
    }
}
