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
        assertFalse(Files.exists(folder.resolve("out.jsonl.partial")));
    }

    @Test
    void aFullDeviceIsAnErrorAndNotASuccess() throws Exception {
        Program.Result result = Program.run(folder, "score", EXAMPLES, "--out", "/dev/full");
        assertEquals(4, result.exit(), result::err);
        assertTrue(result.err().contains("No space left on device"), result::err);
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
        awaitBytes(folder.resolve("out.jsonl.partial"));
        program.signal("INT");
        Program.Result result = program.end();
        assertEquals(130, result.exit(), result::err);
        assertTrue(result.err().contains("interrupted after"), result::err);
        assertFalse(Files.exists(folder.resolve("out.jsonl")));
        List<String> rows = Files.readAllLines(folder.resolve("out.jsonl.partial"));
        assertFalse(rows.isEmpty());
        for (String row : rows) {
            assertTrue(row.startsWith("{") && row.endsWith("}"), row);
        }
        assertTrue(text("s.json").contains("\"partial\" : true"));
    }

    @Test
    void aKillLeavesNothingUnderTheFinalName() throws Exception {
        Program program = Program.start(folder, "", "score", "-", "--out", "out.jsonl");
        for (int i = 0; i < 5000; i++) {
            program.input().write((row(i) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        program.input().flush();
        awaitBytes(folder.resolve("out.jsonl.partial"));
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
