package io.demur.gateway.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.JudgeId;
import io.demur.core.harm.Assessment;
import io.demur.core.harm.Consequence;
import io.demur.core.harm.Hazard;
import io.demur.core.harm.Severity;
import io.demur.gateway.judge.Piece.Kind;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Of many pieces that a second judge has not answered about, few can be asked about again. */
class SiftedTest {

    private static final JudgeId JUDGE = new JudgeId("stub", 1, "ab".repeat(32));

    private static Piece piece(String text, double p, Kind kind) {
        Consequence consequence =
                new Consequence(
                        List.of("others"),
                        "It would harm others.",
                        Severity.SERIOUS,
                        Consequence.Reversibility.PARTLY,
                        Consequence.Reach.FEW,
                        true);
        return new Piece(
                new Heard(
                        text, new Assessment.Judged(p, Map.of(Hazard.HATE, p), consequence, JUDGE)),
                kind);
    }

    private static Sifted open(Piece... pieces) {
        return new Sifted(Optional.empty(), List.of(pieces));
    }

    private static Sifted rules(int count) {
        return open(
                Collections.nCopies(count, piece("rule", 0.9, Kind.RULE)).toArray(Piece[]::new));
    }

    /** A rule's 0.9 counts as 0.14 without the second judge, and had pushed out an order's 0.6. */
    @Test
    void anOrderIsNotPushedOutByRulesThatSoundWorseAndCountForLess() {
        Sifted both = rules(8).and(open(piece("order", 0.6, Kind.ORDER)));
        assertEquals("order", both.open().getFirst().quick().text());
        assertEquals(0.6, both.found().orElseThrow().pHarm(), 1e-9);
    }

    @Test
    void whatIsNotAskedAboutAgainStillCountsAsTheQuickJudgeHasIt() {
        Sifted orders =
                open(Collections.nCopies(9, piece("order", 0.7, Kind.ORDER)).toArray(Piece[]::new));
        Sifted most = orders.and(Sifted.NOTHING);
        assertEquals(8, most.open().size());
        assertFalse(most.isSettled());
        Sifted answered = new Sifted(most.worst(), List.of());
        assertTrue(answered.isSettled());
        assertEquals(0.7, answered.found().orElseThrow().pHarm(), 1e-9);
    }
}
