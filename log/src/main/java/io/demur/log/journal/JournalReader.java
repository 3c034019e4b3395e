package io.demur.log.journal;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;

/** Reads a journal's frames in order, from its first file on, while it is being written. */
public final class JournalReader implements AutoCloseable {

    private final Disk disk;
    private final Path folder;
    private final String origin;
    private final LongSupplier first;
    private final LongPredicate begins;
    private @Nullable SegmentReader reader;
    private long next;

    JournalReader(Disk disk, Path folder, String origin, LongSupplier first, LongPredicate begins) {
        this.disk = disk;
        this.folder = folder;
        this.origin = origin;
        this.first = first;
        this.begins = begins;
    }

    /**
     * The next frame.
     *
     * @param end of what is durable: nothing is read from there on
     * @return nothing where that is reached
     * @throws Damage where what was durable is not there any more
     */
    public Optional<Frame> next(long end) throws IOException, Damage {
        SegmentReader open = reader;
        if (open == null) {
            next = first.getAsLong();
            open = open(next);
        }
        if (next >= end) {
            open.forget();
            return Optional.empty();
        }
        if (next != open.segment().first() && begins.test(next)) {
            open = open(next);
        }
        Optional<Frame> frame = open.next();
        if (frame.isEmpty() || frame.get().first() != next) {
            throw new Damage(
                    "`%s` does not hold entry %d any more, at byte %d"
                            .formatted(open.segment().file(), next, open.position()));
        }
        next = frame.get().end();
        return frame;
    }

    private SegmentReader open(long index) throws IOException, Damage {
        SegmentReader opened = SegmentReader.open(disk, Segment.of(folder, index), origin);
        close();
        reader = opened;
        return opened;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }
}
