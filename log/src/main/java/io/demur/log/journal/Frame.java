package io.demur.log.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries that were made durable together.
 *
 * @param first the index of the first of them
 * @param entries in their order; not to be changed
 */
public record Frame(long first, List<byte[]> entries) {

    /** How many entries a frame holds at most. */
    public static final int ENTRIES_MAX = 4096;

    /**
     * How many bytes its entries take at most, each with the two bytes of its length: as much as 64
     * of the longest do.
     */
    public static final int BYTES_MAX = 64 * (2 + 65_535);

    /** What stands before the entries: mark, length, checksum, first index, count. */
    static final int HEAD = 8 + 4 + 4 + 8 + 4;

    /** The index after its last entry. */
    public long end() {
        return first + entries.size();
    }

    /** How many bytes of a frame some entries take. */
    public static long bytes(List<byte[]> entries) {
        long bytes = 0;
        for (byte[] entry : entries) {
            bytes += Short.BYTES + entry.length;
        }
        return bytes;
    }

    /** Writes a frame into a buffer that has room for it. */
    static void put(ByteBuffer out, long mark, long first, List<byte[]> entries) {
        int start = out.position();
        out.putLong(mark).putInt((int) bytes(entries)).putInt(0);
        out.putLong(first).putInt(entries.size());
        for (byte[] entry : entries) {
            out.putShort((short) entry.length).put(entry);
        }
        out.putInt(start + 12, sum(out.slice(start, out.position() - start)));
    }

    /** How long the frame is whose head stands in the buffer; nothing where it is no head. */
    static Optional<Integer> length(ByteBuffer head, long mark) {
        int payload = head.getInt(head.position() + 8);
        int count = head.getInt(head.position() + 24);
        boolean possible =
                head.getLong(head.position()) == mark
                        && count > 0
                        && count <= ENTRIES_MAX
                        && payload >= Short.BYTES * count
                        && payload <= BYTES_MAX;
        return possible ? Optional.of(HEAD + payload) : Optional.empty();
    }

    /** Reads the frame that a buffer holds; nothing where it is not what was written. */
    static Optional<Frame> parse(ByteBuffer frame) {
        if (frame.getInt(12) != sum(frame)) {
            return Optional.empty();
        }
        int count = frame.getInt(24);
        List<byte[]> entries = new ArrayList<>(count);
        ByteBuffer payload = frame.slice(HEAD, frame.limit() - HEAD);
        for (int i = 0; i < count; i++) {
            int length =
                    payload.remaining() < Short.BYTES
                            ? -1
                            : Short.toUnsignedInt(payload.getShort());
            if (length < 0 || length > payload.remaining()) {
                return Optional.empty();
            }
            byte[] entry = new byte[length];
            payload.get(entry);
            entries.add(entry);
        }
        return payload.hasRemaining()
                ? Optional.empty()
                : Optional.of(new Frame(frame.getLong(16), entries));
    }

    /** CRC-32C over all of a frame but the place of the sum itself. */
    private static int sum(ByteBuffer frame) {
        return Segment.crc(frame.slice(0, 12), frame.slice(16, frame.limit() - 16));
    }
}
