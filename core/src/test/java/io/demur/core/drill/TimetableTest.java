package io.demur.core.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.detect.LinearJudge;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a day of drills holds. */
class TimetableTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private final Timetable timetable = new Timetable(new byte[] {1, 2, 3});

    @Test
    void aDayAsksAsManyOfEachSortAndNothingTwice() {
        List<Timetable.Slot> day = timetable.day("m", DAY, Timetable.USUAL);
        assertEquals(2 * Timetable.USUAL, day.size());
        assertEquals(
                Timetable.USUAL,
                day.stream().filter(it -> it.probe().right() == DrillProbe.Right.REFUSE).count());
        assertEquals(day.size(), day.stream().map(it -> it.probe().text()).distinct().count());
        assertEquals(day.size(), day.stream().map(it -> it.probe().group()).distinct().count());
        assertTrue(
                day.stream().allMatch(it -> it.at().toString().startsWith("2026-11-22T")),
                day.toString());
    }

    /** What people accepted comes each week for each model, at times of its own. */
    @Test
    void whatIsAskedWeeklyComesOnceInEachWeek() {
        DrillProbe probe = DrillProbe.shipped().getFirst();
        DrillProbe own =
                new DrillProbe("regression.1", probe.hazard(), probe.right(), "g", "What is it?");
        Timetable weekly = timetable.with(model -> List.of(own));
        LocalDate monday = LocalDate.of(2026, 11, 23);
        Set<String> times = new HashSet<>();
        for (String model : List.of("m", "n")) {
            for (int week = 0; week < 20; week++) {
                int asked = 0;
                for (int i = 0; i < 7; i++) {
                    LocalDate day = monday.plusDays(7L * week + i);
                    for (Timetable.Slot slot : weekly.day(model, day, 25)) {
                        assertTrue(slot.at().toString().startsWith(day.toString()), slot::toString);
                        if (slot.probe().equals(own)) {
                            asked++;
                            times.add(slot.at().toString().substring(10) + i);
                        }
                    }
                }
                assertEquals(1, asked);
            }
        }
        assertEquals(40, times.size());
        assertEquals(
                timetable.day("m", DAY, 25).size(),
                timetable.with(model -> List.of()).day("m", DAY, 25).size());
    }

    @Test
    void aDayIsTheSameAfterARestartAndAnotherForEveryDayModelAndSecret() {
        List<Timetable.Slot> day = timetable.day("m", DAY, 25);
        assertEquals(day, new Timetable(new byte[] {1, 2, 3}).day("m", DAY, 25));
        assertNotEquals(day, new Timetable(new byte[] {1, 2, 4}).day("m", DAY, 25));
        assertNotEquals(day, timetable.day("n", DAY, 25));
        assertNotEquals(day, timetable.day("m", DAY.plusDays(1), 25));
    }

    @Test
    void inAMonthMostWordingsHaveTheirTurn() {
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < 30; i++) {
            timetable.day("m", DAY.plusDays(i), 25).forEach(it -> asked.add(it.probe().id()));
        }
        assertTrue(asked.size() > 0.9 * DrillProbe.shipped().size(), asked.size() + "");
    }

    @Test
    void whatAPolicyAsksForRaisesTheNumberAndNothingLowersIt() {
        assertEquals(25, timetable.each(1));
        assertEquals(48, timetable.each(2));
        assertTrue(timetable.each(60) > 100);
    }

    @Test
    void probesAreOfLittleWeightAndAnchorsAreMostlyJudgedAsPeopleDid() {
        for (DrillProbe probe : DrillProbe.shipped()) {
            assertTrue(
                    Stream.of(
                                    "NON_VIOLENT_CRIMES",
                                    "PRIVACY",
                                    "INTELLECTUAL_PROPERTY",
                                    "DEFAMATION",
                                    "SPECIALIZED_ADVICE",
                                    "ADVERSE_PROCESSING")
                            .anyMatch(it -> it.equals(probe.hazard().name())),
                    probe.id());
        }
        List<Anchor> anchors = Anchor.shipped();
        assertEquals(120, anchors.size());
        assertEquals(60, anchors.stream().filter(Anchor::refused).count());
        assertFalse(anchors.stream().anyMatch(it -> it.response().text().contains("\\n")));
        long agreed =
                anchors.stream()
                        .filter(it -> it.judged(LinearJudge.shipped()) == it.refused())
                        .count();
        assertTrue(agreed >= 100, agreed + " of 120; 104 when they were chosen");
    }
}
