package io.demur.files;

import java.io.IOException;
import java.io.InputStream;

/** Counts what has been read, for a progress bar on another thread. */
final class CountingStream extends InputStream {

    private final InputStream in;
    private volatile long count;

    CountingStream(InputStream in) {
        this.in = in;
    }

    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            add(1);
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        if (read > 0) {
            add(read);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Only the reading thread writes. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void add(int read) {
        count += read;
    }
}
