package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * A process that is killed while it appends, publishes, begins new files, or recovers from the last
 * time. {@code -Dkills=1000} for the long run.
 */
class KillTest {

    /** How many kills one log goes through. */
    private static final int EACH = 25;

    @Test
    void nothingAcknowledgedIsLostAndNothingSignedIsTakenBack(@TempDir Path dir) throws Exception {
        int kills = Integer.getInteger("kills", 50);
        long seed = Long.getLong("seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        int acknowledged = 0;
        int heads = 0;
        long longest = 0;
        int duringOpening = 0;
        for (int done = 0; done < kills; ) {
            Path root = Files.createDirectory(dir.resolve("log-" + done));
            Victim.key(root);
            Witnessed said = new Witnessed(root);
            for (int i = 0; i < EACH && done < kills; i++, done++) {
                // one in four at any time while it is opened, the others while it appends
                String after = random.nextInt(4) == 0 ? "start" : "open";
                if (killOnce(root, said, after, random.nextInt(0, 250))) {
                    duringOpening++;
                }
                said.look();
                // otherwise the next process has to recover, and may be killed in the middle
                if (random.nextInt(3) > 0 || i == EACH - 1 || done == kills - 1) {
                    said.check();
                }
            }
            acknowledged += said.acknowledged();
            heads += said.heads();
            longest = Math.max(longest, said.longestOpenMillis());
        }
        System.out.printf(
                "%d kills (%d while it opened), %d entries acknowledged, %d checkpoints seen:"
                        + " none lost, none inconsistent; longest opening %d ms%n",
                kills, duringOpening, acknowledged, heads, longest);
        assertTrue(acknowledged > kills, "too little was acknowledged for this to be a test");
    }

    /**
     * @return whether it was killed before the log was open
     */
    private static boolean killOnce(Path root, Witnessed said, String after, int millis)
            throws IOException, InterruptedException {
        Process process = Witnessed.start(root, 4, Integer.MAX_VALUE);
        List<String> lines =
                said.listen(
                        process,
                        after,
                        () -> Thread.ofPlatform().daemon().start(() -> killAfter(process, millis)));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the process does not end");
        assertTrue(lines.contains("start"), () -> "the process said only " + lines);
        assertTrue(
                lines.stream().allMatch(l -> l.equals("start") || l.startsWith("open ")),
                () -> "the process said " + lines);
        return lines.size() == 1;
    }

    private static void killAfter(Process process, int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // the handle: the process itself would close the stream that is still being read
        process.toHandle().destroyForcibly();
    }
}
