package io.demur.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a journal was found to hold when it was opened. Nothing is changed by looking; {@link
 * #journal} makes it whole and goes on with it.
 */
public final class Recovery {

    /** The ending of files that were not finished. */
    static final String UNFINISHED = ".new";

    private final Disk disk;
    private final Path folder;
    private final String origin;
    private final List<Segment> segments;
    private final long end;
    private final long tailLength;
    private final boolean torn;

    private Recovery(
            Disk disk,
            Path folder,
            String origin,
            List<Segment> segments,
            long end,
            long tailLength,
            boolean torn) {
        this.disk = disk;
        this.folder = folder;
        this.origin = origin;
        this.segments = segments;
        this.end = end;
        this.tailLength = tailLength;
        this.torn = torn;
    }

    /**
     * Reads a journal from its first byte to its last.
     *
     * @param folder where its files lie
     * @param origin the log's name
     * @throws Damage where it is not what was written; what a sudden end leaves behind is no damage
     */
    public static Recovery look(Disk disk, Path folder, String origin) throws IOException, Damage {
        List<Segment> segments = new ArrayList<>();
        for (Path file : disk.list(folder, Segment.ENDING)) {
            segments.add(Segment.named(folder, String.valueOf(file.getFileName())));
        }
        long end = segments.isEmpty() ? 0 : segments.getFirst().first();
        long length = Segment.HEADER;
        boolean torn = false;
        for (Segment segment : segments) {
            if (segment.first() != end) {
                throw new Damage(
                        "`%s` begins at entry %d, and the one before it ends at %d"
                                .formatted(segment.file(), segment.first(), end));
            }
            try (SegmentReader reader = SegmentReader.open(disk, segment, origin)) {
                end = end(reader);
                length = reader.position();
                torn = length != reader.size();
                if (torn && (!segment.equals(segments.getLast()) || reader.anyFrameLater())) {
                    throw new Damage(
                            "`%s` is damaged at byte %d, in entry %d or after it"
                                    .formatted(segment.file(), length, end));
                }
            }
        }
        return new Recovery(disk, folder, origin, segments, end, length, torn);
    }

    private static long end(SegmentReader reader) throws IOException, Damage {
        long end = reader.segment().first();
        for (Optional<Frame> next = reader.next(); next.isPresent(); next = reader.next()) {
            if (next.get().first() != end) {
                throw new Damage(
                        "`%s` goes on with entry %d after %d"
                                .formatted(reader.segment().file(), next.get().first(), end));
            }
            end = next.get().end();
        }
        return end;
    }

    /** Whether there is any journal. */
    public boolean isEmpty() {
        return segments.isEmpty();
    }

    /** The index of the first entry that is in it. */
    public long first() {
        return segments.isEmpty() ? 0 : segments.getFirst().first();
    }

    /** The index after the last. */
    public long end() {
        return end;
    }

    /** Reads it. */
    public JournalReader reader() {
        return new JournalReader(disk, folder, origin, this::first, index -> isFirst(index));
    }

    private boolean isFirst(long index) {
        return segments.stream().anyMatch(segment -> segment.first() == index);
    }

    /**
     * Makes the journal whole: cuts off what was not finished, and goes on behind it.
     *
     * @param trusted whether it was let go of in good order. If not, the last file is copied: after
     *     an fsync that failed its pages may read well without being on the disk, and another fsync
     *     would not notice
     * @param segmentBytes how long a file becomes before the next one is begun
     */
    public Journal journal(boolean trusted, long segmentBytes) throws IOException {
        for (Path file : disk.list(folder, UNFINISHED)) {
            disk.delete(file);
        }
        if (segments.isEmpty()) {
            return Journal.create(disk, folder, origin, segmentBytes);
        }
        Segment tail = segments.getLast();
        if (torn || !trusted) {
            copy(tail);
        }
        List<Long> firsts = segments.stream().map(Segment::first).toList();
        return Journal.resume(disk, folder, origin, segmentBytes, firsts, end, tailLength);
    }

    private void copy(Segment tail) throws IOException {
        Path copy = tail.file().resolveSibling(tail.file().getFileName() + UNFINISHED);
        try (FileChannel from = disk.reading(tail.file());
                FileChannel to = disk.create(copy)) {
            ByteBuffer bytes = ByteBuffer.allocate(1 << 18);
            for (long at = 0; at < tailLength; ) {
                bytes.clear().limit((int) Math.min(bytes.capacity(), tailLength - at));
                if (disk.read(from, bytes, at) < 0) {
                    throw new IOException("`%s` became shorter".formatted(tail.file()));
                }
                int read = bytes.flip().remaining();
                disk.writeAll(to, bytes, at);
                at += read;
            }
            disk.force(to, true);
        }
        disk.rename(copy, tail.file());
        disk.forceFolder(folder);
    }
}
