package io.demur.core.incident;

import io.demur.core.harm.linear.Folding;
import io.demur.core.memory.Disguises;
import io.demur.core.memory.MemoryKey;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is kept of the text of a request, so that it can be compared: keyed hashes of its readings,
 * and a point for what it means, where one was made. Never a word of it. Immutable.
 *
 * <p>{@link #bytes} is what a store keeps: version 1, all numbers with the highest byte first.
 */
public final class Prints {

    private static final byte VERSION = 1;
    private static final int PLAIN_MAX = 4;
    private static final int TURNED_MAX = 12;
    private static final int HELD_MAX = 2;

    /**
     * What is decoded is what a text asks where it has at least so many letters for each of the
     * text. Base64 makes one letter of 0.6, hexadecimal digits of 0.4: so most of the text is
     * encoded, and a header of a token within it is not taken for the request.
     */
    private static final double DECODED_MIN = 0.3;

    private static final int PLACES_MAX = 512;

    private final int keyId;

    /** The text as it stands, and what is hidden in it; the first is always there. */
    private final List<Print> plain;

    /** Readings in which the letters were turned or reversed. */
    private final List<Print> turned;

    /** Whether the words are those of another language than English, by a word list. */
    private final boolean foreign;

    /** In 127ths of its largest place, the last apart; empty where none was made. */
    private final byte[] point;

    private Prints(
            int keyId, List<Print> plain, List<Print> turned, boolean foreign, byte[] point) {
        this.keyId = keyId;
        this.plain = List.copyOf(plain);
        this.turned = List.copyOf(turned);
        this.foreign = foreign;
        this.point = point;
    }

    /** Those of a text, without a point. */
    public static Prints of(MemoryKey key, String text) {
        Set<String> readings = new LinkedHashSet<>(Disguises.plain(text));
        String folded = Folding.fold(text);
        List<Print> plain = new ArrayList<>();
        List<Print> turned = new ArrayList<>();
        for (String reading : readings) {
            if (plain.size() < PLAIN_MAX) {
                // accents tell languages apart, so the words are those of the text as it stands
                plain.add(Print.of(key, reading, reading.equals(folded) ? text : reading));
            }
        }
        for (String reading : readings) {
            for (String one : Disguises.turnings(reading)) {
                if (turned.size() < TURNED_MAX) {
                    turned.add(Print.turned(key, one));
                }
            }
        }
        boolean foreign = Glossary.shipped().translates(text);
        return new Prints(key.id(), plain, turned, foreign, new byte[0]);
    }

    /** The same, and what the text means. */
    public Prints withPoint(float[] meaning) {
        if (meaning.length > PLACES_MAX) {
            throw new IllegalArgumentException(
                    "a point has `%d` places, not 0 to %d".formatted(meaning.length, PLACES_MAX));
        }
        byte[] places = new byte[meaning.length];
        int half = meaning.length / 2;
        scale(meaning, 0, half, places);
        scale(meaning, half, meaning.length - 1, places);
        if (places.length > 0) {
            float odds = Math.clamp(meaning[places.length - 1] / Signs.ODDS_MAX, -1, 1);
            places[places.length - 1] = (byte) Math.round(odds * Byte.MAX_VALUE);
        }
        return new Prints(keyId, plain, turned, foreign, places);
    }

    private static void scale(float[] meaning, int from, int to, byte[] into) {
        float most = 1e-9f;
        for (int i = from; i < to; i++) {
            most = Math.max(most, Math.abs(meaning[i]));
        }
        for (int i = from; i < to; i++) {
            into[i] = (byte) Math.round(meaning[i] / most * Byte.MAX_VALUE);
        }
    }

    /** Of the key that they were made with; those of another key are not compared. */
    public int keyId() {
        return keyId;
    }

    /** Whether a point was made. */
    public boolean hasPoint() {
        return point.length > 0;
    }

    /** The part that is held in memory of what was refused. */
    Prints held() {
        double least = DECODED_MIN * plain.getFirst().letters();
        List<Print> held =
                plain.stream()
                        .filter(print -> print.letters() >= least)
                        .limit(HELD_MAX)
                        .map(Print::held)
                        .toList();
        return new Prints(keyId, held, List.of(), foreign, point);
    }

    /** The words of the text as it stands, and where it lies: enough to see what it adds to. */
    public Prints asPart() {
        return new Prints(keyId, List.of(plain.getFirst().wordsAlone()), List.of(), foreign, point);
    }

    List<Print> plain() {
        return plain;
    }

    List<Print> turned() {
        return turned;
    }

    boolean foreign() {
        return foreign;
    }

    byte[] point() {
        return point;
    }

    /** Bytes of memory that they take, about. */
    int weight() {
        int weight = 80 + point.length;
        for (Print print : plain) {
            weight += print.weight();
        }
        for (Print print : turned) {
            weight += print.weight();
        }
        return weight;
    }

    /** What a store keeps. */
    public byte[] bytes() {
        int room = 16 + point.length;
        for (Print print : plain) {
            room += print.bytes();
        }
        for (Print print : turned) {
            room += print.bytes();
        }
        ByteBuffer out = ByteBuffer.allocate(room);
        out.put(VERSION).putInt(keyId).put((byte) (foreign ? 1 : 0));
        out.put((byte) plain.size()).put((byte) turned.size());
        plain.forEach(print -> print.write(out));
        turned.forEach(print -> print.write(out));
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
        byte foreign = in.get();
        if (foreign < 0 || foreign > 1) {
            throw new IllegalArgumentException("prints of a request are damaged");
        }
        int plain = in.get();
        int turned = in.get();
        if (plain < 1 || plain > PLAIN_MAX || turned < 0 || turned > TURNED_MAX) {
            throw new IllegalArgumentException(
                    "prints of a request have `%d` and `%d` readings, not 1 to %d and 0 to %d"
                            .formatted(plain, turned, PLAIN_MAX, TURNED_MAX));
        }
        List<Print> asItStands = prints(in, plain);
        List<Print> asItMayBe = prints(in, turned);
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
        return new Prints(keyId, asItStands, asItMayBe, foreign == 1, point);
    }

    private static List<Print> prints(ByteBuffer in, int count) {
        List<Print> prints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prints.add(Print.read(in));
        }
        return prints;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prints prints
                && keyId == prints.keyId
                && foreign == prints.foreign
                && plain.equals(prints.plain)
                && turned.equals(prints.turned)
                && Arrays.equals(point, prints.point);
    }

    @Override
    public int hashCode() {
        return plain.hashCode();
    }
}
