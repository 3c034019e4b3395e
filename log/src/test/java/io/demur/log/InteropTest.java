package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.demur.log.note.SigningKey;
import io.demur.log.tile.FolderSource;
import io.demur.testkit.Repository;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our logs and receipts, checked by the programs of others: {@code docs/interop.md}. */
class InteropTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final int SIZE = 66_051;

    @TempDir Path folder = Path.of("");

    @BeforeEach
    void isWanted() {
        assumeTrue(Boolean.getBoolean("interop"), "needs Go; -Dinterop=true runs it");
    }

    @Test
    void othersFindALogOfThreeLevelsAndItsReceiptsSound() throws Exception {
        List<String> receipts = write();
        Said said = run(receipts);
        assertEquals(0, said.exit, said.text);
        assertTrue(said.text.endsWith("tessera fsck: sound\n"), said.text);
        System.out.print(said.text);
    }

    private List<String> write() throws Exception {
        List<byte[]> entries = NaiveLog.entries(SIZE);
        try (Log log = Log.open(Naive.settings(folder, KEY))) {
            for (int from = 0; from < SIZE; from += 4_096) {
                log.append(entries.subList(from, Math.min(from + 4_096, SIZE))).join();
            }
        }
        Files.writeString(folder.resolve("log.vkey"), KEY.verifier() + "\n");
        LogReader reader = new LogReader(new FolderSource(folder));
        Checkpoint checkpoint = reader.checkpoint(List.of(KEY.verifier()));
        List<String> receipts = new ArrayList<>();
        for (int index : new int[] {0, 255, 256, 40_000, 65_535, 65_536, SIZE - 1}) {
            Path file = folder.resolve(index + ".tlog-proof");
            Receipt receipt = Receipt.of(entries.get(index), index, checkpoint, SIZE, reader);
            Files.write(file, receipt.bytes());
            receipts.add(file.toString());
        }
        return receipts;
    }

    private record Said(int exit, String text) {}

    private Said run(List<String> receipts) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Repository.root().resolve("log/interop/run").toString());
        command.add(folder.toString());
        command.add(folder.resolve("log.vkey").toString());
        command.addAll(receipts);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
