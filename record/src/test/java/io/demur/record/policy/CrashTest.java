package io.demur.record.policy;

import static io.demur.record.policy.Deployment.activated;
import static io.demur.record.policy.Deployment.ready;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.note.Note;
import io.demur.record.MemoryLedger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Processes that end at any time, disks that fail, and two keepers in one process. */
class CrashTest {

    @TempDir Path folder = Path.of("");

    @Test
    void betweenTheFileAndTheEntryNothingHasHappened() throws Exception {
        MemoryLedger ledger = new MemoryLedger();
        try (Deployment at = new Deployment(folder, Optional.of(ledger))) {
            at.sealed("posture 5\n");
            Note note = Deployment.signed(at.draft("posture 6\n"), "dan");
            ledger.fails(Optional.of(new IOException("no space left")));
            assertThrows(IOException.class, () -> at.hand(note));
            assertEquals(5, at.posture());
            assertEquals(4, files(at.policy()));
            ledger.fails(Optional.empty());
            assertEquals(5, at.fresh().inForce() instanceof InForce.Active it ? level(it) : 11);
            activated(at.hand(note));
            assertEquals(6, at.posture());
        }
    }

    @Test
    void betweenTheEntryAndTheAnswerItHolds() throws Exception {
        try (Deployment at = new Deployment(folder, Optional.of(new MemoryLedger()))) {
            at.sealed("posture 5\n");
            Note note = Deployment.signed(at.draft("posture 6\n"), "dan");
            // as if the answer had been lost, and the next process were asked again
            PolicyKeeper other = at.fresh();
            activated(at.hand(note));
            activated(other.submit(note.bytes(), at.trail()));
            activated(at.fresh().submit(note.bytes(), at.trail()));
            assertEquals(4, at.keeper().history().size());
            Note back = Deployment.signed(ready(other.draftRollback(Optional.empty())), "dan");
            activated(other.submit(back.bytes(), at.trail()));
            activated(at.hand(back));
            assertEquals(5, at.posture());
            assertEquals(5, at.keeper().history().size());
        }
    }

    @Test
    void ofTwoKeepersInOneProcessOneIsLate() throws Exception {
        try (Deployment at = new Deployment(folder, Optional.of(new MemoryLedger()))) {
            at.sealed("posture 5\n");
            List<Note> notes = new ArrayList<>();
            for (String document : List.of("posture 6\n", "posture 7\n", "posture 8\n")) {
                notes.add(Deployment.signed(at.draft(document), "dan"));
            }
            List<Submitted> answers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (Note note : notes) {
                PolicyKeeper keeper = at.fresh();
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try {
                                                Submitted answer =
                                                        keeper.submit(note.bytes(), at.trail());
                                                synchronized (answers) {
                                                    answers.add(answer);
                                                }
                                            } catch (IOException e) {
                                                throw new UncheckedIOException(e);
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(3, answers.size());
            assertEquals(1, answers.stream().filter(Submitted.Activated.class::isInstance).count());
            assertTrue(at.fresh().inForce() instanceof InForce.Active);
        }
    }

    @Test
    void whatWasAnsweredHoldsAfterAnyKill() throws Exception {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 1));
        int kills = Integer.getInteger("kills", 4);
        int last = 0;
        for (int i = 0; i < kills; i++) {
            Process process =
                    new ProcessBuilder(
                                    ProcessHandle.current().info().command().orElse("java"),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Changing.class.getName(),
                                    folder.toString())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            int lines = random.nextInt(1, 6);
            int micros = random.nextInt(0, 30_000);
            try (BufferedReader said =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    last = Integer.parseInt(line);
                    if (--lines == 0) {
                        TimeUnit.MICROSECONDS.sleep(micros);
                        process.toHandle().destroyForcibly();
                    }
                }
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            try (Deployment at = new Deployment(folder)) {
                long changes =
                        at.keeper().history().stream()
                                .filter(it -> it.action().equals("activated"))
                                .count();
                assertTrue(changes >= last, "%d of %d are left".formatted(changes, last));
                assertEquals(posture((int) changes), at.posture());
            }
        }
        System.out.printf("%d kills, %d changes answered: none lost%n", kills, last);
    }

    static int posture(int changes) {
        return 2 + changes % 7;
    }

    /** Changes the policy for ever, and says how often it has. */
    static final class Changing {
        private Changing() {}

        public static void main(String[] args) throws Exception {
            Deployment at = new Deployment(Path.of(args[0]));
            if (at.keeper().trust().isEmpty()) {
                activated(at.hand(at.draftTrust(Deployment.USUAL), "ann"));
            }
            int changes =
                    (int)
                            at.keeper().history().stream()
                                    .filter(it -> it.action().equals("activated"))
                                    .count();
            while (true) {
                changes++;
                activated(at.hand(at.draft("posture %d\n".formatted(posture(changes))), "ann"));
                System.out.println(changes);
            }
        }
    }

    private static int level(InForce.Active active) {
        return active.charter().policy().posture().level();
    }

    private static long files(Path of) throws IOException {
        try (var all = Files.list(of)) {
            return all.count();
        }
    }
}
