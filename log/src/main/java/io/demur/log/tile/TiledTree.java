package io.demur.log.tile;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.merkle.Subtrees;
import io.demur.log.note.Malformed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tree of a published log at one size, read from its tiles as they are asked for. What is read
 * is believed: who does not trust the files compares the root with a checkpoint. Not safe for use
 * by several threads; tiles are kept, the last 64 of them.
 */
public final class TiledTree implements Subtrees {

    private static final int KEPT = 64;

    private final TileSource source;
    private final long size;
    private final Map<TilePath, byte[]> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    /** The tree of the first {@code size} entries. */
    public TiledTree(TileSource source, long size) {
        this.source = source;
        this.size = size;
    }

    public long size() {
        return size;
    }

    /** The root over the first {@code size} entries. */
    public Hash root() {
        return Merkle.root(size, this);
    }

    /**
     * The root of one complete subtree.
     *
     * @throws UncheckedIOException where a tile is missing, cannot be read, or is of another width
     *     than its name says
     */
    @Override
    public Hash hash(int level, long index) {
        int within = level % 8;
        long first = index << within;
        long tile = first / TilePath.FULL;
        int offset = (int) (first % TilePath.FULL);
        byte[] hashes = tile(level / 8, tile);
        if (hashes.length < (offset + (1 << within)) * Hash.BYTES) {
            throw new IllegalArgumentException(
                    "no complete subtree %d at level %d of %d".formatted(index, level, size));
        }
        return subtree(hashes, offset, 1 << within);
    }

    /** The hashes of a tile as it stands at this size. */
    private byte[] tile(int level, long index) {
        long there = (level > 7 ? 0 : size >>> (8 * level)) - index * TilePath.FULL;
        if (there <= 0) {
            throw new IllegalArgumentException(
                    "no tile %d at level %d of %d".formatted(index, level, size));
        }
        TilePath path = new TilePath(level, index, (int) Math.min(TilePath.FULL, there));
        byte[] found = kept.get(path);
        if (found == null) {
            try {
                found = read(source, path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (Malformed e) {
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
            kept.put(path, found);
            if (kept.size() > KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
        return found;
    }

    /**
     * The hashes of a tile. Where a partial tile is no longer there, those of the full one that has
     * taken its place.
     *
     * @throws IOException where neither can be read
     * @throws Malformed where it is of another width than its name says
     */
    public static byte[] read(TileSource source, TilePath path) throws IOException, Malformed {
        Optional<byte[]> found = source.read(path.toString());
        TilePath taken = path;
        if (found.isEmpty() && !path.isFull()) {
            taken = TilePath.full(path.level(), path.index());
            found = source.read(taken.toString());
        }
        byte[] hashes = found.orElseThrow(() -> new IOException("`%s` is missing".formatted(path)));
        if (hashes.length != taken.width() * Hash.BYTES) {
            throw new Malformed(
                    "`%s` has %d bytes instead of %d"
                            .formatted(taken, hashes.length, taken.width() * Hash.BYTES));
        }
        return hashes;
    }

    /**
     * The entries of a bundle, the first {@code path.width()} of them.
     *
     * @throws IOException where neither the bundle nor the full one in its place can be read
     * @throws Malformed where it holds more or fewer entries than its name says
     */
    public static List<byte[]> entries(TileSource source, TilePath path)
            throws IOException, Malformed {
        Optional<byte[]> found = source.read(path.toString());
        TilePath taken = path;
        if (found.isEmpty() && !path.isFull()) {
            taken = TilePath.full(path.level(), path.index());
            found = source.read(taken.toString());
        }
        byte[] bundle = found.orElseThrow(() -> new IOException("`%s` is missing".formatted(path)));
        try {
            return EntryBundle.parse(bundle, taken.width()).subList(0, path.width());
        } catch (Malformed e) {
            throw new Malformed("`%s`: %s".formatted(taken, e.getMessage()));
        }
    }

    /**
     * The root over some hashes of a tile.
     *
     * @param offset the first of them: a multiple of {@code count}
     * @param count a power of two, up to 256
     */
    public static Hash subtree(byte[] hashes, int offset, int count) {
        if (count == 1) {
            return Hash.at(hashes, offset * Hash.BYTES);
        }
        int half = count / 2;
        return Merkle.node(subtree(hashes, offset, half), subtree(hashes, offset + half, half));
    }
}
