package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Commands that list, and go on. */
class FollowTest {

    @TempDir Path folder = Path.of("");

    private static String until(Beside beside, String line) throws Exception {
        for (int i = 0; i < 600; i++) {
            String text = beside.read("list.out");
            if (text.contains(line)) {
                return text;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(beside.read("list.out"));
    }

    @Test
    void aListOfReportsThatGoesOnShowsWhatComesAndWhatChangesAndNothingTwice() throws Exception {
        Beside beside = new Beside(folder);
        beside.done("init");
        beside.done("report", "use", "--reason", "scoring-applicants");
        Process list = beside.start("list", "report", "list", "--all", "--follow");
        try {
            String id =
                    until(beside, "scoring-applicants").lines().toList().get(1).split(" ", -1)[0];
            beside.done("report", "model", "m", "--reason", "answers-anything");
            until(beside, "answers-anything");
            beside.done("report", "answer", id, "--upheld", "--reason", "true", "--by", "anna");
            String all = until(beside, "upheld");
            assertEquals(4, all.lines().count(), all);
        } finally {
            list.destroy();
        }
        assertTrue(list.waitFor(1, TimeUnit.MINUTES));
    }
}
