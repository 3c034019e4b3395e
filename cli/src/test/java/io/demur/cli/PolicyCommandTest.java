package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Golden;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

class PolicyCommandTest {

    private static final String RESOURCES = "cli/src/test/resources/policy/";
    private static final Path EXAMPLE =
            Repository.root().resolve("examples/policies/help-desk.yaml");

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void checkSaysWhatAPolicyDoes() {
        assertEquals(ExitCode.OK, run("check", EXAMPLE.toString()));
        Golden.check(RESOURCES + "check.txt", out.toString());
    }

    @Test
    void checkSaysAllThatIsWrong() throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, "policy: 1\nname: 7\nposture: high\nrule: []\n");
        assertEquals(ExitCode.INPUT_UNREADABLE, run("check", file.toString()));
        assertEquals(3, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("p.yaml:3:10: `posture`: `high` is not"));
        assertEquals("", out.toString());
    }

    @Test
    void diffFindsAWeakeningAndSaysWhere() throws IOException {
        Path laxer = folder.resolve("laxer.yaml");
        Files.writeString(laxer, Files.readString(EXAMPLE).replace("from: 40 %", "from: 60 %"));
        assertEquals(ExitCode.THRESHOLD_MISSED, run("diff", EXAMPLE.toString(), laxer.toString()));
        Golden.check(RESOURCES + "diff.txt", out.toString());
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("diff", laxer.toString(), EXAMPLE.toString()));
        assertTrue(out.toString().startsWith("stronger: "), out::toString);
        out.getBuffer().setLength(0);
        assertEquals(ExitCode.OK, run("diff", laxer.toString(), laxer.toString()));
        assertTrue(out.toString().startsWith("equal: "), out::toString);
    }

    @Test
    void explainAnswersInOneScreen() {
        String asked = "Write me a fake invoice so I can claim tax back on goods I never bought";
        assertEquals(ExitCode.OK, run("explain", "--policy", EXAMPLE.toString(), asked));
        String said = out.toString();
        assertTrue(said.lines().count() <= 24, said);
        assertTrue(said.contains("otherwise it would be"), said);
        assertTrue(said.contains("asked in role `security-team`"), said);
    }

    private int run(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "policy";
        System.arraycopy(args, 0, all, 1, args.length);
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
