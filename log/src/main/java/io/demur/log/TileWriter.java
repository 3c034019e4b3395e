package io.demur.log;

import io.demur.log.journal.Disk;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.FolderSource;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TiledTree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Turns entries into tiles and bundles. Adding an entry touches no file, so that nothing is half
 * done when the disk is full: {@link #write} puts the files in place, and can be tried again.
 */
final class TileWriter {

    /**
     * A full tile or bundle that was put in place.
     *
     * @param size of the log with which it became full
     */
    private record Placed(TilePath path, long size) {}

    private final Disk disk;
    private final Path folder;
    private final Path temporary;
    private final RightEdge edge;
    private long durable;
    private final List<byte[]> bundle = new ArrayList<>();
    private final Map<TilePath, byte[]> pending = new LinkedHashMap<>();
    private final Queue<Placed> unforced = new ArrayDeque<>();
    private final Queue<TilePath> superseded = new ArrayDeque<>();
    private long partialSize = -1;
    private boolean mended;

    private TileWriter(Disk disk, Path folder, RightEdge edge, long durable) {
        this.disk = disk;
        this.folder = folder;
        this.temporary = folder.resolve("journal").resolve("tile.new");
        this.edge = edge;
        this.durable = durable;
    }

    /**
     * Goes on behind what full tiles hold.
     *
     * @param size how many entries are in them; the tiles of all their 256 are there
     * @throws IOException where one cannot be read
     * @throws Malformed where one is not what it should be
     */
    static TileWriter behind(Disk disk, Path folder, long size) throws IOException, Malformed {
        FolderSource source = new FolderSource(folder);
        long whole = size & ~0xFFL;
        long durable = (size + 0xFF) & ~0xFFL;
        TileWriter writer = new TileWriter(disk, folder, RightEdge.load(source, whole), durable);
        if (whole < size) {
            TilePath path = TilePath.full(TilePath.ENTRIES, whole >>> 8);
            TiledTree.entries(source, path).subList(0, (int) (size - whole)).forEach(writer::add);
        }
        return writer;
    }

    long size() {
        return edge.size();
    }

    Hash root() {
        return edge.root();
    }

    void add(byte[] entry) {
        bundle.add(entry);
        if (bundle.size() == TilePath.FULL) {
            full(TilePath.full(TilePath.ENTRIES, edge.size() >>> 8), EntryBundle.bytes(bundle));
            bundle.clear();
        }
        edge.add(
                Merkle.leaf(entry),
                (level, index, hashes) -> full(TilePath.full(level, index), hashes));
    }

    /**
     * Notes a full tile or bundle. One that was durable when the log was opened is never put in
     * place again: the journal that it could be made from may be gone, and what replaced it would
     * not be durable at first.
     */
    private void full(TilePath path, byte[] bytes) {
        if (edge.size() >= durable) {
            pending.put(path, bytes);
        }
    }

    /** Puts the full tiles and bundles in place. */
    void write() throws IOException {
        while (!pending.isEmpty()) {
            Map.Entry<TilePath, byte[]> next = pending.entrySet().iterator().next();
            put(next.getKey(), next.getValue());
            unforced.add(new Placed(next.getKey(), end(next.getKey())));
            superseded.add(next.getKey());
            pending.remove(next.getKey());
        }
    }

    /** Puts those in place that are not full, for a checkpoint of this size. */
    void writePartial() throws IOException {
        if (partialSize == edge.size()) {
            return;
        }
        if (!bundle.isEmpty()) {
            long index = edge.size() >>> 8;
            put(new TilePath(TilePath.ENTRIES, index, bundle.size()), EntryBundle.bytes(bundle));
        }
        for (int level = 0; level < edge.height(); level++) {
            long hashes = edge.size() >>> (8 * level);
            boolean same = partialSize >= 0 && hashes == partialSize >>> (8 * level);
            if (edge.width(level) > 0 && !same) {
                put(new TilePath(level, hashes >>> 8, edge.width(level)), edge.tile(level));
            }
        }
        partialSize = edge.size();
    }

    /**
     * Puts those anew, once, that are not full and stand for an earlier size than this, and that a
     * loss of power has left short or full of rubbish: they are never made durable. To be called
     * when all that was ever written is published.
     */
    void mend() throws IOException {
        if (mended) {
            return;
        }
        long index = edge.size() >>> 8;
        if (!bundle.isEmpty()) {
            for (TilePath path : earlier(new TilePath(TilePath.ENTRIES, index, bundle.size()))) {
                mend(path, EntryBundle.bytes(bundle.subList(0, path.width())));
            }
        }
        for (int level = 0; level < edge.height(); level++) {
            if (edge.width(level) > 0) {
                long tile = edge.size() >>> (8 * (level + 1));
                for (TilePath path : earlier(new TilePath(level, tile, edge.width(level)))) {
                    mend(path, Arrays.copyOf(edge.tile(level), path.width() * Hash.BYTES));
                }
            }
        }
        mended = true;
    }

    /** What lies there of one tile that is not full, but for the one that is given. */
    private List<TilePath> earlier(TilePath now) throws IOException {
        List<TilePath> found = new ArrayList<>();
        for (Path file : disk.list(folder.resolve(now.toString()).resolveSibling("."), "")) {
            String name = String.valueOf(file.getFileName());
            if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < now.width()) {
                found.add(new TilePath(now.level(), now.index(), Integer.parseInt(name)));
            }
        }
        return found;
    }

    private void mend(TilePath path, byte[] bytes) throws IOException {
        Optional<byte[]> there = disk.bytes(folder.resolve(path.toString()));
        if (there.isEmpty() || !Arrays.equals(there.get(), bytes)) {
            put(path, bytes);
        }
    }

    private void put(TilePath path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path.toString());
        disk.createFolders(file.resolveSibling(".").normalize());
        disk.replace(temporary, file, bytes, false);
    }

    /** The size of the log with which a tile becomes full. */
    private static long end(TilePath path) {
        int level = Math.max(path.level(), 0);
        return (path.index() + 1) << (8 * (level + 1));
    }

    /** How many full tiles and bundles are in place and not durable. */
    int unforced() {
        return unforced.size();
    }

    /**
     * Makes full tiles and bundles durable, the oldest first.
     *
     * @param most of them at once, and a few more where they became full with the same entry
     * @return up to where all are durable: a multiple of 256
     */
    long force(int most) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        List<Placed> forced = new ArrayList<>();
        long end = durable;
        for (Placed each : unforced) {
            if (forced.size() >= most && each.size() != end) {
                break;
            }
            Path file = folder.resolve(each.path().toString());
            try (FileChannel channel = disk.reading(file)) {
                disk.force(channel, true);
            }
            forced.add(each);
            end = each.size();
            for (Path above = file.getParent();
                    above != null && above.startsWith(folder);
                    above = above.getParent()) {
                folders.add(above);
            }
        }
        for (Path each : folders) {
            disk.forceFolder(each);
        }
        forced.forEach(each -> unforced.remove());
        durable = end;
        return end;
    }

    /** Removes the partial tiles and bundles in whose place a full one is published. */
    void tidy() throws IOException {
        for (TilePath path = superseded.peek(); path != null; path = superseded.peek()) {
            Path file = folder.resolve(path.toString());
            Path partial = file.resolveSibling(file.getFileName() + ".p");
            for (Path each : disk.list(partial, "")) {
                disk.delete(each);
            }
            disk.delete(partial);
            superseded.remove();
        }
    }
}
