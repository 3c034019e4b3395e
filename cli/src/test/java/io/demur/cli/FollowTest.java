package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Commands that list, and go on. */
class FollowTest {

    @TempDir Path folder = Path.of("");

    private void ok(String... words) throws Exception {
        Path said = folder.resolve("said.txt");
        Process process =
                Spawned.demur(folder, words)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it does not end");
        assertEquals(ExitCode.OK, process.exitValue(), Files.readString(said));
    }

    private static String until(Path out, String line) throws Exception {
        for (int i = 0; i < 600; i++) {
            String text = Files.readString(out);
            if (text.contains(line)) {
                return text;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(Files.readString(out));
    }

    @Test
    void aListOfReportsThatGoesOnShowsWhatComesAndWhatChangesAndNothingTwice() throws Exception {
        ok("init");
        ok("report", "use", "--reason", "scoring-applicants");
        Path out = folder.resolve("out.txt");
        Process list =
                Spawned.demur(folder, "report", "list", "--all", "--follow")
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        try {
            String id = until(out, "scoring-applicants").lines().toList().get(1).split(" ")[0];
            ok("report", "model", "m", "--reason", "answers-anything");
            until(out, "answers-anything");
            ok("report", "answer", id, "--upheld", "--reason", "true", "--by", "anna");
            String all = until(out, "upheld");
            assertEquals(4, all.lines().count(), all);
        } finally {
            list.destroy();
        }
        assertTrue(list.waitFor(1, TimeUnit.MINUTES));
    }
}
