package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code demur export} and {@code demur audit}, from their arguments to the bytes they leave. */
class TeachTest {

    private static final String GOLDEN = "cli/src/test/resources/teach/";
    private static final Path FILES = Repository.root().resolve(GOLDEN);

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void exportWritesPairsAndSaysWhatItLeftOut() throws Exception {
        Path pairs = folder.resolve("pairs.jsonl");
        Path alone = folder.resolve("alone.jsonl");
        int code =
                run(
                        "export",
                        "--format",
                        "dpo",
                        "--out",
                        pairs.toString(),
                        "--unpaired",
                        alone.toString(),
                        answers());
        assertEquals(ExitCode.OK, code, err::toString);
        Golden.check(
                GOLDEN + "export.txt",
                plain(out + "\n" + Files.readString(pairs) + "\n" + Files.readString(alone)));
    }

    @Test
    void labelledAnswersAreTheSameLessonsInOneFile() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        assertEquals(
                ExitCode.OK,
                run("export", "--format", "kto", "--out", rows.toString(), answers()),
                err::toString);
        assertEquals(3, Files.readAllLines(rows).size());
    }

    @Test
    void whatASuiteAsksIsLeftOut() throws Exception {
        Path suite =
                Files.writeString(
                        folder.resolve("own.yaml"),
                        """
                        suite: 1
                        name: own
                        version: "1"
                        section: daily
                        cases:
                          - id: egg
                            expect: answer
                            prompt: Can you tell me how long an egg has to boil until it is soft?
                        """);
        Path rows = folder.resolve("rows.jsonl");
        assertEquals(
                ExitCode.OK,
                run(
                        "export",
                        "--format",
                        "dpo",
                        "--out",
                        rows.toString(),
                        "--against",
                        suite.toString(),
                        answers()),
                err::toString);
        assertEquals("", Files.readString(rows));
        assertTrue(out.toString().contains("in a suite that measures"), out::toString);
    }

    @Test
    void whatWasExportedIsNotFoundWrong() {
        Path pairs = folder.resolve("pairs.jsonl");
        run("export", "--format", "dpo", "--out", pairs.toString(), answers());
        assertEquals(
                ExitCode.OK, run("audit", pairs.toString(), "--max-wrong", "0"), out::toString);
    }

    @Test
    void auditSaysWhichRowsPointTheWrongWay() throws Exception {
        Path rows = folder.resolve("rows.jsonl");
        Path summary = folder.resolve("summary.json");
        int code =
                run(
                        "audit",
                        FILES.resolve("preferences.jsonl").toString(),
                        "--out",
                        rows.toString(),
                        "--summary",
                        summary.toString(),
                        "--max-wrong",
                        "0.1");
        assertEquals(ExitCode.THRESHOLD_MISSED, code, err::toString);
        Golden.check(
                GOLDEN + "audit.txt",
                plain(
                        out
                                + "\n"
                                + err
                                + "\n"
                                + Files.readString(rows)
                                + "\n"
                                + Files.readString(summary)));
    }

    @Test
    void whatCannotBeDoneIsSaidBeforeAnythingIsWritten() {
        String rows = folder.resolve("rows.jsonl").toString();
        assertEquals(ExitCode.USAGE, run("export", "--out", rows, answers()));
        assertEquals(ExitCode.USAGE, run("audit", answers(), "--max-wrong", "2"));
        assertEquals(
                ExitCode.INPUT_UNREADABLE,
                run("export", "--format", "sft", "--out", rows, "--against", "cores", answers()));
        assertEquals(ExitCode.INPUT_UNREADABLE, run("audit", folder.resolve("no").toString()));
        assertFalse(Files.exists(Path.of(rows)));
    }

    private static String answers() {
        return FILES.resolve("answers.jsonl").toString();
    }

    /** Without folders, and without the digests of judges, which change when they are retrained. */
    private static String plain(String text) {
        return text.replace(FILES + "/", "").replaceAll("@[0-9a-f]{12}", "@…");
    }

    private int run(String... args) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
