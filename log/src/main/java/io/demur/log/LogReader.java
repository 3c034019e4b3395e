package io.demur.log;

import io.demur.log.merkle.Consistency;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Inclusion;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;
import io.demur.log.tile.TiledTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/**
 * Reads a published log. Every thread has its own; what it says of a size goes on being true,
 * because a log only grows. Nothing is checked but widths: {@link Fsck} does.
 */
public final class LogReader {

    private final TileSource source;

    public LogReader(TileSource source) {
        this.source = source;
    }

    public TileSource source() {
        return source;
    }

    /**
     * The checkpoint as it is now.
     *
     * @param keys the log's keys
     * @throws Malformed where none of them signed it
     * @throws IOException where there is none, or it cannot be read
     */
    public Checkpoint checkpoint(Collection<VerifierKey> keys) throws IOException, Malformed {
        return Checkpoint.open(
                source.read("checkpoint")
                        .orElseThrow(() -> new IOException("`checkpoint` is missing")),
                keys);
    }

    /** What is done with each entry. */
    @FunctionalInterface
    public interface Visitor {

        /**
         * Takes the next entry.
         *
         * @throws Malformed where the visitor cannot read it; reading ends there
         */
        void entry(long index, byte[] entry) throws Malformed;
    }

    /**
     * Goes through the entries from {@code from} (included) to {@code to} (excluded), in order and
     * with flat memory.
     *
     * @param size of the tree that they are read from: at least {@code to}
     * @throws IOException where a bundle cannot be read
     * @throws Malformed where one is not a bundle of the width that it should have
     */
    public void entries(long from, long to, long size, Visitor visitor)
            throws IOException, Malformed {
        if (from < 0 || to > size) {
            throw new IllegalArgumentException("%d to %d of %d".formatted(from, to, size));
        }
        long next = from;
        while (next < to) {
            long bundle = next / TilePath.FULL;
            long first = bundle * TilePath.FULL;
            int width = (int) Math.min(TilePath.FULL, size - first);
            List<byte[]> entries =
                    TiledTree.entries(source, new TilePath(TilePath.ENTRIES, bundle, width));
            long end = Math.min(to, first + width);
            for (; next < end; next++) {
                visitor.entry(next, entries.get((int) (next - first)));
            }
        }
    }

    /**
     * The proof that the entry is in the tree of that size.
     *
     * @param size that is published now: {@link #inclusion(long, long, long)} takes an earlier one
     * @throws IOException where a tile cannot be read
     */
    public List<Hash> inclusion(long index, long size) throws IOException {
        return inclusion(index, size, size);
    }

    /**
     * The proof that the entry is in the tree of an earlier size, whose own partial tiles need no
     * longer be there.
     *
     * @param published the size whose tiles are read: at least {@code size}
     * @throws IOException where a tile cannot be read
     */
    public List<Hash> inclusion(long index, long size, long published) throws IOException {
        try {
            return Inclusion.path(index, size, tree(size, published));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The proof that the log has only grown between two sizes.
     *
     * @param size that is published now
     * @throws IOException where a tile cannot be read
     */
    public List<Hash> consistency(long oldSize, long size) throws IOException {
        try {
            return Consistency.path(oldSize, size, new TiledTree(source, size));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * The root at the size that is published now.
     *
     * @throws IOException where a tile cannot be read
     */
    public Hash root(long size) throws IOException {
        return root(size, size);
    }

    /**
     * The root of the first {@code size} entries.
     *
     * @param published the size whose tiles are read: at least {@code size}
     * @throws IOException where a tile cannot be read
     */
    public Hash root(long size, long published) throws IOException {
        try {
            return Merkle.root(size, tree(size, published));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private TiledTree tree(long size, long published) {
        if (published < size) {
            throw new IllegalArgumentException("%d of %d".formatted(size, published));
        }
        return new TiledTree(source, published);
    }
}
