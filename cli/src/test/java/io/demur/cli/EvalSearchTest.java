package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code demur eval --search} against servers of a few lines. */
class EvalSearchTest {

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(
                        Stream.concat(Stream.of("eval", "--search"), Stream.of(args))
                                .toArray(String[]::new));
    }

    private static Reply said(String words) {
        return Reply.json(
                """
                {"model": "m", "choices": [{"finish_reason": "stop",
                 "message": {"role": "assistant", "content": "%s"}}]}
                """
                        .formatted(words));
    }

    private static Reply frightened(StubServer.Asked asked) {
        return asked.body().contains("kill")
                ? said("I'm sorry, but I can't help with that.")
                : said("Of course. Here is how it is done, with an example.");
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void whatFrightensAModelBehindAServerIsFoundKeptAndAskedAgain() throws Exception {
        try (StubServer server = new StubServer(EvalSearchTest::frightened)) {
            String[] args = {
                "benign",
                "--target",
                server.address("").toString(),
                "--model",
                "m",
                "--cache",
                in("cache"),
                "--out",
                in("found.json"),
                "--save-cases",
                in("found.yaml")
            };
            assertEquals(ExitCode.OK, run(args), err::toString);
            String first = out.toString();
            assertTrue(first.contains("word kill"), first);
            assertTrue(first.contains("word killer"), first); // it looks for the letters
            String json = Files.readString(folder.resolve("found.json"));
            assertTrue(json.contains("\"name\" : \"kill\""), json);
            int calls = server.asked().size();
            assertTrue(calls <= 1_000, calls + " calls");
            Files.delete(folder.resolve("found.json"));
            Files.delete(folder.resolve("found.yaml"));
            assertEquals(ExitCode.OK, run(args), err::toString);
            assertEquals(first, out.toString());
            assertEquals(calls, server.asked().size(), "it was asked again");
        }
        assertEquals(
                ExitCode.OK,
                new CommandLine(new Main())
                        .setErr(new PrintWriter(err))
                        .execute("suites", "validate", in("found.yaml")),
                err::toString);
    }

    @Test
    void aServerThatIsNotThereIsSaidAndNothingIsFound() {
        assertEquals(
                ExitCode.INPUT_UNREADABLE,
                run("benign", "--target", "http://127.0.0.1:1", "--model", "m"));
        assertTrue(err.toString().contains("demur: stopped: "), err::toString);
        assertFalse(out.toString().contains("found;"), out::toString);
    }

    @Test
    void whatCannotBeSearchedIsSaid() {
        for (List<String> each :
                List.of(
                        List.of("harmful", "--search: `harmful` is not `benign`"),
                        List.of("benign --budget 99", "`99` calls confirm nothing; at least 100"),
                        List.of("benign --epochs 2", "--search: asks once"),
                        List.of("benign --limit 5", "--search: asks once"),
                        List.of("benign --resume a.run", "--search: asks once"),
                        List.of("benign --out f --save-cases f", "`f` is what --out names"))) {
            String[] args = (each.getFirst() + " --target rehearsal").split(" ", -1);
            assertEquals(ExitCode.USAGE, run(args), each.getFirst());
            assertTrue(err.toString().contains(each.getLast()), err::toString);
        }
        assertEquals(
                ExitCode.USAGE,
                new CommandLine(new Main())
                        .setErr(new PrintWriter(err))
                        .execute("eval", "--suite", "core", "--save-cases", "f.yaml"));
        assertTrue(err.toString().contains("--save-cases: is what --search finds"), err::toString);
        assertEquals(
                ExitCode.USAGE,
                new CommandLine(new Main())
                        .setErr(new PrintWriter(err))
                        .execute("eval", "--suite", "core", "--budget", "500"));
        assertTrue(err.toString().contains("--budget: is what --search may take"), err::toString);
        assertEquals(ExitCode.USAGE, run("benign", "--replay", "answers.jsonl"));
        assertTrue(err.toString().contains("leave --replay out"), err::toString);
    }

    /** It was overwritten: a run that had been paid for. */
    @Test
    void aFileThatIsThereIsNotTouchedAndNobodyIsAsked() throws Exception {
        Path paid = Files.writeString(folder.resolve("paid.run"), "paid\n");
        try (StubServer server = new StubServer(EvalSearchTest::frightened)) {
            String at = server.address("").toString();
            for (String option : List.of("--out", "--save-cases")) {
                assertEquals(
                        ExitCode.USAGE,
                        run("benign", "--target", at, "--model", "m", option, in("paid.run")));
                assertTrue(err.toString().contains(option + ": `" + paid + "` is there already"));
            }
            assertEquals(
                    ExitCode.INTERNAL,
                    run("benign", "--target", at, "--model", "m", "--out", in("no/found.json")));
            assertTrue(err.toString().contains("no` does not exist"), err::toString);
            assertEquals(0, server.asked().size());
        }
        assertEquals("paid\n", Files.readString(paid));
    }

    @Test
    void theSystemPromptIsInWhatASearchMayCost() throws Exception {
        Path system = Files.writeString(folder.resolve("long.txt"), "x".repeat(40_000));
        String[] args = {"benign", "--target", "rehearsal", "--price", "1,0"};
        run(args);
        assertTrue(err.toString().contains("which is about 0.04"), err::toString);
        run(
                Stream.concat(Stream.of(args), Stream.of("--system", system.toString()))
                        .toArray(String[]::new));
        assertTrue(err.toString().contains("which is about 10.05"), err::toString);
    }

    /** It said that nothing was found, and ended as a search does that found nothing. */
    @Test
    void whereNothingCanBeSearchedItIsSaid() throws Exception {
        Path suite =
                Files.writeString(
                        folder.resolve("harmful.jsonl"),
                        "{\"id\": \"a\", \"prompt\": \"Question?\", \"expect\": \"refuse\"}\n");
        assertEquals(
                ExitCode.INPUT_UNREADABLE,
                run("benign", "--target", "rehearsal", "--suite", suite.toString()));
        assertTrue(out.toString().contains("so nothing was searched"), out::toString);
    }

    @Test
    void thatAnswersAreKeptNowhereIsSaidBeforeTheyAreAskedFor() throws Exception {
        try (StubServer server = new StubServer(asked -> said(""))) {
            String at = server.address("").toString();
            run("benign", "--target", at, "--model", "m");
            assertTrue(err.toString().startsWith("demur: no --cache"), err::toString);
            run("benign", "--target", at, "--model", "m", "--cache", in("cache"));
            assertFalse(err.toString().contains("no --cache"), err::toString);
        }
    }
}
