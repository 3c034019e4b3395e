package io.demur.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The end of a journal that is written. One thread appends; another may read what is durable and
 * drop old files.
 */
public final class Journal implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Disk disk;
    private final Path folder;
    private final String origin;
    private final long segmentBytes;
    private final ConcurrentSkipListSet<Long> firsts = new ConcurrentSkipListSet<>();
    private FileChannel channel;
    private long mark;
    private long length;
    private volatile long size;
    private ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);

    private Journal(
            Disk disk, Path folder, String origin, long segmentBytes, Tail tail, long size) {
        this.disk = disk;
        this.folder = folder;
        this.origin = origin;
        this.segmentBytes = segmentBytes;
        this.channel = tail.channel;
        this.mark = tail.mark;
        this.length = tail.length;
        this.size = size;
    }

    /** The file that is written to. */
    private record Tail(FileChannel channel, long mark, long length) {}

    /** A journal that begins at entry 0. */
    static Journal create(Disk disk, Path folder, String origin, long segmentBytes)
            throws IOException {
        Tail tail = begin(disk, Segment.of(folder, 0), origin);
        Journal journal = new Journal(disk, folder, origin, segmentBytes, tail, 0);
        journal.firsts.add(0L);
        return journal;
    }

    /** A journal that goes on where it ended. */
    static Journal resume(
            Disk disk,
            Path folder,
            String origin,
            long segmentBytes,
            List<Long> firsts,
            long size,
            long length)
            throws IOException {
        Segment last = Segment.of(folder, firsts.getLast());
        FileChannel channel = disk.open(last.file());
        try {
            long mark = last.mark(disk, channel, origin);
            Tail tail = new Tail(channel, mark, length);
            Journal journal = new Journal(disk, folder, origin, segmentBytes, tail, size);
            journal.firsts.addAll(firsts);
            return journal;
        } catch (IOException | Damage e) {
            channel.close();
            throw new IOException("`%s` changed while it was opened".formatted(last.file()), e);
        }
    }

    /** How many entries are durable. */
    public long size() {
        return size;
    }

    /** Reads what is durable. */
    public JournalReader reader() {
        return new JournalReader(disk, folder, origin, firsts::first, firsts::contains);
    }

    /**
     * Appends entries as one frame and returns once they are durable.
     *
     * @param entries at most what a {@link Frame} can hold
     * @return the index of the first
     * @throws NothingWritten where the disk did not take them; the journal is as it was
     * @throws IOException where it cannot be said what is on the disk: nothing may be appended any
     *     more
     */
    public long append(List<byte[]> entries) throws NothingWritten, IOException {
        if (length >= segmentBytes) {
            rotate();
        }
        long first = size;
        int bytes = Frame.HEAD + Math.toIntExact(Frame.bytes(entries));
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocateDirect(bytes);
        }
        Frame.put(buffer.clear(), mark, first, entries);
        try {
            disk.writeAll(channel, buffer.flip(), length);
        } catch (IOException e) {
            takeBack(e);
            throw new NothingWritten(String.valueOf(e.getMessage()), e);
        }
        disk.force(channel, false);
        length += bytes;
        size = first + entries.size();
        return first;
    }

    /** Cuts off what was written of a frame. If even that fails, nobody knows what is there. */
    private void takeBack(IOException failure) throws IOException {
        try {
            disk.truncate(channel, length);
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw e;
        }
    }

    private void rotate() throws NothingWritten, IOException {
        Tail tail;
        try {
            tail = begin(disk, Segment.of(folder, size), origin);
        } catch (ForceFailed e) {
            throw e;
        } catch (IOException e) {
            throw new NothingWritten(String.valueOf(e.getMessage()), e);
        }
        FileChannel before = channel;
        channel = tail.channel;
        mark = tail.mark;
        length = tail.length;
        firsts.add(size);
        before.close();
    }

    /** Begins a file, which has its name only once its header is durable. */
    private static Tail begin(Disk disk, Segment segment, String origin) throws IOException {
        long mark = RANDOM.nextLong();
        Path unfinished =
                segment.file().resolveSibling(segment.file().getFileName() + Recovery.UNFINISHED);
        FileChannel channel = disk.create(unfinished);
        try {
            disk.writeAll(channel, Segment.header(origin, segment.first(), mark), 0);
            disk.force(channel, true);
            disk.rename(unfinished, segment.file());
            disk.forceFolder(segment.file().resolveSibling("."));
            return new Tail(channel, mark, Segment.HEADER);
        } catch (IOException e) {
            channel.close();
            disk.discard(unfinished, e);
            throw e;
        }
    }

    /**
     * Removes the files whose entries all lie below an index.
     *
     * @param index what lies below it is durable elsewhere
     */
    public void drop(long index) throws IOException {
        while (true) {
            long first = firsts.first();
            Long second = firsts.higher(first);
            if (second == null || second > index) {
                return;
            }
            // one at a time, oldest first: what is left has no gap whenever this ends
            disk.delete(Segment.of(folder, first).file());
            disk.forceFolder(folder);
            firsts.remove(first);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
