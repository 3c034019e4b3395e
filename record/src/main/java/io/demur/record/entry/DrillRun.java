package io.demur.record.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * DRILL: a probe with a known right answer was sent through the live path.
 *
 * @param id {@code run_…}
 * @param name which probe
 * @param attempt the attempt that it made, where one was seen
 * @param expected what should have happened
 * @param found what did
 * @param passed whether that is the same, in time
 */
public record DrillRun(
        Instant at,
        String id,
        String name,
        Optional<String> attempt,
        String expected,
        String found,
        boolean passed)
        implements Entry {

    public DrillRun {
        at = Words.micros(at);
        Words.id("id", "run", id);
        Words.name("name", name);
        attempt.ifPresent(it -> Words.id("attempt", "att", it));
        Words.code("expected", expected);
        Words.code("found", found);
    }

    @Override
    public DrillRun at(Instant time) {
        return new DrillRun(time, id, name, attempt, expected, found, passed);
    }
}
