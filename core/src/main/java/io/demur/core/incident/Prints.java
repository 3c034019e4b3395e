package io.demur.core.incident;

import io.demur.core.memory.Disguises;
import io.demur.core.memory.MemoryKey;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is kept of the text of a request, so that it can be compared: keyed hashes of its readings,
 * and a point for what it means, where one was made. Never a word of it. Immutable.
 *
 * <p>{@link #bytes} is what a store keeps: version 1, all numbers with the highest byte first.
 */
public final class Prints {

    private static final byte VERSION = 1;
    private static final int READINGS_MAX = 64;
    private static final int PLACES_MAX = 1024;

    private final int keyId;

    /** Of each reading, the keyed hash of all its letters. */
    private final long[] wholes;

    /** Of length one, in 127ths; empty where none was made. */
    private final byte[] point;

    private Prints(int keyId, long[] wholes, byte[] point) {
        this.keyId = keyId;
        this.wholes = wholes;
        this.point = point;
    }

    /** Those of a text, without a point. */
    public static Prints of(MemoryKey key, String text) {
        long[] wholes =
                Disguises.readings(text).stream()
                        .limit(READINGS_MAX)
                        .mapToLong(reading -> key.hash("reading", reading))
                        .toArray();
        return new Prints(key.id(), wholes, new byte[0]);
    }

    /** The same, and what the text means. */
    public Prints withPoint(float[] meaning) {
        if (meaning.length > PLACES_MAX) {
            throw new IllegalArgumentException(
                    "a point has `%d` places, not 0 to %d".formatted(meaning.length, PLACES_MAX));
        }
        byte[] places = new byte[meaning.length];
        for (int i = 0; i < places.length; i++) {
            places[i] = (byte) Math.round(Math.clamp(meaning[i], -1, 1) * Byte.MAX_VALUE);
        }
        return new Prints(keyId, wholes, places);
    }

    /** Of the key that they were made with; those of another key are not compared. */
    public int keyId() {
        return keyId;
    }

    /** Whether a point was made. */
    public boolean hasPoint() {
        return point.length > 0;
    }

    /** Bytes of memory that they take, about. */
    int weight() {
        return 64 + 8 * wholes.length + point.length;
    }

    long[] wholes() {
        return wholes;
    }

    /** What a store keeps. */
    public byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(16 + 8 * wholes.length + point.length);
        out.put(VERSION).putInt(keyId).put((byte) wholes.length);
        for (long whole : wholes) {
            out.putLong(whole);
        }
        out.putShort((short) point.length).put(point);
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * What {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static Prints of(byte[] bytes) {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("prints of a request are cut off", e);
        }
    }

    private static Prints read(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "prints of a request have version `%d`, not %d".formatted(version, VERSION));
        }
        int keyId = in.getInt();
        int count = in.get();
        if (count < 0 || count > READINGS_MAX) {
            throw new IllegalArgumentException(
                    "prints of a request have `%d` readings, not 0 to %d"
                            .formatted(count, READINGS_MAX));
        }
        long[] wholes = new long[count];
        for (int i = 0; i < count; i++) {
            wholes[i] = in.getLong();
        }
        int places = in.getShort();
        if (places < 0 || places > PLACES_MAX) {
            throw new IllegalArgumentException(
                    "a point has `%d` places, not 0 to %d".formatted(places, PLACES_MAX));
        }
        byte[] point = new byte[places];
        in.get(point);
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something stands after the prints of a request");
        }
        return new Prints(keyId, wholes, point);
    }
}
