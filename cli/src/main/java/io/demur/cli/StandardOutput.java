package io.demur.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;

/** Standard output that remembers why it could not be written. Written by one thread at a time. */
final class StandardOutput extends OutputStream {

    private final OutputStream to;
    private volatile @Nullable IOException failure;

    StandardOutput(OutputStream to) {
        this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            to.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public void flush() throws IOException {
        to.flush();
    }

    /** Whether its reader has gone, as {@code head} does once it has seen enough. */
    boolean isUnread() {
        IOException why = failure;
        return why != null && isUnread(why);
    }

    /** Whether that is what a failure says. */
    static boolean isUnread(IOException why) {
        // the JDK has no type for it, only the system's words
        return String.valueOf(why.getMessage()).contains("Broken pipe");
    }
}
