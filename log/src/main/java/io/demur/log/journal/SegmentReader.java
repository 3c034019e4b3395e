package io.demur.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Reads the frames of one segment, one after the other, with a file handle of its own. */
final class SegmentReader implements AutoCloseable {

    private final Disk disk;
    private final Segment segment;
    private final FileChannel channel;
    private final long mark;
    private long at = Segment.HEADER;
    private byte[] window = new byte[1 << 18];
    private long windowAt;
    private int windowLength;

    private SegmentReader(Disk disk, Segment segment, FileChannel channel, long mark) {
        this.disk = disk;
        this.segment = segment;
        this.channel = channel;
        this.mark = mark;
    }

    /**
     * Opens a segment and reads its header.
     *
     * @throws Damage where that is not what it should be
     */
    static SegmentReader open(Disk disk, Segment segment, String origin)
            throws IOException, Damage {
        FileChannel channel = disk.reading(segment.file());
        try {
            long mark = segment.mark(disk, channel, origin);
            return new SegmentReader(disk, segment, channel, mark);
        } catch (IOException | Damage e) {
            channel.close();
            throw e;
        }
    }

    Segment segment() {
        return segment;
    }

    long mark() {
        return mark;
    }

    /** Where the next frame begins. */
    long position() {
        return at;
    }

    long size() throws IOException {
        return channel.size();
    }

    /** The frame that begins here; nothing, and the same position, where there is no whole one. */
    Optional<Frame> next() throws IOException {
        Optional<Frame> found = frame();
        found.ifPresent(frame -> at += Frame.HEAD + Frame.bytes(frame.entries()));
        return found;
    }

    private Optional<Frame> frame() throws IOException {
        if (!has(Frame.HEAD)) {
            return Optional.empty();
        }
        Optional<Integer> length = Frame.length(at(Frame.HEAD), mark);
        if (length.isEmpty() || !has(length.get())) {
            return Optional.empty();
        }
        return Frame.parse(at(length.get()));
    }

    /**
     * Whether a whole frame begins anywhere after the position. Frames begin with a mark that was
     * drawn for this file, so that no entry can pass for one.
     */
    boolean anyFrameLater() throws IOException {
        long here = at;
        try {
            for (at = here + 1; has(Long.BYTES); at++) {
                if (at(Long.BYTES).getLong() == mark && frame().isPresent()) {
                    return true;
                }
            }
            return false;
        } finally {
            at = here;
        }
    }

    /** Forgets what was read ahead: it may have been written only in part. */
    void forget() {
        windowLength = 0;
    }

    private ByteBuffer at(int length) {
        return ByteBuffer.wrap(window, (int) (at - windowAt), length).slice();
    }

    /** Whether so many bytes are there; if so, they are in the window. */
    private boolean has(int length) throws IOException {
        if (at >= windowAt && at + length <= windowAt + windowLength) {
            return true;
        }
        if (window.length < length) {
            window = new byte[length];
        }
        windowAt = at;
        windowLength = 0;
        while (windowLength < length) {
            ByteBuffer rest = ByteBuffer.wrap(window, windowLength, window.length - windowLength);
            int read = disk.read(channel, rest, at + windowLength);
            if (read < 0) {
                return false;
            }
            windowLength += read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
