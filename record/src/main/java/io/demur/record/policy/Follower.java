package io.demur.record.policy;

import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.keys.Pseudonyms;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a log was read for the entries that make a chain, and what time it was there. Not safe
 * for use by several threads, but for {@link #last}.
 */
final class Follower {

    private final Chain chain;
    private final Path folder;
    private final Optional<Pseudonyms> mark;
    private volatile Instant last = Instant.EPOCH;
    private long read;
    private long marked;

    /**
     * Has read nothing.
     *
     * @param chain what the entries are handed to
     * @param folder of the file that says how far a log was searched before
     * @param mark the keyed hash which that file is under; without it there is none
     */
    Follower(Chain chain, Path folder, Optional<Pseudonyms> mark) {
        this.chain = chain;
        this.folder = folder;
        this.mark = mark;
    }

    /** The time of the last entry that was published when it was read. */
    Instant last() {
        return last;
    }

    /** Reads on up to a size. What cannot be read is not believed, nor anything after it. */
    void to(LogReader reader, long size) {
        try {
            if (read == 0 && mark.isPresent()) {
                skip(reader, size, mark.get());
            }
            if (size > read) {
                PolicyEntries.each(reader, read, size, chain::take);
                last = later(PolicyEntries.last(reader, size));
                read = size;
            }
            if (mark.isPresent() && read - marked >= Seen.STEP) {
                List<Long> indexes = chain.events().stream().map(Event::index).toList();
                new Seen(read, reader.root(read).toString(), indexes).write(folder, mark.get());
                marked = read;
            }
        } catch (IOException | Malformed | RuntimeException e) {
            // whatever it is: what cannot be read is not believed
            chain.breakOff(
                    PolicyProblem.LOG.in(
                            "the log",
                            "what is in force cannot be read from it: %s".formatted(e.getMessage()),
                            "`demur log verify` says what is wrong with it"));
        }
    }

    /** Takes the entries that were found before, and passes over those between them. */
    private void skip(LogReader reader, long size, Pseudonyms key) throws IOException, Malformed {
        Optional<Seen> seen = Seen.read(folder, key, reader, size);
        if (seen.isPresent()) {
            for (long index : seen.get().indexes()) {
                PolicyEntries.each(reader, index, index + 1, size, chain::take);
            }
            read = seen.get().size();
            marked = read;
            last = later(PolicyEntries.last(reader, size));
        }
    }

    private Instant later(Instant time) {
        return time.isAfter(last) ? time : last;
    }
}
