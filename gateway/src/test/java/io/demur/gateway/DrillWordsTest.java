package io.demur.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.util.Objects.requireNonNull;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Timetable;
import io.demur.gateway.drill.Driller;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What is kept of drills, by whose words they are in. */
class DrillWordsTest extends Drilled {

    private static final String WORDS = "Which bread keeps longest in a damp cellar?";

    private DrillProbe weekly(String text) {
        DrillProbe any = DrillProbe.shipped().getFirst();
        return new DrillProbe("regression.1", any.hazard(), any.right(), "regression.1", text);
    }

    /** Asks it at its time of this week, and gives how the request and the answer are kept. */
    private List<Kept.Mode> modes(String text) throws Exception {
        Timetable timetable =
                new Timetable(new byte[] {1}, List.of()).with(model -> List.of(weekly(text)));
        LocalDate monday =
                LocalDate.now(ZoneOffset.UTC)
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        Instant due =
                monday.datesUntil(monday.plusDays(7))
                        .flatMap(day -> timetable.day("m", day, 0).stream())
                        .map(Timetable.Slot::at)
                        .findFirst()
                        .orElseThrow();
        AtomicReference<Instant> time = new AtomicReference<>(due.minusSeconds(60));
        deploy(
                () -> requireNonNull(time.get()),
                new Driller.Pace(
                        Duration.ofMillis(20), Duration.ofSeconds(20), Duration.ofDays(60)),
                timetable);
        new Raw(house)
                .stream(
                        "/v1/chat/completions",
                        "{\"model\": \"m\", \"messages\": ["
                                + Spoken.message("user", "Hello there")
                                + "]}");
        time.set(due);
        Instant end = Instant.now().plusSeconds(60);
        while (true) {
            List<Entry> entries = house.entries();
            for (Entry each : entries) {
                if (each instanceof DrillRun drill && drill.name().equals("regression.1")) {
                    return modes(entries, drill.attempt().orElseThrow());
                }
            }
            assertTrue(Instant.now().isBefore(end), entries::toString);
            Thread.sleep(20);
        }
    }

    private static List<Kept.Mode> modes(List<Entry> entries, String attempt) {
        return entries.stream()
                .mapMulti(
                        (Entry each, Consumer<Kept> to) -> {
                            if (each instanceof Attempt asked && asked.id().equals(attempt)) {
                                to.accept(asked.request());
                            } else if (each instanceof Outcome outcome
                                    && outcome.attempt().equals(attempt)) {
                                outcome.reply().ifPresent(to);
                            }
                        })
                .map(Kept::mode)
                .toList();
    }

    /** They would stand under the key of the drills, where nobody erases the caller's. */
    @Test
    void noneOfTheWordsOfACallerIsKeptOfADrillNorWhatIsAnsweredToThem() throws Exception {
        assertEquals(List.of(Kept.Mode.HASH_ONLY, Kept.Mode.HASH_ONLY), modes(WORDS));
        assertTrue(model.asked.contains(WORDS));
    }

    @Test
    void whatShipsIsKeptAsThePolicySays() throws Exception {
        assertEquals(
                List.of(Kept.Mode.FULL, Kept.Mode.FULL),
                modes(DrillProbe.shipped().getLast().text()));
    }
}
