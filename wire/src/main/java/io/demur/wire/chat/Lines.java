package io.demur.wire.chat;

import java.util.Arrays;

/**
 * Cuts bytes into lines, however they arrive. A line ends in LF, in CR LF, or in CR alone; a byte
 * order mark before the first is passed over. Each byte is looked at once. For one thread.
 */
final class Lines {

    /** Takes a line without its end. The bytes are the taker's until it returns. */
    @FunctionalInterface
    interface Taker {
        void line(byte[] bytes, int from, int to);
    }

    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int KEPT = 8 << 10;

    private final int bytesMax;
    private byte[] open = new byte[256];
    private int length;
    private boolean afterReturn;
    private boolean first = true;

    /** Lines of up to {@code bytesMax} bytes. */
    Lines(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Whether none of the lines was too long; if one was, there is nothing more to be read. */
    boolean read(byte[] bytes, int from, int to, Taker taker) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                afterReturn = false;
                continue;
            }
            if (b == '\n' && afterReturn) {
                afterReturn = false;
                start = i + 1;
                continue;
            }
            afterReturn = b == '\r';
            if (!finish(bytes, start, i, taker)) {
                return false;
            }
            start = i + 1;
        }
        return keep(bytes, start, to);
    }

    /** Gives what is left as a line, if anything is. */
    void end(Taker taker) {
        if (length > 0) {
            finish(open, 0, 0, taker);
        }
    }

    private boolean finish(byte[] bytes, int from, int to, Taker taker) {
        if (length == 0 && to - from <= bytesMax) {
            give(bytes, from, to, taker);
            return true;
        }
        if (!keep(bytes, from, to)) {
            return false;
        }
        int end = length;
        length = 0;
        give(open, 0, end, taker);
        if (open.length > KEPT) {
            open = new byte[256];
        }
        return true;
    }

    private void give(byte[] bytes, int from, int to, Taker taker) {
        int start = from;
        if (first) {
            first = false;
            boolean marked =
                    to - from >= MARK.length
                            && Arrays.equals(bytes, from, from + MARK.length, MARK, 0, MARK.length);
            start += marked ? MARK.length : 0;
        }
        taker.line(bytes, start, to);
    }

    private boolean keep(byte[] bytes, int from, int to) {
        int more = to - from;
        if (more > bytesMax - length) {
            return false;
        }
        if (length + more > open.length) {
            open = Arrays.copyOf(open, Math.max(length + more, Math.min(bytesMax, 2 * length)));
        }
        System.arraycopy(bytes, from, open, length, more);
        length += more;
        return true;
    }
}
