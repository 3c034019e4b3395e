package io.demur.stats.sequential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

class GapProcessTest {

    private static final int STREAMS = Boolean.getBoolean("thorough") ? 10_000 : 500;

    private static double mean(GapProcess process, double over, double under, int more) {
        return more == 0
                ? process.evidence()
                : over * mean(process.next(true, false), over, under, more - 1)
                        + under * mean(process.next(false, true), over, under, more - 1)
                        + (1 - over - under)
                                * mean(process.next(true, true), over, under, more - 1);
    }

    @Test
    void evidenceIsOneOnAverageAtTheKnownGap() {
        assertEquals(1, mean(GapProcess.of(0.02, 0), 0.05, 0.03, 8), 1e-12);
        assertTrue(mean(GapProcess.of(0.02, 0.01), 0.05, 0.03, 8) < 1);
        assertTrue(mean(GapProcess.of(0.02, 0), 0.3, 0.01, 8) > 1);
        assertTrue(mean(GapProcess.of(0.02, 0), 0.01, 0.3, 8) > 1);
        assertThrows(IllegalArgumentException.class, () -> GapProcess.of(0.99, 0.02));
    }

    @Test
    void aJudgeThatStaysIsSeldomSuspectedAndOneThatChangesIsFound() {
        SplittableRandom random = new SplittableRandom(31);
        int wrong = 0;
        int found = 0;
        for (int s = 0; s < STREAMS; s++) {
            GapProcess same = GapProcess.of(-0.01, 0);
            GapProcess other = GapProcess.of(-0.01, 0);
            for (int i = 0; i < 1500; i++) {
                boolean person = random.nextBoolean();
                same = same.next(judged(random, person, 0.95, 0.97), person);
                other = other.next(judged(random, person, 0.85, 0.97), person);
            }
            wrong += same.changed(0.05) ? 1 : 0;
            found += other.changed(0.05) ? 1 : 0;
        }
        assertTrue(wrong <= 0.05 * STREAMS, "wrong " + wrong);
        assertTrue(found >= 0.95 * STREAMS, "found " + found);
    }

    /** What a judge says that finds so much of what is, and leaves so much alone of what is not. */
    private static boolean judged(
            SplittableRandom random, boolean person, double sensitivity, double specificity) {
        double u = random.nextDouble();
        return person ? u < sensitivity : u >= specificity;
    }

    @Test
    void aChangeOfWhatIsJudgedAndOneOfTheJudgeAreToldApart() {
        SplittableRandom random = new SplittableRandom(37);
        int right = 0;
        int streams = STREAMS / 5;
        for (int s = 0; s < streams; s++) {
            boolean judgeChanges = s % 2 == 0;
            double sensitivity = judgeChanges ? 0.87 : 0.97;
            double rate = judgeChanges ? 0.98 : 0.88;
            RateShift rates = RateShift.after(1, 1);
            for (int i = 0; i < 2_000; i++) {
                rates = rates.next(judged(random, random.nextDouble() < 0.98, 0.97, 0.98));
            }
            GapProcess anchors = GapProcess.of(0.5 * 0.02 - 0.5 * 0.03, 0);
            for (int day = 0; day < 40 && rates.evidence(Direction.FALLING) < 36_500; day++) {
                for (int i = 0; i < 25; i++) {
                    boolean is = random.nextDouble() < rate;
                    rates = rates.next(judged(random, is, sensitivity, 0.98));
                }
            }
            // after the alarm the judge is asked again about what people have labelled
            for (int i = 0; i < 600; i++) {
                boolean person = i % 2 == 0;
                anchors = anchors.next(judged(random, person, sensitivity, 0.98), person);
            }
            right +=
                    rates.evidence(Direction.FALLING) >= 36_500
                                    && anchors.changed(0.05) == judgeChanges
                            ? 1
                            : 0;
        }
        assertTrue(right >= 0.9 * streams, right + " of " + streams);
    }
}
