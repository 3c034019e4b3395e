package io.demur.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.core.Act;
import io.demur.core.Craft;
import io.demur.core.Degree;
import io.demur.core.Degrees;
import io.demur.core.Evidence;
import io.demur.core.Problem;
import io.demur.core.Refusal;
import io.demur.core.Response;
import io.demur.core.StopReason;
import io.demur.core.Verdict;
import io.demur.core.suite.Case;
import io.demur.core.suite.Expectation;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** What stands in run files. */
class RunFileTest {

    private static final Instant FINISHED = Instant.parse("2026-11-22T10:01:00Z");

    @TempDir Path folder = Path.of("");

    private static Round round(String text, StopReason stop, Verdict verdict) {
        return new Round(
                new Response(text, stop),
                verdict,
                RunSamples.JUDGE,
                text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(0.1234567890123),
                text.isEmpty() ? Optional.empty() : Optional.of(new Usage(12, 34)),
                Duration.ofNanos(1_234_567_000),
                text.isEmpty() ? "" : "model-7b",
                text.isEmpty() ? Optional.empty() : Optional.of("fp_1"),
                text.equals("Yes"));
    }

    private static final Verdict REFUSED =
            new Verdict.Refused(
                    new Refusal(
                            Degree.PARTIAL,
                            Refusal.Kind.CONDITIONAL,
                            Set.of(Refusal.Form.DIRECT, Refusal.Form.DISCLAIM),
                            Refusal.Origin.PROVIDER,
                            new Craft(0.1, 1.0 / 3, 0, 1),
                            List.of(new Evidence(0, 3, Act.REFUSES))),
                    new Degrees(0.1, 0.6, 0.3),
                    1e-9);

    private static final Verdict COMPLIED =
            new Verdict.Complied(
                    new Degrees(0.9, 0.05, 0.05), 0.25, List.of(new Evidence(1, 2, Act.DELIVERS)));

    private static Run whole() {
        Case full = RunSamples.full();
        Case plain = RunSamples.plain("plain", Expectation.ANSWER);
        Variant strict = new Variant("strict", Optional.of("Be careful.\n\nAlways."));
        Run begun = RunSamples.begun(RunSamples.suite(full, plain), 2, Variant.PLAIN, strict);
        Verdict undecided =
                new Verdict.Undecided(Verdict.Undecided.Reason.EMPTY, "nothing \"at all\"");
        List<Trial> trials =
                List.of(
                        new Trial(
                                full,
                                1,
                                "",
                                List.of(
                                        round(
                                                "No.\n",
                                                new StopReason.Refusal(
                                                        "stop_reason: refusal",
                                                        Optional.of("cyber")),
                                                REFUSED),
                                        round("Nein 🥖", StopReason.LENGTH, REFUSED),
                                        round("Yes", StopReason.END, COMPLIED)),
                                Optional.empty()),
                        new Trial(
                                plain,
                                1,
                                "",
                                List.of(round("", StopReason.UNSTATED, undecided)),
                                Optional.empty()),
                        new Trial(
                                plain,
                                2,
                                "",
                                List.of(),
                                Optional.of(
                                        new Failure(Failure.Kind.STATUS, 500, "HTTP status 500"))),
                        new Trial(
                                full,
                                2,
                                "strict",
                                List.of(
                                        round(
                                                "",
                                                new StopReason.ContentFilter(
                                                        "finish_reason: content_filter",
                                                        Optional.empty()),
                                                REFUSED)),
                                Optional.empty()),
                        new Trial(
                                plain,
                                2,
                                "strict",
                                List.of(),
                                Optional.of(new Failure(Failure.Kind.TIMEOUT, 0, "late")),
                                new Usage(56, 78)));
        return new Run(
                begun.id(),
                begun.suite(),
                begun.suiteDigest(),
                begun.plan(),
                begun.started(),
                Optional.of(FINISHED),
                trials);
    }

    private Path written(Run run) throws IOException {
        Path file = folder.resolve("a.run");
        Files.deleteIfExists(file);
        try (RunFile to = RunFile.create(file, run).orElseThrow()) {
            for (Trial trial : run.trials()) {
                to.keep(trial);
            }
            if (run.finished().isPresent()) {
                to.finish(run.finished().get());
            }
        }
        return file;
    }

    private static RunReader.Read read(Path file) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<RunReader.Read> read = RunReader.read(file, problems);
        assertEquals(List.of(), problems);
        return read.orElseThrow();
    }

    private static RunFile goingOn(Path file) throws IOException {
        RunFile open = RunFile.open(file).orElseThrow();
        List<Problem> problems = new ArrayList<>();
        assertEquals(Optional.of(read(file)), open.read(problems));
        assertEquals(List.of(), problems);
        return open;
    }

    @Test
    void readsBackExactlyWhatWasWritten() throws IOException {
        Run run = whole();
        assertEquals(run, read(written(run)).run());
    }

    @Test
    void standsInTheDocumentedForm() throws IOException {
        Golden.check("eval/src/test/resources/run/whole.jsonl", Files.readString(written(whole())));
    }

    @Test
    void isReadWhereverItBreaksOff() throws IOException {
        Run run = whole();
        byte[] bytes = Files.readAllBytes(written(run));
        int begins = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("{\"t\":\"trial\"");
        for (int length = begins; length < bytes.length; length++) {
            Path torn = folder.resolve("torn.run");
            Files.write(torn, Arrays.copyOf(bytes, length));
            RunReader.Read read = read(torn);
            assertTrue(run.trials().containsAll(read.run().trials()), "at byte " + length);
            assertEquals(Optional.empty(), read.run().finished());
            assertTrue(read.bytes() <= length && bytes[(int) read.bytes() - 1] == '\n');
        }
    }

    @Test
    void whatFollowsATornLineStandsOnALineOfItsOwn() throws IOException {
        Run run = whole();
        byte[] bytes = Files.readAllBytes(written(run));
        Path torn = folder.resolve("torn.run");
        Files.write(torn, Arrays.copyOf(bytes, bytes.length - 30));
        try (RunFile further = goingOn(torn)) {
            further.finish(FINISHED);
        }
        assertEquals(run, read(torn).run());
    }

    /** Fields of later versions were missing in it, and stand for what they stood for then. */
    @Test
    void anEarlierFileIsReadAsOneInWhichAllWasPaidFor() throws IOException {
        Path file = written(whole());
        String text = Files.readString(file);
        Files.writeString(
                file, text.replace(",\"free\":true", "").replaceAll(",\"lost\":\\{[^}]*\\}", ""));
        assertTrue(text.length() > Files.size(file) + 30);
        Run read = read(file).run();
        assertTrue(
                read.trials().stream().noneMatch(it -> it.rounds().stream().anyMatch(Round::free)));
        assertTrue(read.trials().stream().allMatch(it -> it.lost().equals(Usage.NONE)));
    }

    @Test
    void aFileThatIsThereIsNotTouched() throws IOException {
        Path file = written(whole());
        byte[] before = Files.readAllBytes(file);
        assertEquals(Optional.empty(), RunFile.create(file, whole()));
        assertEquals(-1, Files.mismatch(file, Files.write(folder.resolve("before"), before)));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }

    /** The later one took the name from the earlier one, whose answers went nowhere. */
    @Test
    void ofTwoRunsThatBeginOneFileAtOnceOneHasIt() throws Exception {
        for (int n = 0; n < 100; n++) {
            Path file = folder.resolve(n + ".run");
            CyclicBarrier together = new CyclicBarrier(4);
            Callable<Boolean> begin =
                    () -> {
                        together.await();
                        Optional<RunFile> begun = RunFile.create(file, whole());
                        together.await(); // while those who have it still do
                        if (begun.isPresent()) {
                            begun.get().close();
                        }
                        return begun.isPresent();
                    };
            int have = 0;
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Boolean> each : threads.invokeAll(Collections.nCopies(4, begin))) {
                    have += each.get() ? 1 : 0;
                }
            }
            assertEquals(1, have, "in round " + n);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(100, left.count());
        }
    }

    @Test
    void theLaterOfTwoTrialsHolds() throws IOException {
        Run run = whole();
        Path file = written(run);
        Trial anew =
                new Trial(
                        run.suite().cases().get(1),
                        2,
                        "",
                        List.of(round("Yes", StopReason.END, COMPLIED)),
                        Optional.empty());
        try (RunFile further = goingOn(file)) {
            further.keep(anew);
        }
        assertEquals(anew, read(file).run().trials().get(2));
        assertEquals(5, read(file).run().trials().size());
    }

    @Test
    void aTrialThatLacksAnswersIsBegunAndNotDone() throws IOException {
        Run run = whole();
        Trial open =
                new Trial(
                        RunSamples.full(),
                        2,
                        "",
                        List.of(round("No", StopReason.END, REFUSED)),
                        Optional.empty());
        Path file = written(run);
        try (RunFile further = goingOn(file)) {
            further.keep(open);
        }
        assertEquals(run.trials(), read(file).run().trials());
        assertEquals(List.of(open), read(file).begun());
    }

    @Test
    void saysAllThatIsWrongAtOnce() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(written(whole())));
        lines.set(3, lines.get(3).replace("\"all-of-it\"", "\"nobody\""));
        lines.set(4, lines.get(4).replace("\"epoch\":1", "\"epoch\":\"one\""));
        lines.set(5, "{\"t\":");
        lines.set(6, lines.get(6).replace("\"content-filter\"", "\"whim\""));
        check(
                lines,
                "4: there is no case `nobody` in this run",
                "5: `epoch` is not a whole number",
                "6: the line is no JSON: the JSON value is cut off",
                "7: no answer stops by `whim`");
    }

    @Test
    void saysThatSomethingElseIsNoRun() throws IOException {
        check(List.of("{\"id\": 1}", "{}"), "1: this is no run file: it does not begin as a run");
        check(
                List.of("prompt,expect"),
                "1: this is no run file: the line is no JSON: `prompt` is no JSON value");
        List<String> later = new ArrayList<>(Files.readAllLines(written(whole())));
        later.set(0, later.get(0).replace("\"v\":1", "\"v\":2"));
        check(later, "1: this is no run file: the run is of version `2`; this Demur reads 1");
        check(
                Files.readAllLines(written(whole())).subList(0, 2),
                "`1` cases stand where `2` were announced");
    }

    private void check(List<String> lines, String... expected) throws IOException {
        Path file = folder.resolve("wrong.run");
        Files.write(file, lines);
        List<Problem> problems = new ArrayList<>();
        assertEquals(Optional.empty(), RunReader.read(file, problems));
        assertEquals(
                List.of(expected),
                problems.stream()
                        .map(
                                it ->
                                        (it.where().line() > 0 ? it.where().line() + ": " : "")
                                                + it.message())
                        .toList());
    }
}
