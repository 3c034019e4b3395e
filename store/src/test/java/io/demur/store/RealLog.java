package io.demur.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.Checkpoint;
import io.demur.log.Fsck;
import io.demur.log.Log;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.LogSettings;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Inclusion;
import io.demur.log.merkle.Merkle;
import io.demur.log.tile.FolderSource;
import io.demur.record.Completeness;
import io.demur.record.KeyCeremony;
import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.keys.KeyRing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A log in a folder with a trail that writes it: what an installation has. */
final class RealLog implements AutoCloseable {

    private static final String ORIGIN = "demur.invalid/test";

    private final Path folder;
    private final KeyRing ring;
    private final Trail trail;

    RealLog(Path folder) throws Exception {
        this.folder = folder;
        ring = KeyRing.make(folder.resolve("keys"), InstantSource.system(), new SecureRandom());
        new KeyCeremony(ring, this::open).begin(ORIGIN);
        trail = open();
    }

    private Trail open() throws IOException, LogRefused {
        LogSettings settings =
                new LogSettings(
                        folder.resolve("log"),
                        ring.signingKey(ORIGIN),
                        List.of(),
                        List.of(),
                        Duration.ofSeconds(1),
                        broken -> {});
        Start start =
                new Start(Instant.now(), "demur test", "1", Optional.empty(), Optional.empty());
        return Trail.open(Log.open(settings), start, InstantSource.system());
    }

    void write(Entry entry) {
        trail.append(List.of(entry)).join();
    }

    /** An exchange of which both parts are kept. */
    void exchange(String attempt, String subject, Kept request, Kept reply) {
        write(
                new Attempt(
                        Instant.now(),
                        attempt,
                        subject,
                        subject,
                        Optional.empty(),
                        Optional.empty(),
                        "openai.chat",
                        "model",
                        "hosted",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        request));
        write(
                new Outcome(
                        Instant.now(),
                        attempt,
                        Outcome.Result.ALLOW,
                        Optional.of("allow"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        OptionalInt.empty(),
                        Optional.of(reply),
                        reply.bytes(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Duration.ZERO));
    }

    /**
     * Ends it, and makes sure that it is complete, that its tiles and root are those of its
     * entries, and that each entry is proved to be in it.
     *
     * @return how many entries there are
     */
    long verified() throws Exception {
        trail.close();
        LogReader reader = new LogReader(new FolderSource(folder.resolve("log")));
        Checkpoint checkpoint = reader.checkpoint(ring.logKeys());
        long size = checkpoint.head().size();
        Fsck.Report report = Fsck.check(reader.source(), checkpoint.head());
        assertTrue(report.isSound(), report::toString);
        assertTrue(Completeness.check(reader, size, false).complete());
        List<Hash> leaves = new ArrayList<>();
        reader.entries(0, size, size, (index, bytes) -> leaves.add(Merkle.leaf(bytes)));
        for (int i = 0; i < size; i++) {
            assertEquals(
                    Optional.empty(),
                    Inclusion.fault(
                            leaves.get(i),
                            i,
                            size,
                            reader.inclusion(i, size),
                            checkpoint.head().root()));
        }
        return size;
    }

    @Override
    public void close() {
        trail.close();
    }
}
