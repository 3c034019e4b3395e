package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Commands that list, and go on. */
class FollowIT {

    @TempDir Path folder = Path.of("");

    private static String until(Beside beside, String list, String line) throws Exception {
        for (int i = 0; i < 600; i++) {
            String text = beside.read(list + ".out");
            if (text.contains(line)) {
                return text;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(beside.read(list + ".out"));
    }

    @Test
    void aListOfReportsThatGoesOnShowsWhatComesAndWhatIsAnsweredAndNothingTwice() throws Exception {
        Beside beside = new Beside(folder);
        beside.done("init");
        beside.done("report", "use", "--reason", "scoring-applicants");
        Map<String, Process> lists =
                Map.of(
                        "waiting",
                        beside.start("waiting", "report", "list", "--follow"),
                        "all",
                        beside.start("all", "report", "list", "--all", "--follow"));
        try {
            String id = "";
            for (String list : lists.keySet()) {
                String head = until(beside, list, "scoring-applicants");
                id = head.lines().toList().get(1).split(" ", -1)[0];
            }
            beside.done("report", "model", "m", "--reason", "answers-anything");
            for (String list : lists.keySet()) {
                assertEquals(3, until(beside, list, "answers-anything").lines().count());
            }
            beside.done("report", "answer", id, "--upheld", "--reason", "true", "--by", "anna");
            // one decision in twenty, drawn by lot, waits for a second person
            Beside.Result second =
                    beside.run(
                            "report", "answer", id, "--upheld", "--reason", "true", "--by", "bert");
            assertTrue(second.exit() == 0 || second.err().contains(id), second.err());
            for (String list : lists.keySet()) {
                String text = until(beside, list, "upheld");
                assertEquals(4, text.lines().count(), text);
            }
        } finally {
            lists.values().forEach(Process::destroy);
        }
        for (Process list : lists.values()) {
            assertTrue(list.waitFor(1, TimeUnit.MINUTES));
        }
    }
}
