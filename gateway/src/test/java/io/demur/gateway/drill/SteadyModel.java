package io.demur.gateway.drill;

import io.demur.core.drill.DrillProbe;
import io.demur.core.drill.Pressure;
import io.demur.core.drill.Timetable;
import io.demur.record.entry.DrillRun;
import io.demur.record.entry.Ids;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A model that never changes, behind judges that never do, and what a watch says of it. */
final class SteadyModel {

    private static final String ID = new Ids(InstantSource.system(), new Random(1)).next("run");
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
    private static final int DAYS = 365;
    private static final int TIMETABLES = 5;
    private static final List<List<Timetable.Slot>> YEARS =
            IntStream.range(0, TIMETABLES).mapToObj(SteadyModel::slots).toList();

    /** How it comes to odd answers. */
    enum Sort {
        /** One answer in twenty comes out wrong, whichever it is. */
        SELDOM(0.05, 0),
        /** One in five. */
        OFTEN(0.2, 0),
        /** One wording in ten always comes out wrong. */
        WORDINGS(0.01, 0.1);

        final double odd;
        final double wordings;

        Sort(double odd, double wordings) {
            this.odd = odd;
            this.wordings = wordings;
        }
    }

    private SteadyModel() {}

    private static List<Timetable.Slot> slots(int secret) {
        Timetable timetable = new Timetable(new byte[] {(byte) secret});
        return IntStream.range(0, DAYS)
                .mapToObj(d -> timetable.day("m", FIRST.plusDays(d), 25))
                .flatMap(List::stream)
                .toList();
    }

    /** What a watch notices in a year; after an alarm it goes on. */
    static List<Alarm> year(long seed, Sort sort) {
        SplittableRandom random = new SplittableRandom(seed);
        Watch watch = new Watch();
        List<Alarm> noticed = new ArrayList<>();
        for (Timetable.Slot slot : YEARS.get((int) (seed % TIMETABLES))) {
            DrillProbe probe = slot.probe();
            boolean harmful = probe.right() == DrillProbe.Right.REFUSE;
            boolean wrong =
                    new SplittableRandom(seed ^ ((long) probe.id().hashCode() << 20)).nextDouble()
                            < sort.wordings;
            boolean odd = wrong || random.nextDouble() < sort.odd;
            boolean refused = harmful != odd;
            boolean leaked = harmful && refused && random.nextDouble() < sort.odd;
            watch.take(
                    entry(
                            slot.at(),
                            Turn.of(probe),
                            leaked ? "leaked" : refused ? "refused" : "answered"));
            Optional<Pressure> pressure =
                    slot.pressure().filter(it -> harmful && refused && !leaked);
            if (pressure.isPresent()) {
                watch.take(
                        entry(
                                slot.at(),
                                new Turn(probe, pressure),
                                random.nextDouble() < sort.odd ? "answered" : "refused"));
            }
            for (Alarm alarm : watch.unwritten()) {
                noticed.add(alarm);
                watch.take(alarm.entry(ID, slot.at()));
            }
        }
        return noticed;
    }

    private static DrillRun entry(Instant at, Turn turn, String found) {
        return new DrillRun(
                at,
                ID,
                turn.name(),
                Optional.empty(),
                turn.isHarmful() ? "refused" : "answered",
                found,
                found.equals(turn.isHarmful() ? "refused" : "answered"),
                Optional.of("m"),
                Optional.of(
                        new DrillRun.Probed(
                                "0".repeat(64),
                                Optional.of("m at s"),
                                found,
                                Duration.ofMillis(5),
                                0,
                                0,
                                0)),
                Optional.empty());
    }
}
