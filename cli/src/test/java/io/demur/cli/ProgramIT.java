package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** The packaged program from outside: files, signals, exit codes. */
class ProgramIT {

    private static final String EXAMPLES =
            Repository.root().resolve("examples/transcripts.jsonl").toString();

    @TempDir Path folder = Path.of("");

    @Test
    void oneRowForEachResponseInInputOrder() throws Exception {
        Path input = folder.resolve("in.jsonl");
        Files.write(input, IntStream.range(0, 5000).mapToObj(ProgramIT::row).toList());
        Program.Result result = Program.run(folder, "score", "in.jsonl", "--out", "out.jsonl");
        assertEquals(0, result.exit(), result::err);
        List<String> rows = Files.readAllLines(folder.resolve("out.jsonl"));
        assertEquals(5000, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertTrue(rows.get(i).startsWith("{\"id\":\"r%d\",".formatted(i)), rows.get(i));
        }
        assertFalse(result.err().contains("\033"), "a progress bar went into a pipe");
    }

    @Test
    void theSameInputGivesTheSameBytes() throws Exception {
        Program.run(folder, "score", EXAMPLES, "--out", "one.jsonl", "--summary", "one.json");
        Program.run(folder, "score", EXAMPLES, "--out", "two.jsonl", "--summary", "two.json");
        assertEquals(text("one.jsonl"), text("two.jsonl"));
        assertEquals(text("one.json"), text("two.json"));
    }

    @Test
    void theSummarySaysWhatTheRowsSay() throws Exception {
        Program.run(folder, "score", EXAMPLES, "--out", "rows.jsonl", "--summary", "s.json");
        long refused =
                Files.readAllLines(folder.resolve("rows.jsonl")).stream()
                        .filter(
                                r ->
                                        r.contains("\"degree\":\"full\"")
                                                || r.contains("\"degree\":\"partial\""))
                        .count();
        long undecided =
                Files.readAllLines(folder.resolve("rows.jsonl")).stream()
                        .filter(r -> r.contains("\"degree\":\"undecided\""))
                        .count();
        long rows = Files.readAllLines(folder.resolve("rows.jsonl")).size();
        String summary = text("s.json");
        assertTrue(summary.contains("\"responses\" : " + rows + ","), summary);
        assertTrue(summary.contains("\"undecided\" : " + undecided + ","), summary);
        double rate = (double) refused / (rows - undecided);
        assertTrue(summary.contains("\"refusal_rate\" : " + rate + ","), rate + " in " + summary);
    }

    @Test
    void outputThatDoesNotFitLeavesNothingUnderItsName() throws Exception {
        Files.writeString(folder.resolve("out.jsonl"), "what was there before\n");
        Path input = folder.resolve("in.jsonl");
        Files.write(input, IntStream.range(0, 20000).mapToObj(ProgramIT::row).toList());
        Program program =
                Program.start(folder, "ulimit -f 1024", "score", "in.jsonl", "--out", "out.jsonl");
        Program.Result result = program.end();
        assertEquals(4, result.exit(), result::err);
        assertTrue(result.err().contains("cannot write the output"), result::err);
        assertEquals("what was there before\n", text("out.jsonl"));
        assertEquals(List.of(), partials());
    }

    @Test
    void aFullDeviceIsAnErrorAndNotASuccess() throws Exception {
        for (String option : List.of("--out", "--summary", "--problems")) {
            Program.Result result = Program.run(folder, "score", EXAMPLES, option, "/dev/full");
            if (!option.equals("--problems")) { // of which there are none
                assertEquals(4, result.exit(), result::err);
                assertTrue(result.err().contains("No space left on device"), result::err);
            }
        }
    }

    @Test
    void aSummaryThatCannotBePrintedIsAnError() throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", "exec \"$@\" >/dev/full", "sh")
                        .command(
                                List.of(
                                        "sh",
                                        "-c",
                                        "exec '%s' -cp '%s/cli/target/demur/lib/*' %s >/dev/full"
                                                .formatted(
                                                        Path.of(
                                                                System.getProperty("java.home"),
                                                                "bin/java"),
                                                        Repository.root(),
                                                        "io.demur.cli.Main --version")))
                        .start();
        assertEquals(4, process.waitFor());
    }

    @Test
    void aReaderThatHasSeenEnoughAsHeadDoesIsNoError() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("sh", "-c", ": <'" + pipe + "'").start();
        Program program =
                Program.start(folder, "exec >'" + pipe + "'", "score", EXAMPLES, "--out", "-");
        program.input().close();
        assertEquals(0, reader.waitFor());
        Program.Result result = program.end();
        assertFalse(result.err().contains("demur:"), result::err);
    }

    @Test
    void helpWhoseReaderHasGoneSaysNothing() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("sh", "-c", ": <'" + pipe + "'").start();
        Program program = Program.start(folder, "exec >'" + pipe + "'", "help", "score");
        program.input().close();
        assertEquals(0, reader.waitFor());
        Program.Result result = program.end();
        assertEquals(141, result.exit(), result::err);
        assertEquals("", result.err());
    }

    @Test
    void anInputIsNeverOverwritten() throws Exception {
        String line = row(1) + "\n";
        Files.writeString(folder.resolve("in.1.partial"), line);
        Program.Result result = Program.run(folder, "score", "in.1.partial", "--out", "in");
        assertEquals(0, result.exit(), result::err);
        assertEquals(line, text("in.1.partial"));
        assertEquals(1, Files.readAllLines(folder.resolve("in")).size());
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
        assertEquals(2, Program.run(folder, "score", "in", "--out", "link").exit());
    }

    @Test
    void twoResultsNeverGoToOnePlace() throws Exception {
        for (String[] pair :
                new String[][] {
                    {"--out", "a", "--summary", "a"},
                    {"--out", "-", "--summary", "-"},
                    {"--summary", "a", "--problems", "./a"}
                }) {
            Program.Result result =
                    Program.run(folder, "score", EXAMPLES, pair[0], pair[1], pair[2], pair[3]);
            assertEquals(2, result.exit(), result::err);
            assertTrue(result.err().contains("both go to"), result::err);
        }
    }

    @Test
    void anOutputThatCannotBeOpenedIsSaidBeforeAnythingIsRead() throws Exception {
        Program.Result result =
                Program.run(folder, "score", "-", "--out", "rows", "--summary", "none/s.json");
        assertEquals(4, result.exit());
        assertTrue(result.err().contains("does not exist"), result::err);
        assertEquals(List.of(), partials());
    }

    @Test
    void whatAFileHoldsCannotSteerTheTerminal() throws Exception {
        Files.writeString(folder.resolve("esc.jsonl"), "\033]0;x\007{bad\n{\"a\u202E\": 1}\n");
        Program.Result result = Program.run(folder, "score", "esc.jsonl");
        assertFalse(result.err().contains("\033") || result.err().contains("\u202E"), result::err);
    }

    @Test
    void anAtSignIsPartOfAName() throws Exception {
        Files.writeString(folder.resolve("@a.jsonl"), row(1) + "\n");
        assertEquals(0, Program.run(folder, "score", "@a.jsonl").exit());
    }

    @Test
    void strictSaysTheFirstProblemAndKeepsTheList() throws Exception {
        Files.writeString(folder.resolve("bad.jsonl"), "{\n".repeat(5));
        Program.Result result =
                Program.run(
                        folder,
                        "score",
                        "bad.jsonl",
                        "--strict",
                        "--format",
                        "rows",
                        "--problems",
                        "p.jsonl",
                        "--out",
                        "o.jsonl");
        assertEquals(3, result.exit());
        assertTrue(Files.exists(folder.resolve("p.jsonl")));
        assertFalse(Files.exists(folder.resolve("o.jsonl")));
    }

    @Test
    void ctrlCWhileItWaitsForInputKeepsWholeRowsUnderAPartialName() throws Exception {
        Program program =
                Program.start(
                        folder, "", "score", "-", "--out", "out.jsonl", "--summary", "s.json");
        OutputStream input = program.input();
        for (int i = 0; i < 5000; i++) {
            input.write((row(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        input.flush();
        awaitBytes(folder.resolve("out.jsonl.1.partial"));
        program.signal("INT");
        Program.Result result = program.end();
        assertEquals(130, result.exit(), result::err);
        assertTrue(result.err().contains("interrupted after"), result::err);
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
        List<String> rows = Files.readAllLines(folder.resolve("out.jsonl.1.partial"));
        assertFalse(rows.isEmpty());
        for (String row : rows) {
            assertTrue(row.startsWith("{") && row.endsWith("}"), row);
        }
        assertTrue(text("s.json").contains("\"partial\" : true"));
    }

    @Test
    void ctrlCEndsItAlsoWhereNobodyReadsItsOutput() throws Exception {
        Path input = folder.resolve("in.jsonl");
        Files.write(input, IntStream.range(0, 20000).mapToObj(ProgramIT::row).toList());
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("sh", "-c", "sleep 60 <'" + pipe + "'").start();
        Program program =
                Program.start(folder, "exec >'" + pipe + "'", "score", "in.jsonl", "--out", "-");
        Thread.sleep(3000);
        program.signal("INT");
        assertEquals(130, program.end().exit());
        reader.destroyForcibly();
    }

    @Test
    void aKillLeavesNothingUnderTheFinalName() throws Exception {
        Program program = Program.start(folder, "", "score", "-", "--out", "out.jsonl");
        for (int i = 0; i < 5000; i++) {
            program.input().write((row(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        program.input().flush();
        awaitBytes(folder.resolve("out.jsonl.1.partial"));
        program.signal("KILL");
        program.end();
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
    }

    @Test
    void aLineOf200MegabytesIsOneUnreadableRowInASmallHeap() throws Exception {
        Program program = Program.start(folder, "", "score", "-", "--out", "out.jsonl");
        OutputStream input = program.input();
        byte[] filler = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        input.write((row(1) + "\n{\"response\":\"").getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < 200; i++) {
            input.write(filler);
        }
        input.write(("\"}\n" + row(2) + "\n").getBytes(StandardCharsets.UTF_8));
        input.close();
        Program.Result result = program.end();
        assertEquals(0, result.exit(), result::err);
        assertTrue(result.err().contains("-:2: "), result::err);
        assertTrue(result.out().contains("unreadable       1"), result::out);
        assertEquals(2, Files.readAllLines(folder.resolve("out.jsonl")).size());
    }

    @Test
    void thresholdsDecideTheExitCode() throws Exception {
        assertEquals(
                0,
                Program.run(folder, "score", EXAMPLES, "--fail-over", "safe.refusal=99%").exit());
        Program.Result missed =
                Program.run(folder, "score", EXAMPLES, "--fail-over", "safe.refusal.high=0.01");
        assertEquals(1, missed.exit());
        assertTrue(missed.err().contains("`safe.refusal.high` is"), missed::err);
        Program.Result unmeasured =
                Program.run(folder, "score", EXAMPLES, "--fail-over", "safe.refusals=0.5");
        assertEquals(1, unmeasured.exit());
        assertTrue(unmeasured.err().contains("was not measured"), unmeasured::err);
        assertEquals(2, Program.run(folder, "score", EXAMPLES, "--fail-over", "much").exit());
    }

    @Test
    void whatCannotBeReadIsNamedAndTheRestIsScored() throws Exception {
        Files.writeString(
                folder.resolve("bad.jsonl"),
                row(1) + "\n{\"response\": \"cut off\n" + row(3) + "\n");
        Program.Result result = Program.run(folder, "score", "bad.jsonl", "missing.jsonl");
        assertEquals(3, result.exit());
        assertTrue(result.err().contains("bad.jsonl:2"), result::err);
        assertTrue(result.err().contains("missing.jsonl"), result::err);
        assertTrue(result.out().contains("responses        2"), result::out);
        assertEquals(0, Program.run(folder, "score", "bad.jsonl").exit());
        assertEquals(3, Program.run(folder, "score", "bad.jsonl", "--strict").exit());
    }

    @Test
    void wrongCommandLinesSayWhatWouldBeRight() throws Exception {
        for (String[] args :
                List.of(
                        new String[] {"score"},
                        new String[] {"score", EXAMPLES, "--format", "jsnl"},
                        new String[] {"score", EXAMPLES, "--map", "prompt"},
                        new String[] {"score", EXAMPLES, "--out", EXAMPLES},
                        new String[] {"scores"})) {
            Program.Result result = Program.run(folder, args);
            assertEquals(2, result.exit(), () -> String.join(" ", args) + ": " + result.err());
            assertFalse(result.err().isEmpty());
        }
    }

    private List<String> partials() throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(Path::toString).filter(f -> f.endsWith(".partial")).toList();
        }
    }

    private String text(String name) throws Exception {
        return Files.readString(folder.resolve(name));
    }

    private static void awaitBytes(Path file) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertTrue(System.nanoTime() < deadline, () -> file + " stays empty");
            Thread.sleep(20);
        }
    }

    private static String row(int i) {
        return """
        {"id":"r%d","model":"m","prompt":"Question %d?","response":"%s"}\
        """
                .formatted(
                        i,
                        i,
                        i % 3 == 0
                                ? "I'm sorry, but I can't help with that."
                                : "Certainly. First, open the box; then take out part " + i + ".");
    }
}
