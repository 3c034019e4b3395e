package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.merkle.Subtrees;
import io.demur.log.note.Malformed;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;
import io.demur.log.tile.TiledTree;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tiles of a growing tree that are not full yet, one for each level: all that is needed to add
 * a leaf and to know the root.
 */
final class RightEdge implements Subtrees {

    /** Takes each tile once it is full. */
    @FunctionalInterface
    interface Full {

        /** The array is the caller's to keep. */
        void tile(int level, long index, byte[] hashes);
    }

    private final List<byte[]> levels = new ArrayList<>();
    private long size;

    /**
     * The edge of a published tree, from its full tiles alone but for one: where the size is no
     * multiple of 256, from the last tile of level 0 as well, full or of that width.
     *
     * @throws IOException where a tile cannot be read
     * @throws Malformed where one is of another width
     */
    static RightEdge load(TileSource source, long size) throws IOException, Malformed {
        RightEdge edge = new RightEdge();
        for (int level = 0; size >>> (8 * level) > 0; level++) {
            long hashes = size >>> (8 * level);
            int width = (int) hashes & 0xFF;
            byte[] tile = edge.level(level);
            for (int i = 0; i < width; i++) {
                if (level == 0) {
                    TilePath path = new TilePath(0, hashes >>> 8, width);
                    System.arraycopy(TiledTree.read(source, path), 0, tile, 0, width * Hash.BYTES);
                    break;
                }
                TilePath below = TilePath.full(level - 1, (hashes & ~0xFFL) + i);
                byte[] full = TiledTree.read(source, below);
                subtree(full, 0, TilePath.FULL).copyTo(tile, i * Hash.BYTES);
            }
        }
        edge.size = size;
        return edge;
    }

    long size() {
        return size;
    }

    Hash root() {
        return Merkle.root(size, this);
    }

    /** Adds a leaf. */
    void add(Hash leaf, Full full) {
        Hash hash = leaf;
        long index = size;
        for (int level = 0; ; level++) {
            byte[] tile = level(level);
            int offset = (int) index & 0xFF;
            hash.copyTo(tile, offset * Hash.BYTES);
            if (offset < TilePath.FULL - 1) {
                break;
            }
            full.tile(level, index >>> 8, tile.clone());
            hash = subtree(tile, 0, TilePath.FULL);
            index >>>= 8;
        }
        size++;
    }

    /** How many levels have a tile that is not full. */
    int height() {
        return levels.size();
    }

    /** How many hashes the last tile of a level holds: 0 to 255. */
    int width(int level) {
        return (int) (size >>> (8 * level)) & 0xFF;
    }

    /** The hashes of the last tile of a level. */
    byte[] tile(int level) {
        return Arrays.copyOf(levels.get(level), width(level) * Hash.BYTES);
    }

    @Override
    public Hash hash(int level, long index) {
        int within = level % 8;
        int offset = (int) (index << within) & 0xFF;
        return subtree(levels.get(level / 8), offset, 1 << within);
    }

    private byte[] level(int level) {
        while (levels.size() <= level) {
            levels.add(new byte[TilePath.FULL * Hash.BYTES]);
        }
        return levels.get(level);
    }

    private static Hash subtree(byte[] hashes, int offset, int count) {
        if (count == 1) {
            return Hash.at(hashes, offset * Hash.BYTES);
        }
        int half = count / 2;
        return Merkle.node(subtree(hashes, offset, half), subtree(hashes, offset + half, half));
    }
}
