package io.demur.gateway.gate;

import io.demur.record.Trail;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Commitment;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Ids;
import io.demur.record.entry.Kept;
import io.demur.record.entry.Outcome;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gate over a real log, whose own clock stands still, and what it has told. */
final class Logged implements AutoCloseable {

    final Told first = new Told();
    final Told second = new Told();
    final Trail trail;
    private final Gate gate;
    private final Ids ids = new Ids(InstantSource.system(), new SecureRandom());

    /** What somebody was told. */
    static final class Told implements Seen {
        final List<String> all = new ArrayList<>();

        @Override
        public synchronized void attempted() {
            all.add("attempted");
        }

        @Override
        public synchronized void unwritten() {
            all.add("unwritten");
        }

        @Override
        public synchronized void ended(Attempt attempt, Outcome outcome) {
            all.add(attempt.id() + " " + outcome.reason().orElse(""));
        }
    }

    Logged(Path folder, Instant now) throws Exception {
        trail = Trails.begun(folder);
        gate = new Gate(trail, InstantSource.fixed(now), first.and(second));
    }

    Gate gate() {
        return gate;
    }

    /** An attempt that nobody has made yet. */
    Attempt entry() {
        return new Attempt(
                Instant.now(),
                ids.next("att"),
                "sub_ada",
                "sub_ada",
                Optional.empty(),
                Optional.empty(),
                "openai.chat",
                "m",
                "hosted",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Kept(
                        Kept.Mode.HASH_ONLY,
                        2,
                        Commitment.to(
                                new byte[Commitment.SALT_BYTES],
                                "{}".getBytes(StandardCharsets.UTF_8)),
                        Optional.empty()));
    }

    /** One that is on disk. */
    Attempted attempt() {
        return gate.attempt(entry()).join();
    }

    static Outcome outcome(String attempt, String reason) {
        return Outcome.bare(Instant.now(), attempt, Outcome.Result.ERROR, reason);
    }

    /** The entry that stands in the log at a place. */
    Entry at(long index) throws Exception {
        long size = trail.publish();
        List<Entry> found = new ArrayList<>();
        trail.reader()
                .entries(index, index + 1, size, (i, bytes) -> found.add(EntryCodec.read(bytes)));
        return found.getFirst();
    }

    @Override
    public void close() {
        trail.close();
    }
}
