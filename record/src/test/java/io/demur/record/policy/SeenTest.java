package io.demur.record.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.LogReader;
import io.demur.log.tile.FolderSource;
import io.demur.record.entry.Access;
import io.demur.record.entry.Entries;
import io.demur.record.entry.Entry;
import io.demur.record.keys.Pseudonyms;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A long log is searched once; what remembers that can cost time, and nothing else. */
class SeenTest {

    private static final Pseudonyms KEY = new Pseudonyms("1", new byte[32]);

    @TempDir Path folder = Path.of("");

    @Test
    void aLongLogIsSearchedOnce() throws Exception {
        try (Deployment at = new Deployment(folder)) {
            at.sealed("posture 5\n");
            Entry access = new Access(at.clock.instant(), Entries.ATTEMPT, "reply", "r", "audit");
            List<Entry> many = Collections.nCopies(2_000, access);
            for (int i = 0; i < Seen.STEP / 2_000; i++) {
                at.trail().append(many).join();
            }
            Deployment.activated(at.hand(at.draft("posture 7\n"), "dan"));
            Path file = at.policy().resolve(".seen");
            assertFalse(Files.exists(file));
            int whole = reads(at, Optional.of(KEY));
            byte[] seen = Files.readAllBytes(file);
            int later = reads(at, Optional.of(KEY));
            assertTrue(later * 4 < whole, "%d reads, then %d".formatted(whole, later));
            // another's key, another's file, and damage
            byte[] others = new byte[32];
            others[0] = 1;
            Pseudonyms other = new Pseudonyms("2", others);
            assertEquals(whole, reads(at, Optional.of(other)));
            assertEquals(whole, reads(at, Optional.of(KEY)));
            Property.check(
                    10,
                    gen -> {
                        byte[] damaged = gen.damaged(seen);
                        Files.write(file, damaged);
                        reads(at, Optional.of(KEY));
                    });
            // one of fewer entries, and then a policy that it does not know
            Files.write(file, seen);
            Deployment.activated(at.hand(at.draft("posture 8\n"), "dan"));
            assertEquals(8, posture(at, new LogReader(source(at)), Optional.of(KEY)));
        }
    }

    private static FolderSource source(Deployment at) {
        return new FolderSource(at.folder.resolve("log"));
    }

    /** How many files of the log are read until it is clear that 7 is in force. */
    private static int reads(Deployment at, Optional<Pseudonyms> mark) throws IOException {
        AtomicInteger reads = new AtomicInteger();
        FolderSource source = source(at);
        LogReader reader =
                new LogReader(
                        name -> {
                            reads.incrementAndGet();
                            return source.read(name);
                        });
        assertEquals(7, posture(at, reader, mark));
        return reads.get();
    }

    private static int posture(Deployment at, LogReader reader, Optional<Pseudonyms> mark)
            throws IOException {
        PolicyKeeper keeper =
                PolicyKeeper.read(
                        at.policy(),
                        reader,
                        at.trail().publish(),
                        at.documents,
                        Deployment.suite(),
                        at.judges,
                        at.clock,
                        mark);
        InForce.Active active = assertInstanceOf(InForce.Active.class, keeper.inForce(), "refused");
        assertFalse(active.settingUp());
        return active.charter().policy().posture().level();
    }
}
