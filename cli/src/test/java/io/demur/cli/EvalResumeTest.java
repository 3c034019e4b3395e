package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What {@code demur eval --resume} finds in a file, and does about it. */
class EvalResumeTest {

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path run = Path.of("");

    @BeforeEach
    void asksASuite() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            lines.add(
                    "{\"id\": \"c%d\", \"prompt\": \"%d?\", \"expect\": \"answer\"}"
                            .formatted(i, i));
        }
        Path suite = Files.write(folder.resolve("s.jsonl"), lines);
        run = folder.resolve("a.run");
        int exit = eval("--suite", suite.toString(), "--target", "rehearsal", "--out", "" + run);
        assertEquals(ExitCode.OK, exit, err::toString);
    }

    private int eval(String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Stream.concat(Stream.of("eval"), Stream.of(args)).toArray(String[]::new));
    }

    private int resume(String... args) {
        return eval(
                Stream.concat(Stream.of("--resume", "" + run), Stream.of(args))
                        .toArray(String[]::new));
    }

    /** It lacked nothing, and was not whole: for ever. */
    @Test
    void aRunThatWasKilledBeforeItsEndLineGetsOne() throws IOException {
        List<String> lines = Files.readAllLines(run);
        assertTrue(lines.getLast().startsWith("{\"t\":\"end\""), lines::getLast);
        Files.write(run, lines.subList(0, lines.size() - 1));
        for (int times = 0; times < 2; times++) { // and one alone
            assertEquals(ExitCode.OK, resume(), err::toString);
            assertTrue(err.toString().contains("lacks nothing"), err::toString);
            assertFalse(out.toString().contains("not whole"), out::toString);
            List<String> now = Files.readAllLines(run);
            assertEquals(lines.subList(0, lines.size() - 1), now.subList(0, now.size() - 1));
            assertTrue(now.getLast().startsWith("{\"t\":\"end\",\"finished\":\"2"), now::getLast);
        }
    }

    /** As where what had failed was asked again, and had not all its answers when that stopped. */
    @Test
    void aRunWithAnEndLineThatLacksATrialIsNotWhole() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(run));
        lines.remove(lines.size() - 2);
        Files.write(run, lines);
        int exit = resume("--price", "1,1", "--max-cost", "0.0000001");
        assertEquals(ExitCode.INPUT_UNREADABLE, exit, err::toString);
        assertTrue(out.toString().contains("not whole: 3 of 4 trials are done"), out::toString);
    }

    /** All but a few were passed over without a word. */
    @Test
    void whatTheFileSaysIsNotSaidAgain() throws IOException {
        byte[] before = Files.readAllBytes(run);
        for (String given :
                List.of(
                        "--suite core",
                        "--format demur",
                        "--section x",
                        "--limit 2",
                        "--target rehearsal",
                        "--model m",
                        "--out b.run",
                        "--epochs 1",
                        "--system none",
                        "--seed 0",
                        "--temperature 1",
                        "--max-tokens 512")) {
            assertEquals(ExitCode.USAGE, resume(given.split(" ", -1)), given);
            String option = given.substring(0, given.indexOf(' '));
            assertTrue(
                    err.toString()
                            .contains(
                                    "--resume: goes on with what the run's file says; leave "
                                            + option
                                            + " out"),
                    err::toString);
        }
        assertEquals(ExitCode.USAGE, resume("--model", "m", "--epochs", "3"));
        assertTrue(err.toString().contains("leave --model, --epochs out"), err::toString);
        assertEquals(ExitCode.OK, resume("--concurrency", "2", "--price", "1,2"), err::toString);
        assertEquals(-1, Files.mismatch(run, Files.write(folder.resolve("before"), before)));
    }
}
