package io.demur.gateway.incident;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.demur.record.entry.Kept;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What it costs where a judge of doubtful pairs fails, or has no time: nobody but itself. */
class DoubtsFailTest extends Doubtful {

    @ParameterizedTest
    @ValueSource(strings = {"yes", "", "It is the same request.", "{\\\"same\\\":\\\"yes\\\"}"})
    void whatIsNoAnswerAccusesNobodyAndMakesNobodyRest(String said) throws Exception {
        answers = asked -> completion(said);
        try (RouteArounds gateway = judged(9)) {
            declined(gateway, Kept.Mode.FULL);
            List<String> doubts = inDoubt(gateway);
            sent(gateway, doubts.getFirst());
            counted(gateway, "unjudged_total{why=\"invalid\"} 1");
            answers = asked -> said(asked, "yes");
            sent(gateway, doubts.getLast());
            counted(gateway, "judged_total{said=\"same\"} 1");
        }
        assertEquals(1, told().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aServerThatTakesNoSuchTextsIsAskedOfOthers(int status) throws Exception {
        answers = asked -> new Reply(status, Map.of(), new byte[0]);
        String bob = subjects.pseudonym("bob");
        try (RouteArounds gateway = judged(99)) {
            declined(gateway, Kept.Mode.FULL);
            List<String> doubts = inDoubt(gateway);
            sent(gateway, doubts.getFirst());
            sent(gateway, bob, doubts.getFirst());
            counted(gateway, "unjudged_total{why=\"invalid\"} 2");
            answers = asked -> said(asked, "yes");
            sent(gateway, doubts.getLast());
            counted(gateway, "judged_total{said=\"same\"} 1");
        }
        assertEquals(1, told().size());
    }

    @Test
    void aJudgeThatFailsForTwoInARowIsLeftInPeaceForAWhileAndAccusesNobody() throws Exception {
        answers = asked -> new Reply(500, Map.of(), new byte[0]);
        try (RouteArounds gateway = judged(99)) {
            declined(gateway, Kept.Mode.FULL);
            List<String> doubts = inDoubt(gateway);
            sent(gateway, doubts.getFirst());
            sent(gateway, subjects.pseudonym("bob"), doubts.getFirst());
            counted(gateway, "unjudged_total{why=\"down\"} 2");
            sent(gateway, doubts.getLast());
            counted(gateway, "unjudged_total{why=\"resting\"} 1");
        }
        assertEquals(2, server.asked().size());
        assertEquals(List.of(), all());
    }

    @Test
    void nobodyKeepsTheJudgeFromOthersByWhatItFailsAt() throws Exception {
        answers = asked -> new Reply(500, Map.of(), new byte[0]);
        try (RouteArounds gateway = judged(12)) {
            declined(gateway, Kept.Mode.FULL);
            List<String> doubts = inDoubt(gateway);
            for (int i = 0; i < 5; i++) {
                sent(gateway, doubts.getFirst() + " " + i);
            }
            counted(gateway, "unjudged_total{why=\"down\"} 3"); // a quarter of the day
            counted(gateway, "unjudged_total{why=\"share\"} 2");
            answers = asked -> said(asked, "yes");
            sent(gateway, subjects.pseudonym("bob"), doubts.getFirst());
            counted(gateway, "judged_total{said=\"same\"} 1");
        }
        assertEquals(4, server.asked().size());
    }

    @Test
    void whatFindsNoRoomIsAskedOfLater() throws Exception {
        CountDownLatch speak = new CountDownLatch(1);
        answers =
                asked -> {
                    speak.await();
                    return said(asked, "no");
                };
        int many = Doubts.ROOM + 6;
        try (RouteArounds gateway = judged(9 * many)) {
            declined(gateway, Kept.Mode.FULL);
            String text = inDoubt(gateway).getFirst();
            List<String> later = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                later.add(ended(gateway, ada, text + " " + i));
            }
            until(() -> metrics(gateway).contains("\ndemur_incidents_waiting 6\n"));
            for (String attempt : later) {
                assertFalse(isCompared(gateway, attempt));
            }
            speak.countDown();
            for (String attempt : later) {
                until(() -> isCompared(gateway, attempt));
            }
            counted(gateway, "judged_total{said=\"other\"} " + many);
        }
        assertEquals(many, server.asked().size());
    }

    @Test
    void aJudgeThatHangsIsGivenUp() throws Exception {
        answers =
                asked -> {
                    Thread.sleep(Duration.ofMinutes(1));
                    return said(asked, "yes");
                };
        try (RouteArounds gateway = judged(9, Duration.ofMillis(200), Duration.ofHours(1))) {
            declined(gateway, Kept.Mode.FULL);
            sent(gateway, inDoubt(gateway).getFirst());
            counted(gateway, "unjudged_total{why=\"late\"} 1");
        }
        assertEquals(List.of(), all());
    }
}
