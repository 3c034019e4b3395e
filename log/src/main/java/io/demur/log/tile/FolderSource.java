package io.demur.log.tile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;

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

    /**
     * Goes through all files below one folder, with flat memory.
     *
     * @param below relative to the log's prefix
     * @param file takes each file's name, with slashes, relative to the log's prefix
     * @param problem takes a sentence for each thing that is neither a file nor a folder, or that
     *     cannot be looked into
     * @throws IOException where the folder cannot be gone through
     */
    public void walk(String below, Consumer<String> file, Consumer<String> problem)
            throws IOException {
        Path start = folder.resolve(below);
        if (!Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(
                start,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes kind) {
                        if (kind.isRegularFile()) {
                            file.accept(name(path));
                        } else {
                            problem.accept("`%s` is no file".formatted(name(path)));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e) {
                        // a partial tile may have been removed meanwhile
                        if (!(e instanceof NoSuchFileException)) {
                            problem.accept("`%s` cannot be read".formatted(name(path)));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private String name(Path path) {
        StringJoiner name = new StringJoiner("/");
        folder.relativize(path).forEach(part -> name.add(part.toString()));
        return name.toString();
    }
}
