package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.note.SigningKey;
import io.demur.log.tile.TileSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A whole log as a map of files, made in the simplest way from a list of entries. */
public final class NaiveLog implements TileSource {

    private final Map<String, byte[]> files = new TreeMap<>();

    /** A log of these entries, with the files that a log of that size has. */
    public static NaiveLog of(List<byte[]> entries, SigningKey key) {
        NaiveLog log = tiles(entries);
        log.files.put("checkpoint", Checkpoint.sign(head(entries, key), key).bytes());
        return log;
    }

    /** The same without a checkpoint. */
    static NaiveLog tiles(List<byte[]> entries) {
        NaiveLog log = new NaiveLog();
        NaiveTree tree = new NaiveTree(entries);
        long span = 1;
        for (int level = 0; entries.size() / span > 0; level++, span *= 256) {
            long hashes = entries.size() / span;
            for (long tile = 0; tile * 256 < hashes; tile++) {
                int width = (int) Math.min(256, hashes - tile * 256);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                for (long i = tile * 256; i < tile * 256 + width; i++) {
                    bytes.writeBytes(tree.mth((int) (i * span), (int) ((i + 1) * span)));
                }
                log.files.put(name(Integer.toString(level), tile, width), bytes.toByteArray());
                if (level == 0) {
                    log.files.put(name("entries", tile, width), bundle(entries, tile, width));
                }
            }
        }
        return log;
    }

    public static TreeHead head(List<byte[]> entries, SigningKey key) {
        byte[] root = new NaiveTree(entries).mth(0, entries.size());
        return new TreeHead(key.verifier().name(), entries.size(), Hash.of(root));
    }

    /** {@code count} entries that look a little like ours. */
    public static List<byte[]> entries(int count) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add("{\"n\":%d}".formatted(i).getBytes(StandardCharsets.UTF_8));
        }
        return entries;
    }

    private static byte[] bundle(List<byte[]> entries, long tile, int width) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] entry : entries.subList((int) tile * 256, (int) tile * 256 + width)) {
            bytes.write(entry.length / 256);
            bytes.write(entry.length % 256);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    // enough for the sizes of tests
    private static String name(String level, long tile, int width) {
        String index =
                tile < 1000
                        ? "%03d".formatted(tile)
                        : "x%03d/%03d".formatted(tile / 1000, tile % 1000);
        return "tile/" + level + "/" + index + (width < 256 ? ".p/" + width : "");
    }

    /** All files by name; to be changed by whoever likes to. */
    public Map<String, byte[]> files() {
        return files;
    }

    @Override
    public Optional<byte[]> read(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** Writes all files into a folder. */
    public void writeTo(Path folder) {
        files.forEach(
                (name, bytes) -> {
                    try {
                        Path file = folder.resolve(name);
                        Files.createDirectories(file.resolveSibling("."));
                        Files.write(file, bytes);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
