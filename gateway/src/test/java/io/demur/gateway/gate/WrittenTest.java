package io.demur.gateway.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import static java.util.Objects.requireNonNull;

import io.demur.record.Position;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** What the gate writes, and whom it tells. */
class WrittenTest {

    @Test
    void anAttemptAndItsOutcomeAreOnDiskAndEverybodyIsTold(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(folder, Instant.now())) {
            Attempt entry = logged.entry();
            Attempted attempted = logged.gate().attempt(entry).get(10, TimeUnit.SECONDS);
            assertEquals(entry, attempted.entry());
            assertEquals(entry.id(), attempted.id());
            assertEquals(Trails.ORIGIN, attempted.position().origin());
            Attempt written =
                    assertInstanceOf(Attempt.class, logged.at(attempted.position().first()));
            assertEquals(entry.id(), written.id());
            Outcome outcome = Logged.outcome(entry.id(), "internal");
            Position at = logged.gate().outcome(attempted, outcome).get(10, TimeUnit.SECONDS);
            Outcome ended = assertInstanceOf(Outcome.class, logged.at(at.first()));
            assertEquals(entry.id(), ended.attempt());
            List<String> told = List.of("attempted", entry.id() + " internal");
            assertEquals(told, logged.first.all);
            assertEquals(told, logged.second.all);
        }
    }

    @Test
    void anAttemptIsNotEndedWithTheOutcomeOfAnother(@TempDir Path folder) throws Exception {
        try (Logged logged = new Logged(folder, Instant.now())) {
            Attempted one = logged.attempt();
            Attempted other = logged.attempt();
            IllegalArgumentException no =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> logged.gate().outcome(one, Logged.outcome(other.id(), "x")));
            assertEquals(
                    "the outcome is that of `%s`, the attempt `%s`".formatted(other.id(), one.id()),
                    no.getMessage());
            assertEquals(2, logged.trail.open());
        }
    }

    @Test
    void whatCannotBeWrittenFailsAndEverybodyIsTold(@TempDir Path folder) throws Exception {
        Logged logged = new Logged(folder, Instant.now());
        logged.trail.log().close();
        CompletionException failed =
                assertThrows(
                        CompletionException.class,
                        () -> logged.gate().attempt(logged.entry()).join());
        assertEquals("the log is closed", requireNonNull(failed.getCause()).getMessage());
        assertEquals(List.of("unwritten"), logged.first.all);
        assertEquals(List.of("unwritten"), logged.second.all);
    }
}
