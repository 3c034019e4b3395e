package io.demur.core.memory;

import io.demur.core.harm.Hazard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What is remembered of one refusal: which attempt it was, and keyed hashes of what was asked, of
 * whose it was, and on which grounds. Never a word of it. Immutable.
 *
 * <p>{@link #bytes} is what a store keeps: version 1, all numbers with the highest byte first.
 *
 * @param keyId of the key that the hashes were made with
 * @param attempt id of the attempt that was refused
 * @param root id of the first of the refusals that this one comes back to; its own where it is the
 *     first
 * @param hazard why, if a judge had named one
 * @param principal hash of whom it was refused to
 * @param conversation hash of where; 0 where there was none
 * @param grounds hash of the {@link Asker}
 * @param at when, to the microsecond
 * @param upheld whether a person has found the refusal wrong
 * @param sketches of the readings of what was asked
 */
public record Trace(
        int keyId,
        String attempt,
        String root,
        Optional<Hazard> hazard,
        long principal,
        long conversation,
        long grounds,
        Instant at,
        boolean upheld,
        List<Sketch> sketches) {

    private static final byte VERSION = 1;
    private static final int SKETCHES_MAX = 16;

    /** What a trace takes beside its sketches, about. */
    private static final int OVERHEAD = 240;

    private static final int SKETCH_OVERHEAD = 64;

    public Trace {
        at = at.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(hazard);
        sketches = List.copyOf(sketches);
        if (attempt.isBlank() || root.isBlank()) {
            throw new IllegalArgumentException("a refusal has an attempt");
        }
    }

    Trace refreshed(Instant now) {
        return new Trace(
                keyId,
                attempt,
                root,
                hazard,
                principal,
                conversation,
                grounds,
                now,
                upheld,
                sketches);
    }

    Trace upholding() {
        return new Trace(
                keyId, attempt, root, hazard, principal, conversation, grounds, at, true, sketches);
    }

    /** Bytes of memory that it takes, about. */
    int weight() {
        int weight = OVERHEAD;
        for (Sketch sketch : sketches) {
            weight += SKETCH_OVERHEAD + sketch.bytes();
        }
        return weight;
    }

    /** What a store keeps. */
    public byte[] bytes() {
        byte[] id = attempt.getBytes(StandardCharsets.UTF_8);
        byte[] first = root.getBytes(StandardCharsets.UTF_8);
        byte[] why =
                hazard.map(h -> h.name().toLowerCase(Locale.ROOT))
                        .orElse("")
                        .getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(64 + id.length + first.length + why.length + sketchBytes());
        out.put(VERSION).putInt(keyId);
        for (byte[] name : List.of(id, first, why)) {
            out.putShort((short) name.length).put(name);
        }
        out.putLong(principal).putLong(conversation).putLong(grounds);
        out.putLong(ChronoUnit.MICROS.between(Instant.EPOCH, at)).put((byte) (upheld ? 1 : 0));
        out.put((byte) sketches.size());
        for (Sketch sketch : sketches) {
            out.putLong(sketch.whole()).putInt(sketch.distinct());
            out.putShort((short) sketch.size());
            for (int i = 0; i < sketch.size(); i++) {
                out.putInt(sketch.at(i));
            }
            out.putShort((short) sketch.words());
            for (int i = 0; i < sketch.words(); i++) {
                out.putInt(sketch.word(i));
            }
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private int sketchBytes() {
        int bytes = 0;
        for (Sketch sketch : sketches) {
            bytes += 16 + sketch.bytes();
        }
        return bytes;
    }

    /**
     * What {@link #bytes} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    public static Trace of(byte[] bytes) {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (java.nio.BufferUnderflowException e) {
            throw new IllegalArgumentException("a remembered refusal is cut off", e);
        }
    }

    private static Trace read(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "a remembered refusal has version `%d`, not %d".formatted(version, VERSION));
        }
        int keyId = in.getInt();
        String attempt = name(in);
        String root = name(in);
        String why = name(in);
        long principal = in.getLong();
        long conversation = in.getLong();
        long grounds = in.getLong();
        Instant at = Instant.EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
        boolean upheld = in.get() != 0;
        int count = in.get();
        if (count < 0 || count > SKETCHES_MAX) {
            throw new IllegalArgumentException(
                    "a remembered refusal has `%d` readings, not 0 to %d"
                            .formatted(count, SKETCHES_MAX));
        }
        List<Sketch> sketches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sketches.add(sketch(in));
        }
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("something stands after a remembered refusal");
        }
        Optional<Hazard> hazard =
                why.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Hazard.valueOf(why.toUpperCase(Locale.ROOT)));
        return new Trace(
                keyId,
                attempt,
                root,
                hazard,
                principal,
                conversation,
                grounds,
                at,
                upheld,
                sketches);
    }

    private static Sketch sketch(ByteBuffer in) {
        long whole = in.getLong();
        int distinct = in.getInt();
        int[] kept = hashes(in, Sketch.KEPT_MAX);
        int[] words = hashes(in, Sketch.WORDS_MAX);
        if (distinct < kept.length) {
            throw new IllegalArgumentException(
                    "a sketch keeps `%d` of `%d` runs".formatted(kept.length, distinct));
        }
        return new Sketch(whole, kept, distinct, words);
    }

    private static int[] hashes(ByteBuffer in, int max) {
        int count = in.getShort();
        if (count < 0 || count > max) {
            throw new IllegalArgumentException(
                    "a sketch keeps `%d` hashes, not 0 to %d".formatted(count, max));
        }
        int[] hashes = new int[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = in.getInt();
            if (i > 0 && Integer.compareUnsigned(hashes[i - 1], hashes[i]) >= 0) {
                throw new IllegalArgumentException("the hashes of a sketch do not ascend");
            }
        }
        return hashes;
    }

    private static String name(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new IllegalArgumentException("a remembered refusal is cut off");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
