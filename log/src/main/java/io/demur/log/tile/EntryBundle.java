package io.demur.log.tile;

import io.demur.log.note.Malformed;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Up to 256 entries in one file: each after its length in two bytes, big-endian. */
public final class EntryBundle {

    /** The longest entry that the format can hold. */
    public static final int ENTRY_BYTES_MAX = 65_535;

    private EntryBundle() {}

    /**
     * The bytes of a bundle.
     *
     * @throws IllegalArgumentException for an entry that is too long
     */
    public static byte[] bytes(List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            if (entry.length > ENTRY_BYTES_MAX) {
                throw new IllegalArgumentException("an entry of %d bytes".formatted(entry.length));
            }
            out.write(entry.length >>> 8);
            out.write(entry.length);
            out.write(entry, 0, entry.length);
        }
        return out.toByteArray();
    }

    /**
     * Reads a bundle of {@code width} entries.
     *
     * @throws Malformed where it holds more, fewer, or bytes that belong to none
     */
    public static List<byte[]> parse(byte[] bundle, int width) throws Malformed {
        List<byte[]> entries = new ArrayList<>(width);
        int at = 0;
        while (at < bundle.length) {
            if (entries.size() == width) {
                throw new Malformed("more than %d entries".formatted(width));
            }
            if (bundle.length - at < 2) {
                throw new Malformed("a length is cut off at byte %d".formatted(at));
            }
            int length = (bundle[at] & 0xFF) << 8 | (bundle[at + 1] & 0xFF);
            at += 2;
            if (bundle.length - at < length) {
                throw new Malformed("an entry is cut off at byte %d".formatted(at));
            }
            entries.add(Arrays.copyOfRange(bundle, at, at + length));
            at += length;
        }
        if (entries.size() != width) {
            throw new Malformed("%d entries instead of %d".formatted(entries.size(), width));
        }
        return entries;
    }
}
