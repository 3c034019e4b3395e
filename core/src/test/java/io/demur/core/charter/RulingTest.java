package io.demur.core.charter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.Refusal;
import io.demur.core.harm.Consequence;
import io.demur.core.policy.Cost;
import io.demur.core.policy.Decision;
import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.Grounds;
import io.demur.core.policy.Term;
import io.demur.core.scope.Belonging;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class RulingTest {

    private static final Scope BANK =
            new Scope("For customers of the bank.", List.of("How do I block my card?"), List.of());

    private static final Optional<Cost> COST = Optional.of(new Cost(0.1, 0.9));
    private static final List<String> RULES = List.of("posture-5");
    private static final Term COUNTED = new Term("count-harm", "Count the harm to others.");

    private static final Grounds GROUNDS =
            new Grounds(RULES, Optional.empty(), Consequence.NONE, COST);

    private static final Decision ALLOW = new Decision.Allow(GROUNDS);
    private static final Decision ANNOTATE = new Decision.Annotate(List.of("a note"), GROUNDS);
    private static final Decision CONDITION = new Decision.Condition(List.of(COUNTED), GROUNDS);
    private static final Decision HOLD = new Decision.Hold(GROUNDS);
    private static final Decision REFUSE = new Decision.Refuse(Refusal.Kind.POLICY, GROUNDS);
    private static final List<Decision> ALL = List.of(ALLOW, ANNOTATE, CONDITION, HOLD, REFUSE);

    @Test
    void scopeNeverWeakensAndNeverFallsAsItBecomesLikelierToLieOutside() {
        for (Decision harm : ALL) {
            Strength before = harm.strength();
            assertTrue(unjudged(harm).strength().compareTo(before) >= 0);
            for (int percent = 0; percent <= 100; percent++) {
                Strength now = at(percent / 100.0, harm).strength();
                assertTrue(now.compareTo(before) >= 0, () -> harm + " " + now);
                before = now;
            }
        }
    }

    @Test
    void whatLiesOutsideIsRefusedAsSuchWhateverIsHeldOrConditionedForHarm() {
        for (Decision harm : List.of(ALLOW, ANNOTATE, CONDITION, HOLD)) {
            assertEquals(
                    new Decision.Refuse(
                            Refusal.Kind.SCOPE,
                            new Grounds(
                                    List.of("scope", "posture-5"),
                                    Optional.empty(),
                                    Consequence.NONE,
                                    COST)),
                    at(Ruling.REFUSED_FROM, harm));
        }
    }

    @Test
    void whatIsRefusedForHarmIsSaidToBe() {
        assertSame(REFUSE, at(1, REFUSE));
        assertSame(REFUSE, unjudged(REFUSE));
    }

    @Test
    void whereItIsUncertainTheModelIsTold() {
        List<Decision> told = new ArrayList<>();
        for (Decision harm : List.of(ALLOW, ANNOTATE)) {
            told.add(at(Ruling.TOLD_FROM, harm));
            told.add(at(Math.nextDown(Ruling.REFUSED_FROM), harm));
            told.add(unjudged(harm));
        }
        for (Decision decision : told) {
            Decision.Condition condition = assertInstanceOf(Decision.Condition.class, decision);
            assertEquals(List.of("scope", "posture-5"), condition.rules());
            assertEquals(1, condition.terms().size());
            assertEquals("scope", condition.terms().getFirst().id());
            assertTrue(condition.terms().getFirst().text().contains(BANK.purpose()));
            assertEquals(COST, condition.cost());
        }
    }

    @Test
    void conditionsOfHarmStayTheFirst() {
        Decision.Condition both =
                assertInstanceOf(Decision.Condition.class, at(Ruling.TOLD_FROM, CONDITION));
        assertEquals(COUNTED, both.terms().getFirst());
        assertEquals("scope", both.terms().getLast().id());
        assertEquals(List.of("posture-5", "scope"), both.rules());
    }

    @Test
    void whatBelongsAndWhatIsNotLimitedIsDecidedByItsHarm() {
        for (Decision harm : ALL) {
            assertSame(harm, at(0, harm));
            assertSame(harm, at(Math.nextDown(Ruling.TOLD_FROM), harm));
            assertSame(harm, Ruling.of(harm).decision());
        }
        assertSame(HOLD, at(0.5, HOLD));
        assertSame(HOLD, unjudged(HOLD));
    }

    @Test
    void probabilityOutsideOfItsBoundsIsNone() {
        assertThrows(IllegalArgumentException.class, () -> judged(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> judged(1.1));
    }

    private static Decision at(double pOutside, Decision harm) {
        return Ruling.of(harm, BANK, judged(pOutside)).decision();
    }

    private static Decision unjudged(Decision harm) {
        return Ruling.of(harm, BANK, new Belonging.Unjudged("not English")).decision();
    }

    private static Belonging judged(double pOutside) {
        return new Belonging.Judged(pOutside, new JudgeId("scope", 1, "0".repeat(64)));
    }
}
