package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Problem;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.eval.run.Heard.Again;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/** What a test of runs has: a file, targets of a few lines, and all that they were asked. */
abstract class RunnerSetting {

    static final Variant STRICT = new Variant("strict", Optional.of("Be strict."));

    @TempDir Path folder = Path.of("");

    Path file = Path.of("");
    final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    OptionalDouble costMax = OptionalDouble.empty();
    Bill bill = new Bill(Price.NONE, costMax);

    @BeforeEach
    void namesTheFile() {
        file = folder.resolve("a.run");
    }

    static Heard said(String text) {
        return new Heard.Said(
                new Response(text, StopReason.END),
                Optional.of(new Usage(10, 20)),
                Duration.ZERO,
                "m",
                Optional.empty(),
                false);
    }

    static Heard nothing(Failure.Kind kind, int status, Again again) {
        return new Heard.Nothing(
                new Failure(kind, status, "as told"), again, Optional.empty(), false);
    }

    Ending begin(Run run, Target target, BooleanSupplier stop) throws Exception {
        Files.deleteIfExists(file);
        try (RunFile to = RunFile.create(file, run).orElseThrow()) {
            return run(run, List.of(), target, to, stop);
        }
    }

    Ending resume(Target target, BooleanSupplier stop) throws Exception {
        try (RunFile to = RunFile.open(file).orElseThrow()) {
            RunReader.Read read = to.read(new ArrayList<>()).orElseThrow();
            return run(read.run(), read.begun(), target, to, stop);
        }
    }

    Ending run(Run run, List<Trial> begun, Target target, RunFile to, BooleanSupplier stop)
            throws Exception {
        Target counted =
                it -> {
                    asked.add(it);
                    return target.ask(it);
                };
        bill = new Bill(new Price(1e6, 1e6), costMax);
        return new Runner(
                        run,
                        begun,
                        counted,
                        RunSamples.JUDGES,
                        new Pace(8),
                        bill,
                        RunSamples.IMPATIENT,
                        trial -> {},
                        () -> Instant.parse("2026-11-22T10:02:00Z"),
                        stop)
                .run(to);
    }

    RunReader.Read read() throws Exception {
        List<Problem> problems = new ArrayList<>();
        Optional<RunReader.Read> read = RunReader.read(file, problems);
        assertEquals(List.of(), problems);
        return read.orElseThrow();
    }

    static boolean never() {
        return false;
    }
}
