package io.demur.log.tile;

import java.io.IOException;
import java.util.Optional;

/** Where the files of a published log are read: a folder, a web server, or a map in a test. */
@FunctionalInterface
public interface TileSource {

    /**
     * Longer files than this are no tile, no bundle and no checkpoint: 256 × (2 + 65,535) bytes.
     */
    int BYTES_MAX = 256 * (2 + 65_535);

    /**
     * The bytes of one file, such as {@code checkpoint} or {@code tile/0/000}.
     *
     * @param name relative to the log's prefix, with slashes
     * @return nothing where there is no such file
     * @throws IOException where it cannot be read, or is longer than {@link #BYTES_MAX}
     */
    Optional<byte[]> read(String name) throws IOException;
}
