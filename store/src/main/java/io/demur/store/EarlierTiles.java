package io.demur.store;

import io.demur.log.merkle.Hash;
import io.demur.log.note.Malformed;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tiles of a log as they were when it was shorter. A log need not keep a partial tile once a
 * wider one has taken its place; what the narrow one held is the beginning of the wide one.
 *
 * @param now the tiles as they are
 * @param size of the log now
 */
record EarlierTiles(TileSource now, long size) implements TileSource {

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        Optional<byte[]> found = now.read(name);
        if (found.isPresent() || !name.contains(".p/")) {
            return found;
        }
        TilePath path;
        try {
            path = TilePath.parse(name);
        } catch (Malformed e) {
            return found;
        }
        if (path.level() == TilePath.ENTRIES) {
            return found;
        }
        long there = (size >>> (8 * path.level())) - path.index() * TilePath.FULL;
        int width = (int) Math.min(TilePath.FULL, there);
        if (width <= path.width()) {
            return found;
        }
        return now.read(new TilePath(path.level(), path.index(), width).toString())
                .filter(bytes -> bytes.length == width * Hash.BYTES)
                .map(bytes -> Arrays.copyOf(bytes, path.width() * Hash.BYTES));
    }
}
