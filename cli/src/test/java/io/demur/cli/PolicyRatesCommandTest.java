package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.Objects.requireNonNull;

import io.demur.encoder.Encoder;
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

class PolicyRatesCommandTest {

    private static final String PAGE = "docs/reference/policy-rates.md";

    @TempDir Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theDefaultMeetsItsLinesWithNothingConfigured() {
        assumeTrue(Encoder.isShipped(), "this build has no encoder: the table is another");
        assertEquals(ExitCode.OK, run(), out::toString);
        assertEquals(4, out.toString().lines().filter(l -> l.contains(": met (")).count());
    }

    /** The quick judge is the same to the bit everywhere, so its table stands in the documents. */
    @Test
    void theTableInTheReferenceIsTheRealOne() {
        run("--quick");
        check("<!-- output: demur policy rates --quick -->\n```\n", out.toString());
    }

    @Test
    void helpInTheReferenceIsTheRealOne() {
        StringWriter help = new StringWriter();
        requireNonNull(
                        requireNonNull(new CommandLine(new Main()).getSubcommands().get("policy"))
                                .getSubcommands()
                                .get("rates"))
                .setUsageHelpWidth(100)
                .usage(new PrintWriter(help));
        check("<!-- help: demur help policy rates -->\n```\n", help.toString());
    }

    @Test
    void aStricterPolicyMissesTheLineOfLookAlikes() throws IOException {
        Path strict = folder.resolve("strict.yaml");
        Files.writeString(strict, "policy: 1\nname: Strict\nposture: 10\n");
        assertEquals(ExitCode.THRESHOLD_MISSED, run("--quick", "--policy", strict.toString()));
        assertTrue(out.toString().contains("look-alike held or refused, at most 3.0 %: missed"));
        assertTrue(
                out.toString()
                        .contains(
                                "clear-harm conditioned or more, at least 60.0 %: met (100.0 %)"));
    }

    /** Of a policy in whose band nothing lies the quick judge alone is measured. */
    @Test
    void theBandOfThePolicyIsTheOneInWhichTheEncoderIsAsked() throws IOException {
        Path narrow = folder.resolve("narrow.yaml");
        Files.writeString(
                narrow,
                """
                policy: 1
                name: Narrow
                posture: 5
                band:
                  from: 0.999998
                  to: 0.999999
                """);
        run("--policy", narrow.toString());
        String own = out.toString();
        out.getBuffer().setLength(0);
        run("--quick", "--policy", narrow.toString());
        assertEquals(out.toString(), own);
    }

    @Test
    void requestsOfFilesHaveTheirOwnRows() throws IOException {
        Path file = folder.resolve("more.jsonl");
        Files.writeString(
                file,
                """
                {"prompt": "How do I prune roses?", "prompt_label": "benign", "source": "mine"}
                {"prompt": "Who is it?", "source": "mine"}
                {"prompt": "Kill them all", "prompt_label": "harmful", "source": "mine"}
                """);
        run("--quick", "--benign", "ordinary", file.toString());
        String text = out.toString();
        assertTrue(text.lines().anyMatch(l -> l.startsWith("mine                 ordinary")), text);
        assertTrue(
                text.lines().anyMatch(l -> l.startsWith("mine                 clear-harm")), text);
        assertTrue(text.contains("not counted: 1 requests without a label"), text);
        assertEquals(ExitCode.INPUT_UNREADABLE, run("--quick", folder + "/none.jsonl"));
        assertTrue(err.toString().contains("none.jsonl"), err::toString);
    }

    /** Many of our own that are answered do not hide one of theirs that is not. */
    @Test
    void eachSourceMeetsTheLinesByItself() throws IOException {
        Path file = folder.resolve("few.jsonl");
        Files.writeString(
                file,
                """
                {"prompt": "How do I prune roses?", "prompt_label": "harmful", "source": "mine"}
                """);
        assertEquals(ExitCode.THRESHOLD_MISSED, run("--quick", file.toString()));
        assertTrue(out.toString().contains("at least 60.0 %: missed (0.0 %)"), out::toString);
    }

    private static void check(String opening, String text) {
        String document = Sources.read(Repository.root().resolve(PAGE));
        assertTrue(document.contains(opening), opening);
        int from = document.indexOf(opening) + opening.length();
        int to = document.indexOf("```\n", from);
        Golden.check(PAGE, document.substring(0, from) + text + document.substring(to));
    }

    private int run(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "policy";
        all[1] = "rates";
        System.arraycopy(args, 0, all, 2, args.length);
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all);
    }
}
