package io.demur.files;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A stretch of a stream that is held in memory, from the record being cut on. It grows only as far
 * as the record does, and keeps that size. For one thread.
 *
 * <p>All indexes are counted from the start of the window, so that they outlive {@link #fill}.
 */
final class ByteWindow {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int START_BYTES = 256 * 1024;

    private final InputStream in;
    private byte[] bytes = new byte[START_BYTES];
    private int from;
    private int to;
    private int skip;
    private boolean ended;

    ByteWindow(InputStream in) {
        this(in, 0);
    }

    /**
     * @param skip how many bytes to leave out at the beginning
     */
    ByteWindow(InputStream in, int skip) {
        this.in = in;
        this.skip = skip;
    }

    /** How many bytes are held. */
    int size() {
        return to - from;
    }

    byte at(int index) {
        return bytes[from + index];
    }

    /** Whether JSON counts the byte as white space. */
    boolean isSpace(int index) {
        byte b = at(index);
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Reads more; false at the end of the stream, where the window stays as it is. */
    boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (to == bytes.length) {
            if (from > bytes.length / 2) {
                System.arraycopy(bytes, from, bytes, 0, to - from);
            } else {
                byte[] larger = new byte[bytes.length * 2];
                System.arraycopy(bytes, from, larger, 0, to - from);
                bytes = larger;
            }
            to -= from;
            from = 0;
        }
        int count = in.read(bytes, to, bytes.length - to);
        if (count < 0) {
            ended = true;
            return false;
        }
        to += count;
        int skipped = Math.min(skip, to - from);
        skip -= skipped;
        drop(skipped);
        return true;
    }

    /** Lets go of the first bytes. */
    void drop(int count) {
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
    }

    byte[] copy(int start, int end) {
        return Arrays.copyOfRange(bytes, from + start, from + end);
    }

    /** The first index from {@code start} on at which a line ends, or -1. */
    int lineEnd(int start) {
        return lineEnd(start, size());
    }

    /** The same before {@code limit}. */
    private int lineEnd(int start, int limit) {
        byte[] in = bytes;
        int end = from + limit;
        int i = from + start;
        // Eight bytes at a time: a newline is the byte that XOR turns to zero.
        while (i + Long.BYTES <= end) {
            long x = (long) LONG.get(in, i) ^ (LOW_BITS * '\n');
            long zeros = (x - LOW_BITS) & ~x & HIGH_BITS;
            if (zeros != 0) {
                return i - from + (Long.numberOfTrailingZeros(zeros) >>> 3);
            }
            i += Long.BYTES;
        }
        for (; i < end; i++) {
            if (in[i] == '\n') {
                return i - from;
            }
        }
        return -1;
    }

    /** The first index from {@code start} on at which a string may end or break, or the size. */
    int stringEnd(int start) {
        int i = from + start;
        while (i < to && bytes[i] != '"' && bytes[i] != '\\' && bytes[i] != '\n') {
            i++;
        }
        return i - from;
    }

    /** How many lines end in the first bytes. */
    long linesIn(int count) {
        long lines = 0;
        for (int i = lineEnd(0, count); i >= 0; i = lineEnd(i + 1, count)) {
            lines++;
        }
        return lines;
    }
}
