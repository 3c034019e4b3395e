package io.demur.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream whose lines end in carriage returns alone, as spreadsheets for the Mac still write them,
 * with newlines in their place. So the cutters need to know but one end of a line, and no offset
 * changes.
 */
final class LoneReturns extends FilterInputStream {

    LoneReturns(InputStream in) {
        super(in);
    }

    /**
     * Whether a file that begins like this has carriage returns between its lines, and no other.
     */
    static boolean endLinesIn(byte[] head) {
        boolean returned = false;
        boolean between = false;
        for (byte b : head) {
            if (b == '\n' || b == 0) {
                return false;
            }
            between |= returned && b != '\r';
            returned |= b == '\r';
        }
        return between;
    }

    /** The same bytes with newlines. */
    static byte[] replacedIn(byte[] head) {
        byte[] bytes = head.clone();
        replace(bytes, 0, bytes.length);
        return bytes;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        return b == '\r' ? '\n' : b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = super.read(into, offset, length);
        replace(into, offset, offset + count);
        return count;
    }

    private static void replace(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\r') {
                bytes[i] = '\n';
            }
        }
    }
}
