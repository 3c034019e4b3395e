package io.demur.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;
import io.demur.log.tile.FolderSource;
import io.demur.log.tile.TilePath;
import io.demur.log.tile.TiledTree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the tests of the writer share: keys, settings, and a reading of a log from its bundles. */
final class Naive {

    static final String ORIGIN = "example.com/log";

    private Naive() {}

    static SigningKey key() {
        return key(ORIGIN);
    }

    static SigningKey key(String origin) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(origin, pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log that publishes when it is asked to, and at no other time. */
    static LogSettings settings(Path folder, SigningKey key, Anchor... anchors) {
        return new LogSettings(folder, key, List.of(anchors), Duration.ofHours(1), broken -> {});
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The entries {@code from} to {@code to}, each naming itself. */
    static List<byte[]> entries(int from, int to) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            entries.add(bytes("entry " + i));
        }
        return entries;
    }

    /** The root over leaves, as RFC 6962 defines it. */
    static Hash root(List<Hash> leaves) {
        if (leaves.size() <= 1) {
            return leaves.isEmpty() ? Merkle.EMPTY : leaves.getFirst();
        }
        int middle = Integer.highestOneBit(leaves.size() - 1);
        return Merkle.node(
                root(leaves.subList(0, middle)), root(leaves.subList(middle, leaves.size())));
    }

    /** The checkpoint in a folder, with a valid signature. */
    static Checkpoint checkpoint(Path folder, VerifierKey key) {
        try {
            return new LogReader(new FolderSource(folder)).checkpoint(List.of(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }

    /** All entries of what is published, after each tile and the root were held against them. */
    static List<byte[]> check(Path folder, TreeHead head) {
        FolderSource source = new FolderSource(folder);
        List<byte[]> entries = new ArrayList<>();
        try {
            new LogReader(source).entries(0, head.size(), head.size(), (i, e) -> entries.add(e));
            List<Hash> hashes = entries.stream().map(Merkle::leaf).toList();
            assertEquals(root(hashes), head.root());
            for (int level = 0; !hashes.isEmpty(); level++) {
                List<Hash> above = new ArrayList<>();
                for (int from = 0; from < hashes.size(); from += TilePath.FULL) {
                    int to = Math.min(from + TilePath.FULL, hashes.size());
                    TilePath path = new TilePath(level, from / TilePath.FULL, to - from);
                    byte[] tile = new byte[(to - from) * Hash.BYTES];
                    for (int i = from; i < to; i++) {
                        hashes.get(i).copyTo(tile, (i - from) * Hash.BYTES);
                    }
                    assertArrayEquals(tile, TiledTree.read(source, path), path::toString);
                    if (path.isFull()) {
                        above.add(root(hashes.subList(from, to)));
                    }
                }
                hashes = above;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
        return entries;
    }

    static void assertSame(List<byte[]> expected, List<byte[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            int index = i;
            assertArrayEquals(expected.get(i), actual.get(i), () -> "entry " + index);
        }
    }
}
