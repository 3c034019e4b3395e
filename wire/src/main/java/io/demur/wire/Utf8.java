package io.demur.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks bytes before anything decodes them, so that no decoder repairs them in silence. */
public final class Utf8 {

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LOW_BITS = 0x0101010101010101L;

    private Utf8() {}

    /**
     * Where the first byte is that is NUL or no part of well-formed UTF-8 (RFC 3629: no surrogates,
     * no overlong forms).
     *
     * @return an index from {@code from} to {@code to - 1}, or -1 where all is well
     */
    public static int firstBad(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            while (i + Long.BYTES <= to && plain((long) LONG.get(bytes, i))) {
                i += Long.BYTES;
            }
            if (i >= to) {
                return -1;
            }
            int length = lengthAt(bytes, i, to);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** How many characters (code points) begin between the two indexes. */
    public static int characters(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /** Eight bytes of which none is NUL and none above 0x7F. */
    private static boolean plain(long eight) {
        return (((eight - LOW_BITS) | eight) & HIGH_BITS) == 0;
    }

    /** How many bytes the character at {@code i} has; 0 where it is none, or NUL. */
    private static int lengthAt(byte[] bytes, int i, int to) {
        int first = bytes[i] & 0xFF;
        if (first < 0x80) {
            return first == 0 ? 0 : 1;
        }
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || i + length > to) {
            return 0;
        }
        for (int k = 1; k < length; k++) {
            if ((bytes[i + k] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = bytes[i + 1] & 0xFF;
        boolean wrong =
                (first == 0xE0 && second < 0xA0)
                        || (first == 0xED && second >= 0xA0)
                        || (first == 0xF0 && second < 0x90)
                        || (first == 0xF4 && second >= 0x90);
        return wrong ? 0 : length;
    }
}
