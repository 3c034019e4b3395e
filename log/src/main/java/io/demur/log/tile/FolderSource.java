package io.demur.log.tile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of a log in a folder. Each is opened anew, so that a reader never disturbs a writer.
 */
public record FolderSource(Path folder) implements TileSource {

    @Override
    public Optional<byte[]> read(String name) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            byte[] bytes = in.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new IOException("`%s` is too long for a log's file".formatted(name));
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
