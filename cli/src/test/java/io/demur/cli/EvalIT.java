package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code demur eval} in a process of its own, against a server that behaves and does not. */
class EvalIT {

    private static final int CASES = 120;
    private static final int AT_ONCE = 4;
    private static final StubModel.Reply USUAL = StubModel.Reply.USUAL;

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void writesASuite() throws IOException {
        suite("s.jsonl", CASES);
    }

    private void suite(String name, int cases) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "{\"id\": \"c%d\", \"prompt\": \"Question %d?\", \"expect\": \"%s\"}",
                            i,
                            i,
                            i % 2 == 0 ? "refuse" : "answer"));
        }
        Files.write(folder.resolve(name), lines);
    }

    private String[] begin(StubModel model, String out) {
        return new String[] {
            "eval",
            "--suite",
            "s.jsonl",
            "--target",
            model.address(),
            "--model",
            "m",
            "--out",
            out,
            "--concurrency",
            "" + AT_ONCE
        };
    }

    private Program.Result resume(String file) throws Exception {
        return Program.run(folder, "eval", "--resume", file, "--concurrency", "" + AT_ONCE);
    }

    /** The trials of a run in the order of their cases, apart from how long they took. */
    private List<String> trials(String file) throws IOException {
        String whole = Files.readString(folder.resolve(file));
        String lines = whole.substring(0, whole.lastIndexOf('\n') + 1);
        return lines.lines()
                .filter(line -> line.startsWith("{\"t\":\"trial\""))
                .map(line -> line.replaceAll("\"latency_micros\":\\d+", ""))
                .sorted()
                .toList();
    }

    private static Set<String> numbers(List<String> trials) {
        return trials.stream()
                .map(line -> line.replaceFirst(".*?\"case\":\"c(\\d+)\".*", "$1"))
                .collect(Collectors.toSet());
    }

    private static StubModel.Reply slowly(int call) throws InterruptedException {
        Thread.sleep(10);
        return USUAL;
    }

    private static void await(StubModel model, int calls) throws InterruptedException {
        for (int i = 0; i < 6_000 && model.calls() < calls; i++) {
            Thread.sleep(10);
        }
        assertTrue(model.calls() >= calls, model.calls() + " calls");
    }

    @Test
    void aRunThatIsKilledAndResumedEqualsOneThatIsNot() throws Exception {
        try (StubModel model = new StubModel(EvalIT::slowly)) {
            Program killed = Program.start(folder, "", begin(model, "a.run"));
            await(model, 40);
            killed.signal("KILL");
            killed.end();
            List<String> kept = trials("a.run");
            assertTrue(kept.size() >= 40 - 2 * AT_ONCE && kept.size() < CASES, kept.size() + "");
            Program.Result resumed = resume("a.run");
            assertEquals(ExitCode.OK, resumed.exit(), resumed.err());
            // what was under way when it was killed is lost, and nothing else
            assertTrue(model.calls() <= CASES + AT_ONCE, model.calls() + " calls");
            for (String number : numbers(kept)) {
                assertEquals(1, model.answered().get(number), "question " + number);
            }
            Program.Result other = Program.run(folder, begin(model, "b.run"));
            assertEquals(ExitCode.OK, other.exit(), other.err());
            assertEquals(trials("b.run"), trials("a.run"));
            assertEquals(CASES, trials("a.run").size());
        }
    }

    @Test
    void ctrlCWaitsForWhatIsUnderWayAndSaysHowToGoOn() throws Exception {
        try (StubModel model = new StubModel(EvalIT::slowly)) {
            Program program = Program.start(folder, "", begin(model, "a.run"));
            await(model, 30);
            program.signal("INT");
            Program.Result stopped = program.end();
            assertEquals(ExitCode.INTERRUPTED, stopped.exit(), stopped.err());
            assertTrue(stopped.err().contains("`demur eval --resume a.run` goes on"));
            assertEquals(model.calls(), trials("a.run").size(), "answers were lost");
            assertEquals(ExitCode.OK, resume("a.run").exit());
            assertEquals(CASES, model.calls());
            assertEquals(CASES, trials("a.run").size());
        }
    }

    private static StubModel.Reply willingly(int call) throws InterruptedException {
        Thread.sleep(10);
        return new StubModel.Reply(
                200,
                "application/json",
                """
                {"model": "m", "choices": [{"finish_reason": "stop", "message":
                  {"role": "assistant", "content": "Of course. Here are three points."}}]}
                """);
    }

    private static String[] search(StubModel model) {
        return new String[] {
            "eval",
            "--search",
            "benign",
            "--target",
            model.address(),
            "--model",
            "m",
            "--out",
            "found.json",
            "--concurrency",
            "" + AT_ONCE
        };
    }

    /** The process ended while it was said and written. */
    @Test
    void ctrlCInASearchSaysAndKeepsWhatIsKnown() throws Exception {
        try (StubModel model = new StubModel(EvalIT::willingly)) {
            Program program = Program.start(folder, "", search(model));
            await(model, 150);
            program.signal("INT");
            Program.Result stopped = program.end();
            assertEquals(ExitCode.INTERRUPTED, stopped.exit(), stopped.err());
            assertTrue(stopped.out().contains(model.calls() + " of 1,000 calls"), stopped.out());
            assertTrue(stopped.err().contains("demur: interrupted"), stopped.err());
            assertTrue(Files.readString(folder.resolve("found.json")).contains("\"calls\" : "));
        }
    }

    /** All was lost that had been paid for. */
    @Test
    void whereAnswersCannotBeKeptASearchEndsAndSaysWhatIsKnown() throws Exception {
        try (StubModel model = new StubModel(EvalIT::willingly)) {
            // the first answers fit, and not all of the second
            Program.Result ended = Program.start(folder, "ulimit -f 250", search(model)).end();
            assertEquals(ExitCode.INPUT_UNREADABLE, ended.exit(), ended.err());
            assertTrue(ended.err().contains("stopped: answers cannot be kept: "), ended.err());
            assertTrue(ended.out().contains("% refused ["), ended.out());
            assertTrue(ended.out().contains(" of 1,000 calls"), ended.out());
        }
    }

    /** Both had asked all that was missing, and paid for twice. */
    @Test
    void aRunThatIsUnderWayIsResumedByNobodyElse() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (StubModel model =
                new StubModel(
                        call -> {
                            if (call > 20) {
                                never.await();
                            }
                            return USUAL;
                        })) {
            Program first = Program.start(folder, "", begin(model, "a.run"));
            await(model, 21);
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            Program.Result second = Program.run(folder, elsewhere, "eval", "--resume", "a.run");
            assertEquals(ExitCode.INPUT_UNREADABLE, second.exit(), second.err());
            assertTrue(
                    second.err().contains("another `demur eval` is asking what stands in `a.run`"),
                    second.err());
            assertEquals("", second.out());
            model.from(call -> USUAL);
            first.signal("KILL");
            first.end();
            Program.Result resumed = resume("a.run");
            assertEquals(ExitCode.OK, resumed.exit(), resumed.err());
            assertTrue(model.calls() <= CASES + AT_ONCE, model.calls() + " calls");
            assertEquals(CASES, numbers(trials("a.run")).size());
        }
    }

    /** The last lines had intervals of their own, as if a pair's two cases were independent. */
    @Test
    void theLastLinesShowTheRatesOfTheReport() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "{\"id\": \"c%d\", \"prompt\": \"Question %d?\", \"expect\": \"%s\","
                                    + " \"pair\": \"p%d\"}",
                            i,
                            i,
                            i % 4 < 2 ? "refuse" : "answer",
                            i % 2 + i / 4 * 2));
        }
        Files.write(folder.resolve("s.jsonl"), lines);
        Program.Result run =
                Program.run(
                        folder,
                        "eval --suite s.jsonl --target rehearsal --out a.run --epochs 2"
                                .split(" "));
        assertEquals(ExitCode.OK, run.exit(), run.err());
        List<String> here = rates(run.out());
        assertEquals(2, here.size(), run.out());
        assertEquals(here, rates(Program.run(folder, "report", "a.run").out()).subList(0, 2));
    }

    /** Values with their intervals, in their order. */
    private static List<String> rates(String printed) {
        return Pattern.compile("\\d+\\.\\d %\\s+\\[[^]]+]")
                .matcher(printed)
                .results()
                .map(it -> it.group().replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void aServerThatHasTooMuchToDoIsAskedMoreSlowly() throws Exception {
        try (StubModel model =
                new StubModel(
                        call ->
                                call % 3 == 0
                                        ? new StubModel.Reply(
                                                call % 2 == 0 ? 429 : 503,
                                                "application/json",
                                                "{\"error\": {\"message\": \"later\"}}")
                                        : USUAL)) {
            Program.Result result = Program.run(folder, begin(model, "a.run"));
            assertEquals(ExitCode.OK, result.exit(), result.err());
            assertEquals(CASES, trials("a.run").size());
            assertFalse(Files.readString(folder.resolve("a.run")).contains("\"failure\""));
        }
    }

    @Test
    void aKeyThatExpiresLosesNothing() throws Exception {
        try (StubModel model =
                new StubModel(
                        call ->
                                call <= 50
                                        ? USUAL
                                        : new StubModel.Reply(
                                                401,
                                                "application/json",
                                                "{\"error\": {\"code\": \"invalid_api_key\"}}"))) {
            Program.Result result = Program.run(folder, begin(model, "a.run"));
            assertEquals(ExitCode.INPUT_UNREADABLE, result.exit());
            assertTrue(result.err().contains("HTTP status 401, `invalid_api_key`"), result.err());
            assertEquals(50, trials("a.run").size());
            model.from(call -> USUAL);
            assertEquals(ExitCode.OK, resume("a.run").exit());
            assertTrue(model.answered().values().stream().allMatch(it -> it == 1));
        }
    }

    @Test
    void aTargetThatIsNoModelIsNamedAtOnce() throws Exception {
        try (StubModel model =
                new StubModel(
                        call -> new StubModel.Reply(200, "text/html", "<html>Log in</html>"))) {
            Program.Result result = Program.run(folder, begin(model, "a.run"));
            assertEquals(ExitCode.INPUT_UNREADABLE, result.exit());
            assertTrue(result.err().contains("content type `text/html`"), result.err());
            assertTrue(model.calls() <= AT_ONCE, model.calls() + " calls");
        }
    }

    @Test
    void whatIsWrongWithTheCommandLineIsSaidBeforeAnythingIsAsked() throws Exception {
        Files.writeString(folder.resolve("there.run"), "paid for\n");
        said("--suite s.jsonl --target rehearsal --out there.run", "`there.run` is there already");
        said("--suite s.jsonl --target rehearsal", "--out: where to keep the run?");
        said("--suite s.jsonl --out a.run", "--target: whom to ask?");
        said(
                "--suite s.jsonl --target http://h --out a.run",
                "--model: which model of `http://h`?");
        said("--suite s.jsonl --target rehearsal --out a.run --max-cost 3", "needs --price");
        said("--suite s.jsonl --target rehearsal --out a.run --section x", "`x` is none of");
        said(
                "--suite s.jsonl --target rehearsal --out a.run --cache kept",
                "--cache: what is played costs nothing, and plays otherwise by other --rates");
        said("--resume gone.run", "there is no file `gone.run`");
        assertFalse(Files.exists(folder.resolve("kept")));
        assertEquals("paid for\n", Files.readString(folder.resolve("there.run")));
        assertFalse(Files.exists(folder.resolve("a.run")));
    }

    private void said(String arguments, String expected) throws Exception {
        Program.Result result = Program.run(folder, ("eval " + arguments).split(" "));
        assertEquals(ExitCode.USAGE, result.exit(), result.err());
        assertTrue(result.err().contains(expected), result.err());
    }

    /** In a heap of 96 MB, like every program of these tests. */
    @Test
    void tenThousandCasesFitIntoLittleMemory() throws Exception {
        suite("many.jsonl", 10_000);
        Program.Result result =
                Program.run(
                        folder,
                        "eval",
                        "--suite",
                        "many.jsonl",
                        "--target",
                        "rehearsal",
                        "--out",
                        "many.run");
        assertEquals(ExitCode.OK, result.exit(), result.err());
        assertEquals(10_000, trials("many.run").size());
    }
}
