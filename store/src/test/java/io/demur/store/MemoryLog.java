package io.demur.store;

import io.demur.log.LogReader;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.tile.EntryBundle;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TileSource;
import io.demur.record.entry.Entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A published log in memory. Of partial tiles it has the widest only. */
final class MemoryLog implements TileSource {

    private final List<byte[]> bytes = new ArrayList<>();
    private final Map<String, Entry> entries = new HashMap<>();

    void add(Entry entry) {
        String text = bytes.size() + " " + entry;
        entries.put(text, entry);
        bytes.add(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A log of these. */
    static MemoryLog of(List<Entry> entries) {
        MemoryLog log = new MemoryLog();
        List.copyOf(entries).forEach(log::add);
        return log;
    }

    long size() {
        return bytes.size();
    }

    LogReader reader() {
        return new LogReader(this);
    }

    Entry decode(byte[] entry) throws Malformed {
        return Optional.ofNullable(entries.get(new String(entry, StandardCharsets.UTF_8)))
                .orElseThrow(() -> new Malformed("not an entry"));
    }

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try {
            TilePath path = TilePath.parse(name);
            long there = path.level() == TilePath.ENTRIES ? size() : size() >>> (8 * path.level());
            int width = (int) Math.min(TilePath.FULL, there - path.index() * TilePath.FULL);
            if (width != path.width()) {
                return Optional.empty();
            }
            int first = Math.toIntExact(path.index() * TilePath.FULL);
            if (path.level() == TilePath.ENTRIES) {
                return Optional.of(EntryBundle.bytes(bytes.subList(first, first + width)));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = first; i < first + width; i++) {
                out.writeBytes(hash(8 * path.level(), i).bytes());
            }
            return Optional.of(out.toByteArray());
        } catch (Malformed e) {
            throw new IOException(e);
        }
    }

    private Hash hash(int level, int index) {
        return level == 0
                ? Merkle.leaf(bytes.get(index))
                : Merkle.node(hash(level - 1, 2 * index), hash(level - 1, 2 * index + 1));
    }
}
