package io.demur.files;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952) of any number of members.
 *
 * <p>The JDK's own stream ends without a word at a member whose header is damaged, and after the
 * first member where the stream below cannot say how much is available; both would lose rows in
 * silence. Zero bytes at the end are padding, as gzip itself takes them.
 */
final class Gunzip extends InputStream {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int at;
    private int limit;
    private boolean inMember;
    private boolean first = true;
    private boolean ended;

    Gunzip(InputStream in) {
        this.in = in;
    }

    /** Whether a file that begins with these bytes is gzip. */
    static boolean recognises(byte[] start, int length) {
        return length >= 3 && start[0] == 0x1F && (start[1] & 0xFF) == 0x8B && start[2] == 8;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!ended && length > 0) {
            if (!inMember && !beginMember()) {
                ended = true;
                break;
            }
            int count = inflate(bytes, offset, length);
            if (count > 0) {
                crc.update(bytes, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return ended ? -1 : 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = inflater.inflate(bytes, offset, length);
            if (count == 0 && inflater.needsInput()) {
                if (at == limit && !fill()) {
                    throw new EOFException("the gzip data is cut off");
                }
                inflater.setInput(buffer, at, limit - at);
                at = limit;
            } else if (count == 0 && inflater.needsDictionary()) {
                throw new IOException("the gzip data is damaged: it asks for a dictionary");
            }
            return count;
        } catch (DataFormatException e) {
            throw new IOException("the gzip data is damaged: " + e.getMessage(), e);
        }
    }

    /** Reads the header of a member; false at the end of the stream. */
    private boolean beginMember() throws IOException {
        int magic = next();
        while (!first && magic == 0) {
            magic = next();
        }
        if (magic < 0) {
            return false;
        }
        if (magic != 0x1F || needed() != 0x8B || needed() != 8) {
            throw new IOException("after the gzip data something else follows");
        }
        int flags = needed();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(needed() | needed() << 8);
        }
        skipText(flags & NAME);
        skipText(flags & COMMENT);
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        first = false;
        inMember = true;
        inflater.reset();
        crc.reset();
        return true;
    }

    private void endMember() throws IOException {
        at = limit - inflater.getRemaining();
        long sum = little4();
        long size = little4();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xFFFFFFFFL)) {
            throw new IOException("the gzip data is damaged: its checksum is another");
        }
        inMember = false;
    }

    private long little4() throws IOException {
        return needed() | (long) needed() << 8 | (long) needed() << 16 | (long) needed() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            needed();
        }
    }

    private void skipText(int present) throws IOException {
        if (present != 0) {
            while (needed() != 0) {
                // up to the zero that ends it
            }
        }
    }

    private int needed() throws IOException {
        int b = next();
        if (b < 0) {
            throw new EOFException("the gzip data is cut off");
        }
        return b;
    }

    private int next() throws IOException {
        return at == limit && !fill() ? -1 : buffer[at++] & 0xFF;
    }

    private boolean fill() throws IOException {
        int count = 0;
        while (count == 0) {
            count = in.read(buffer, 0, buffer.length);
        }
        at = 0;
        limit = Math.max(count, 0);
        return count > 0;
    }
}
