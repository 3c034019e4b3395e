package io.demur.core.memory;

/** SipHash-2-4 (Aumasson and Bernstein): a short keyed hash of short inputs. */
final class Sip {

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    private Sip(long k0, long k1) {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
    }

    /** The hash of UTF-16 units, each of them two bytes with the lower one first. */
    static long hash(long k0, long k1, char[] text, int from, int to) {
        Sip sip = new Sip(k0, k1);
        int at = from;
        for (; at + 4 <= to; at += 4) {
            sip.take(
                    text[at]
                            | ((long) text[at + 1] << 16)
                            | ((long) text[at + 2] << 32)
                            | ((long) text[at + 3] << 48));
        }
        long last = (((long) to - from) * 2) << 56;
        for (int shift = 0; at < to; at++, shift += 16) {
            last |= (long) text[at] << shift;
        }
        return sip.end(last);
    }

    /** The hash of bytes. */
    static long hash(long k0, long k1, byte[] bytes) {
        Sip sip = new Sip(k0, k1);
        int whole = bytes.length / 8 * 8;
        for (int at = 0; at < whole; at += 8) {
            sip.take(word(bytes, at));
        }
        long last = (long) bytes.length << 56;
        for (int at = whole; at < bytes.length; at++) {
            last |= (bytes[at] & 0xFFL) << (8 * (at - whole));
        }
        return sip.end(last);
    }

    /** Eight bytes, the lowest first. */
    static long word(byte[] bytes, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = (word << 8) | (bytes[at + i] & 0xFFL);
        }
        return word;
    }

    private void take(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long end(long last) {
        take(last);
        v2 ^= 0xFF;
        round();
        round();
        round();
        round();
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
