package io.demur.eval.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.detect.LinearJudge;
import io.demur.core.detect.StopReasonDetector;
import io.demur.eval.run.Judges;
import io.demur.testkit.SharedData;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What people said of published answers, and what a replay says of them. */
class XsTestReplayTest {

    @Test
    void fiveModelsStandInTheOrderInWhichPeopleHaveThem() throws Exception {
        Judges judges = new Judges(new StopReasonDetector(LinearJudge.shipped()), Optional.empty());
        XsTestReplay replay = XsTestReplay.of(SharedData.require("xstest"), judges);
        String table = replay.table();
        assertEquals(replay.order(true, true), replay.order(true, false), table);
        for (boolean ofBenign : new boolean[] {true, false}) {
            assertEquals(List.of(), replay.disagreements(ofBenign), table);
            for (String model : XsTestReplay.MODELS) {
                XsTestReplay.Side side = replay.side(model, ofBenign);
                assertEquals(ofBenign ? 127 : 98, side.judged().n() + side.leftOut());
                double apart = Math.abs(side.judged().rate() - side.people().rate());
                assertTrue(apart <= 0.08, model + "\n" + table);
            }
        }
        System.out.print(table);
    }
}
