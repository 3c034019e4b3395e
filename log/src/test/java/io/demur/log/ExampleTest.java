package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.log.note.Malformed;
import io.demur.log.note.SigningKey;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log in {@code examples/log}, and what the reference does with it, command by command. */
class ExampleTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final Path FOLDER = Repository.root().resolve("examples/log");
    private static final Pattern STEP =
            Pattern.compile(
                    "<!-- examples/log -->\n```sh\n(.*?)```\n+```\n(.*?)```\n", Pattern.DOTALL);

    @TempDir Path folder = Path.of("");

    @Test
    void theFilesAreThoseOfALogOfThreeEntries() throws IOException, Malformed {
        List<byte[]> entries =
                Stream.of("first entry", "second entry", "third entry")
                        .map(entry -> entry.getBytes(StandardCharsets.UTF_8))
                        .toList();
        NaiveLog log = NaiveLog.of(entries, KEY);
        Map<String, byte[]> files = new TreeMap<>(log.files());
        files.put("log.vkey", (KEY.verifier() + "\n").getBytes(StandardCharsets.UTF_8));
        Checkpoint checkpoint = Checkpoint.parse(log.read("checkpoint").orElseThrow());
        Receipt receipt = Receipt.of(entries.get(1), 1, checkpoint, 3, new LogReader(log));
        files.put("second.tlog-proof", receipt.bytes());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = FOLDER.resolve(file.getKey());
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.resolveSibling("."));
                Files.write(path, file.getValue());
            }
            assertArrayEquals(file.getValue(), Files.readAllBytes(path), file.getKey());
        }
    }

    @Test
    void theReferencesCommandsPrintWhatItSays() throws Exception {
        assumeTrue(
                runs("openssl version") && runs("sha256sum --version") && runs("bash --version"),
                "openssl, sha256sum or bash is not there");
        copy();
        String reference = Files.readString(Repository.root().resolve("docs/reference/log.md"));
        Matcher steps = STEP.matcher(reference);
        int count = 0;
        while (steps.find()) {
            count++;
            assertEquals(steps.group(2), output(steps.group(1)), steps.group(1));
        }
        assertTrue(count >= 6, () -> "few steps were found");
    }

    private void copy() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(FOLDER.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.copy(file, target);
            }
        }
    }

    private String output(String commands) throws Exception {
        Process process =
                new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    private static boolean runs(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command.split(" ", -1))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
