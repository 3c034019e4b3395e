package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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

class PolicyCheckCommandTest {

    private static final Path WHOLE =
            Repository.root().resolve("files/src/test/resources/policy/whole.yaml");

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void everyPartOfAPolicyIsPrinted() {
        assertEquals(ExitCode.OK, run(WHOLE));
        String said = out.toString();
        Golden.check(
                "cli/src/test/resources/policy/check-whole.txt",
                said.substring(said.indexOf("scope ")));
    }

    @Test
    void whatIsDoneAboutWhatComesAgainIsPrinted() {
        assertEquals(ExitCode.OK, run(WHOLE.resolveSibling("around.yaml")));
        String said = out.toString();
        assertTrue(
                said.contains(
                        """
                        incidents   condition what was refused and comes again; hold privacy; \
                        refuse adverse-processing; pinned adverse-processing, privacy; \
                        sanctioned all to hosted models; \
                        sanctioned specialized-advice to hosted models, llama3, qwen*
                        review      10 % of local answers, 100 % of local-unaligned, \
                        2.5 % of hosted; 12 of 10,000 at most
                        """),
                said);
    }

    @Test
    void whatShouldBeLookedAtIsSaidAndIsNoError() throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(
                file,
                """
                policy: 1
                name: stern
                posture: 10
                purposes: [research]
                wording:
                  en: {capability: "I'm sorry, I'm sorry: it has no tool for that."}
                """);
        assertEquals(ExitCode.OK, run(file));
        String said = out.toString();
        assertTrue(said.contains("purpose `research`: no grant and no prompt"), said);
        assertTrue(said.contains("wording `en`: `2` apologies, as in “"), said);
        assertTrue(said.contains("470 of the 470 requests that refusals offer"), said);
        assertEquals("", err.toString());
    }

    @Test
    void ofAPlainPolicyOnlyProbesThatComeOutWrongAreToBeLookedAt() throws IOException {
        Path file = folder.resolve("p.yaml");
        Files.writeString(file, "policy: 1\nname: plain\nposture: 5\n");
        assertEquals(ExitCode.OK, run(file));
        String said = out.toString();
        String looked = said.substring(Math.max(0, said.indexOf("to look at")));
        assertFalse(looked.contains("requests that refusals offer"), said);
        assertFalse(looked.contains("rule `"), said);
        assertTrue(looked.contains("probes come out wrong"), said);
    }

    private int run(Path file) {
        return new CommandLine(new Main())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("policy", "check", file.toString());
    }
}
