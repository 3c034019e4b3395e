package io.demur.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** A stream whose beginning can be looked at. What fails early fails only where it is reached. */
final class PeekStream extends InputStream {

    private final InputStream in;
    private final ByteArrayInputStream head;
    private final byte[] bytes;
    private final Optional<IOException> broken;
    private final boolean whole;

    /** Reads up to {@code count} bytes ahead; waits for them. */
    PeekStream(InputStream in, int count) {
        this.in = in;
        byte[] buffer = new byte[count];
        int length = 0;
        Optional<IOException> failure = Optional.empty();
        int read = 0;
        try {
            while (read >= 0 && length < count) {
                read = in.read(buffer, length, count - length);
                length += Math.max(read, 0);
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        this.bytes = Arrays.copyOf(buffer, length);
        this.head = new ByteArrayInputStream(bytes);
        this.broken = failure;
        this.whole = read < 0;
    }

    /** What was read ahead; never modified. */
    byte[] head() {
        return bytes;
    }

    /** Whether that is all. */
    boolean whole() {
        return whole;
    }

    /** Whether reading ahead failed; {@link #read} will, after what was read. */
    Optional<IOException> broken() {
        return broken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = head.read(into, offset, length);
        if (count >= 0) {
            return count;
        }
        if (broken.isPresent()) {
            throw broken.get();
        }
        return whole ? -1 : in.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
