package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.testkit.Repository;

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

/** The commands that check a log, on a copy of {@code examples/log} in an installation's folder. */
class LogToolsTest {

    @TempDir Path data = Path.of("");

    private record Said(int exit, String text) {}

    @BeforeEach
    void copy() throws IOException {
        Path example = Repository.root().resolve("examples/log");
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = data.resolve("log").resolve(example.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(file, target);
            }
        }
        Files.createDirectory(data.resolve("keys"));
        Files.move(data.resolve("log/log.vkey"), data.resolve("keys/log.vkey"));
    }

    @Test
    void theReferenceShowsWhatIsPrinted() throws IOException {
        String reference = Files.readString(Repository.root().resolve("docs/reference/log.md"));
        String key = data.resolve("keys/log.vkey").toString();
        Said verified = run("verify", "--log", data.resolve("log").toString(), "--key", key);
        assertEquals(0, verified.exit, verified.text);
        assertTrue(reference.contains(verified.text), verified.text);
        String receipt = data.resolve("log/second.tlog-proof").toString();
        Said proven = run("receipt", "verify", receipt, "--key", key);
        assertEquals(0, proven.exit, proven.text);
        assertTrue(reference.contains(proven.text), proven.text);
    }

    @Test
    void verifyNamesEachProblem() throws IOException {
        String log = data.resolve("log").toString();
        assertEquals(0, onData("verify", "--log", log).exit);
        Path kept = Files.copy(data.resolve("log/checkpoint"), data.resolve("kept"));
        Said since = onData("verify", "--log", log, "--since", kept.toString());
        assertEquals(0, since.exit, since.text);
        assertTrue(since.text.contains("still the same"), since.text);
        Path bundle = data.resolve("log/tile/entries/000.p/3");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[5] ^= 1;
        Files.write(bundle, bytes);
        Files.writeString(data.resolve("log/tile/stray"), "");
        Said said = onData("verify", "--log", log);
        assertEquals(1, said.exit, said.text);
        for (String part :
                List.of(
                        "hash 0 is not that of entry 0",
                        "the root of its 3 entries is",
                        "`tile/stray` should not be there",
                        "result       3 problems")) {
            assertTrue(said.text.contains(part), said.text);
        }
    }

    @Test
    void anotherKeyIsNotBelieved() throws IOException {
        String other = "example.com/log+7f7d7f7f+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
        Said wrong = onData("verify", "--key", other);
        assertEquals(2, wrong.exit, wrong.text);
        assertTrue(wrong.text.contains("the key's id is 9be5d3c6"), wrong.text);
        Files.delete(data.resolve("keys/log.vkey"));
        Said none = onData("verify");
        assertEquals(2, none.exit, none.text);
        assertTrue(none.text.contains("name the log's key with --key"), none.text);
    }

    @Test
    void aReceiptOfEachEntryIsWrittenAndProven() throws IOException {
        for (int index = 0; index < 3; index++) {
            String file = data.resolve(index + ".tlog-proof").toString();
            Said written = onData("proof", Integer.toString(index), "--out", file);
            assertEquals(0, written.exit, written.text);
            Said proven = onData("receipt", "verify", file);
            assertEquals(0, proven.exit, proven.text);
        }
        Path receipt = data.resolve("1.tlog-proof");
        Files.writeString(receipt, Files.readString(receipt).replace("index 1", "index 0"));
        Said moved = onData("receipt", "verify", receipt.toString());
        assertEquals(1, moved.exit, moved.text);
        assertTrue(moved.text.contains("NOT PROVEN"), moved.text);
        assertEquals(3, onData("proof", "3", "--out", receipt.toString()).exit);
        assertEquals(3, onData("proof", "att_1", "--out", receipt.toString()).exit);
        assertEquals(2, onData("proof", "att 1", "--out", receipt.toString()).exit);
    }

    @Test
    void theCheckpointIsShownAndKept() throws IOException {
        Said shown = onData("checkpoint");
        assertTrue(shown.text.contains("signed by    example.com/log+9be5d3c6"), shown.text);
        assertEquals(
                Files.readString(data.resolve("log/checkpoint")),
                onData("checkpoint", "--raw").text);
        assertEquals(3, onData("checkpoint", "--witnessed").exit);
    }

    @Test
    void witnessesNeedAPolicyThatNamesThem() throws IOException {
        Path policy = Files.writeString(data.resolve("policy.txt"), "quorum a\nlog x\n");
        Said bad = onData("witness", "--policy", policy.toString());
        assertEquals(3, bad.exit, bad.text);
        assertTrue(bad.text.contains("line 1: `a` is not defined above"), bad.text);
        assertTrue(bad.text.contains("line 2: "), bad.text);
        Files.writeString(policy, "quorum none\n");
        assertEquals(2, onData("witness", "--policy", policy.toString()).exit);
        assertTrue(Files.notExists(data.resolve("log/checkpoint.witnessed")));
    }

    private Said onData(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--data");
        all.add(data.toString());
        return run(all.toArray(String[]::new));
    }

    private static Said run(String... args) {
        StringWriter said = new StringWriter();
        CommandLine line = new CommandLine(new Main());
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        String[] all = new String[args.length + 1];
        all[0] = "log";
        System.arraycopy(args, 0, all, 1, args.length);
        int exit = line.execute(all);
        return new Said(exit, said.toString());
    }
}
