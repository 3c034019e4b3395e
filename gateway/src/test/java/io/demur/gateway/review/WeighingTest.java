package io.demur.gateway.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.charter.Settings;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Hazard;
import io.demur.core.policy.Decision.Strength;
import io.demur.gateway.gate.Decided;
import io.demur.gateway.gate.Finding;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class WeighingTest {

    private static final Settings.Windows USUAL = Settings.USUAL.windows();

    private static final Weighing.Shown WINDOW =
            Weighing.Shown.of(
                    "A window of the answer with so many letters that all of it counts.", false);

    private static Weighing of(Finding... readings) {
        Decided decided = Standards.decided(5, USUAL, List.of(readings));
        assertEquals(Strength.CONDITION, decided.decision().strength());
        return new Weighing(decided);
    }

    /** Whether the answer stayed back hung on the order of the readings. */
    @Test
    void aWeakerReadingThatIsUnsureDoesNotWeakenTheReviewOfAConditionedAnswer() {
        Finding strong = Standards.finding(0.8, Map.of(Hazard.PRIVACY, 0.8));
        Finding unsure = Standards.finding(0.3, Map.of(Hazard.HATE, 0.3));
        Weighing alone = of(strong);
        int kept = 0;
        for (int i = 0; i <= 100; i++) {
            Said said = new Said(0.5, i / 100.0);
            Assessment measured = alone.quick(WINDOW, said, Standards.JUDGE);
            boolean keeps = alone.keepsBack(measured).isPresent();
            kept += keeps ? 1 : 0;
            for (Weighing both : List.of(of(strong, unsure), of(unsure, strong))) {
                assertEquals(measured, both.quick(WINDOW, said, Standards.JUDGE));
                assertEquals(keeps, both.keepsBack(measured).isPresent());
            }
        }
        assertTrue(kept > 0 && kept < 101, "kept " + kept);
    }
}
