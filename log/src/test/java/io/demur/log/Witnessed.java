package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.journal.Disk;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.tile.FolderSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All that a log ever said of itself: what it acknowledged, and what it signed. */
final class Witnessed {

    private final Path root;
    private final Map<Long, String> acknowledged = new TreeMap<>();
    private final Map<Long, Hash> heads = new TreeMap<>();
    private long longestOpenNanos;

    Witnessed(Path root) {
        this.root = root;
    }

    int acknowledged() {
        return acknowledged.size();
    }

    int heads() {
        return heads.size();
    }

    long longestOpenMillis() {
        return longestOpenNanos / 1_000_000;
    }

    /** Starts {@link Victim} in the folder, behind the words of another program or none. */
    static Process start(Path root, int threads, int appends, String... before) throws IOException {
        List<String> command = new ArrayList<>(Arrays.asList(before));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx96m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Victim.class.getName(), root.toString()));
        command.addAll(List.of(Integer.toString(threads), Integer.toString(appends)));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /**
     * Takes down what the process says until it ends.
     *
     * @param word the first word of the line that {@code then} is run at
     * @return the lines that tell neither of entries nor of checkpoints
     */
    List<String> listen(Process process, String word, Runnable then) {
        List<String> others = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("ack") && words.length == 3 && words[2].length() == 64) {
                    acknowledge(Long.parseLong(words[1]), words[2]);
                } else if (words[0].equals("head") && words.length == 3) {
                    if (words[2].length() == 44) {
                        head(Long.parseLong(words[1]), Hash.fromBase64(words[2]));
                    }
                } else if (!words[0].equals("ack")) {
                    others.add(line);
                    if (words[0].equals(word)) {
                        then.run();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        return others;
    }

    void acknowledge(long index, String leaf) {
        String before = acknowledged.put(index, leaf);
        assertTrue(before == null || before.equals(leaf), () -> "two entries at " + index);
    }

    void head(long size, Hash root) {
        Hash before = heads.put(size, root);
        assertTrue(before == null || before.equals(root), () -> "two roots at size " + size);
    }

    /** Takes down the checkpoint and the anchor as they lie there. */
    void look() throws IOException {
        if (Files.exists(root.resolve("log/checkpoint"))) {
            TreeHead head =
                    Naive.checkpoint(root.resolve("log"), Victim.key(root).verifier()).head();
            head(head.size(), head.root());
        }
        new FileAnchor(root.resolve("anchor")).last().ifPresent(h -> head(h.size(), h.root()));
    }

    /** Opens the log, publishes and closes it, and holds all that was ever said against it. */
    void check() throws IOException, LogRefused {
        check(new Disk());
    }

    void check(Disk disk) throws IOException, LogRefused {
        look();
        long start = System.nanoTime();
        Checkpoint checkpoint;
        LogSettings settings =
                Naive.settings(
                        root.resolve("log"),
                        Victim.key(root),
                        new FileAnchor(root.resolve("anchor"), disk));
        try (Log log = Log.open(settings, disk, Victim.SEGMENT_BYTES)) {
            longestOpenNanos = Math.max(longestOpenNanos, System.nanoTime() - start);
            checkpoint = log.publish();
        }
        head(checkpoint.head().size(), checkpoint.head().root());
        compare(checkpoint.head());
    }

    /** Holds all that was ever said against a log of which this is the head. */
    void compare(TreeHead head) {
        List<byte[]> entries = Naive.check(root.resolve("log"), head);
        assertEquals(
                List.of(),
                Fsck.check(new FolderSource(root.resolve("log")), head).problems(),
                "what `demur log verify` says of it");
        RightEdge edge = new RightEdge();
        int found = 0;
        for (int i = 0; i <= entries.size(); i++) {
            long size = i;
            Hash signed = heads.get(size);
            if (signed != null) {
                assertEquals(signed, edge.root(), () -> "the checkpoint of size " + size);
                found++;
            }
            if (i < entries.size()) {
                Hash leaf = Merkle.leaf(entries.get(i));
                String said = acknowledged.get(size);
                assertTrue(
                        said == null || said.equals(leaf.toString()),
                        () -> "entry %d is another than was acknowledged".formatted(size));
                edge.add(leaf, (level, index, hashes) -> {});
            }
        }
        assertEquals(heads.size(), found, "a checkpoint was signed for more than there is");
        for (long index : acknowledged.keySet()) {
            assertTrue(index < entries.size(), () -> "entry " + index + " was lost");
        }
    }
}
