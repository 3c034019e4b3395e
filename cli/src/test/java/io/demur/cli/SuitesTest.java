package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;
import io.demur.testkit.Repository;
import io.demur.testkit.StubServer;
import io.demur.testkit.StubServer.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;

class SuitesTest {

    private static final String GOLDEN = "cli/src/test/resources/suites/";
    private static final Path FILES = Repository.root().resolve("files/src/test/resources/suite");
    private static final byte[] ROWS =
            "prompt,category\nHow is a safe opened?,theft\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listNamesWhatShipsAndWhatIsRead() {
        assertEquals(ExitCode.OK, run("list"));
        Golden.check(GOLDEN + "list.txt", out.toString());
    }

    @Test
    void showSaysWhatTheCoreSuiteIsMadeOf() {
        assertEquals(ExitCode.OK, run("show", "core"));
        Golden.check(GOLDEN + "core.txt", out.toString());
    }

    @Test
    void showGivesTheCasesOfASectionWhole() {
        String file = FILES.resolve("whole.yaml").toString();
        assertEquals(ExitCode.OK, run("show", file, "--section", "daily"));
        Golden.check(GOLDEN + "section.txt", out.toString());
        assertEquals(ExitCode.USAGE, run("show", file, "--section", "dayly"));
        assertTrue(err.toString().contains("`dayly` is none of `daily`, `scope`"), err::toString);
    }

    @Test
    void validateSaysAllThatIsWrongWithEachFile() {
        assertEquals(
                ExitCode.INPUT_UNREADABLE,
                run(
                        "validate",
                        FILES.resolve("rows.csv").toString(),
                        FILES.resolve("wrong.yaml").toString(),
                        FILES.resolve("none.csv").toString(),
                        FILES.toString(),
                        "core"));
        Golden.check(
                GOLDEN + "validate.txt", (out + "\n" + err).replace(Repository.root() + "/", ""));
    }

    @Test
    void aSuiteAtAnAddressIsFetchedOnceAndOnlyWithItsSum() throws Exception {
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), ROWS))) {
            String address = server.address("/or-bench-toxic.csv").toString();
            assertEquals(ExitCode.INPUT_UNREADABLE, validate(address));
            assertTrue(err.toString().contains("has no sum"), err::toString);
            assertEquals(0, server.asked().size());
            String pinned = address + "#sha256=" + sha256();
            assertEquals(ExitCode.OK, validate(pinned));
            assertEquals(ExitCode.OK, validate(pinned));
            assertEquals(1, server.asked().size());
            assertTrue(out.toString().contains("or-bench-toxic, version"), out::toString);
            assertTrue(Files.isDirectory(folder.resolve("demur/suites").resolve(sha256())));
            assertEquals(
                    ExitCode.INPUT_UNREADABLE, validate(address + "#sha256=" + "0".repeat(64)));
            assertTrue(err.toString().contains("is another file: its SHA-256 is "), err::toString);
        }
    }

    /** What was wrong inside the file was said with the whole address, token and all. */
    @Test
    void noProblemOfASuiteRepeatsTheTokenThatFetchedIt() throws Exception {
        byte[] rows = "prompt,category\n,a\n".getBytes(StandardCharsets.UTF_8);
        String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(rows));
        try (StubServer server = new StubServer(asked -> new Reply(200, Map.of(), rows))) {
            String address = server.address("/or-bench-toxic.csv?token=s3cret").toString();
            assertEquals(ExitCode.INPUT_UNREADABLE, validate(address + "#sha256=" + sum));
            assertTrue(err.toString().contains("/or-bench-toxic.csv?…"), err::toString);
            assertFalse((out + "" + err).contains("s3cret"), err::toString);
        }
    }

    private int validate(String suite) {
        Surroundings here =
                new Surroundings(
                        Map.of("XDG_CACHE_HOME", folder.toString()), InstantSource.system());
        return new CommandLine(new SuitesTasks.Validate(here))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(suite);
    }

    private int run(String... args) {
        String[] whole = new String[args.length + 1];
        whole[0] = "suites";
        System.arraycopy(args, 0, whole, 1, args.length);
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(whole);
    }

    private static String sha256() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(ROWS));
    }
}
