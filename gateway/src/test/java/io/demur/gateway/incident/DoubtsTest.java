package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.policy.Decision.Strength;
import io.demur.core.policy.ModelClass;
import io.demur.record.entry.Access;
import io.demur.record.entry.Kept;
import io.demur.record.entry.RouteAround;
import io.demur.store.AskedPairs.Allowance;
import io.demur.store.AskedPairs.Known;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a judge is asked of doubtful pairs, over HTTP. */
class DoubtsTest extends Doubtful {

    @Test
    void whatTheJudgeFindsTheSameIsAnIncidentWithItsName() throws Exception {
        String refused;
        try (RouteArounds gateway = judged(9)) {
            refused = declined(gateway, Kept.Mode.FULL);
            sent(gateway, inDoubt(gateway).getFirst());
            counted(gateway, "judged_total{said=\"same\"} 1");
        }
        RouteAround told = told().getFirst();
        assertEquals("judge", told.method());
        assertEquals(judge(Duration.ofSeconds(1)).id().toString(), told.judge().orElseThrow());
        assertEquals(refused, told.refused());
        assertEquals(1, all().size());
        List<Access> read =
                log.stream().filter(Access.class::isInstance).map(Access.class::cast).toList();
        assertEquals(List.of(refused), read.stream().map(Access::attempt).toList());
        assertEquals("demur incidents", read.getFirst().reader());
        assertEquals("same-request", read.getFirst().reason());
        assertTrue(server.asked().getFirst().body().contains("downstairs neighbour"));
    }

    @Test
    void whatTheJudgeFindsAnotherRequestIsNone() throws Exception {
        answers = asked -> said(asked, "no");
        try (RouteArounds gateway = judged(9)) {
            declined(gateway, Kept.Mode.FULL);
            sent(gateway, inDoubt(gateway).getFirst());
            counted(gateway, "judged_total{said=\"other\"} 1");
        }
        assertEquals(List.of(), all());
        assertEquals(1, server.asked().size());
    }

    @Test
    void whatIsNotKeptIsNotShownToTheJudge() throws Exception {
        try (RouteArounds gateway = judged(9)) {
            declined(gateway, Kept.Mode.HASH_ONLY);
            sent(gateway, inDoubt(gateway).getFirst());
            counted(gateway, "unjudged_total{why=\"not-kept\"} 1");
        }
        assertEquals(List.of(), server.asked());
        assertEquals(List.of(), all());
        assertEquals(0, read());
    }

    @Test
    void whatIsTooLongIsNeitherReadNorAskedOf() throws Exception {
        try (RouteArounds gateway = judged(1)) {
            Inquiry refused = asked("big", ModelClass.HOSTED, REFUSED);
            put(refused.attempt(), ada, Kept.Mode.FULL, "big", "a".repeat(Doubts.TEXT_MAX + 1));
            over(gateway.follow(refused).ended(DECLINED, Strength.ANNOTATE, "provider"));
            List<String> doubts = inDoubt(gateway);
            sent(gateway, doubts.getFirst());
            counted(gateway, "unjudged_total{why=\"too-long\"} 1");
            assertEquals(0, read());
            put(refused.attempt(), ada, Kept.Mode.FULL, "big", REFUSED);
            sent(gateway, doubts.getLast()); // the question of the day is there still
            counted(gateway, "judged_total{said=\"same\"} 1");
        }
        assertEquals(1, read());
    }

    @Test
    void noMoreIsAskedInADayThanMayBe() throws Exception {
        answers = asked -> said(asked, "no");
        try (RouteArounds gateway = judged(1)) {
            declined(gateway, Kept.Mode.FULL);
            List<String> doubts = inDoubt(gateway);
            sent(gateway, doubts.getFirst());
            sent(gateway, doubts.getLast());
            counted(gateway, "unjudged_total{why=\"spent\"} 1");
        }
        try (RouteArounds gateway = judged(1)) { // which knows what the one before it asked
            sent(gateway, inDoubt(gateway).get(1));
            counted(gateway, "unjudged_total{why=\"spent\"} 1");
        }
        assertEquals(1, server.asked().size());
    }

    @Test
    void whatIsComparedWhileTheGatewayClosesIsAskedOfAfterTheRestart() throws Exception {
        String later;
        try (RouteArounds gateway = judged(9)) {
            declined(gateway, Kept.Mode.FULL);
            String text = inDoubt(gateway).getFirst();
            gateway.doubts.orElseThrow().close();
            later = ended(gateway, ada, text);
            Thread.sleep(300);
            assertFalse(isCompared(gateway, later));
        }
        assertEquals(List.of(), server.asked());
        try (RouteArounds gateway = judged(9)) {
            until(() -> isCompared(gateway, later));
        }
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
    }

    /** A request that ended, and whose gateway was killed before it was compared. */
    private String killedBefore(String refused, Optional<Boolean> said, boolean begun)
            throws Exception {
        try (RouteArounds gateway = gateway()) {
            Inquiry asked =
                    kept("small", ModelClass.LOCAL, inDoubt(gateway).getFirst(), Kept.Mode.FULL);
            Footprint whole =
                    footprintOf(gateway, asked).with(ANSWERED, "ours", Instant.now(), false);
            assertTrue(gateway.prints.keep(whole.row(false)));
            if (begun) {
                assertEquals(
                        new Known.Fresh(),
                        pairs.begin(asked.attempt(), refused, Allowance.shared(9)));
            }
            if (said.isPresent()) {
                pairs.said(asked.attempt(), refused, said.get());
            }
            return asked.attempt();
        }
    }

    private String refusedBefore() throws Exception {
        try (RouteArounds gateway = gateway()) {
            return declined(gateway, Kept.Mode.FULL);
        }
    }

    @Test
    void whatWaitedForTheJudgeAtAKillIsAskedOfAfterTheRestart() throws Exception {
        String later = killedBefore(refusedBefore(), Optional.empty(), false);
        try (RouteArounds gateway = judged(9)) {
            until(() -> gateway.prints.find(later).orElseThrow().compared());
        }
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
        assertEquals(1, server.asked().size());
        assertEquals(2, read());
    }

    @Test
    void whatTheJudgeHadSaidBeforeAKillIsNotAskedAgain() throws Exception {
        String later = killedBefore(refusedBefore(), Optional.of(true), true);
        try (RouteArounds gateway = judged(9)) {
            until(() -> gateway.prints.find(later).orElseThrow().compared());
        }
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
        assertEquals(List.of(), server.asked());
    }

    @Test
    void whatAnotherGatewayIsAskingIsLeftToIt() throws Exception {
        String refused = refusedBefore();
        String later = killedBefore(refused, Optional.empty(), true);
        try (RouteArounds gateway = judged(9, Duration.ofSeconds(20), Duration.ZERO)) {
            Thread.sleep(500);
            assertTrue(all().isEmpty());
            pairs.said(later, refused, true);
            until(() -> gateway.prints.find(later).orElseThrow().compared());
        }
        assertEquals(List.of(later), told().stream().map(RouteAround::attempt).toList());
        assertEquals(List.of(), server.asked());
    }
}
