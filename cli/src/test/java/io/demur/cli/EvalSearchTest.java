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
                        List.of("benign --resume a.run", "--search: asks once"))) {
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
    }
}
