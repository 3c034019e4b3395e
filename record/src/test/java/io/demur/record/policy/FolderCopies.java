package io.demur.record.policy;

import io.demur.testkit.Gen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Copies of a folder of statements, as people keep them and put them back. */
final class FolderCopies {

    private final Path where;
    private final Path folder;
    private final List<Path> all = new ArrayList<>();

    FolderCopies(Path where, Path folder) {
        this.where = where;
        this.folder = folder;
    }

    List<Path> all() {
        return all;
    }

    void copy() throws IOException {
        Path copy = where.resolve("copy" + all.size());
        Files.createDirectories(copy);
        copy(folder, copy);
        all.add(copy);
    }

    void restore(Path copy) throws IOException {
        for (Path file : files(folder)) {
            Files.delete(file);
        }
        copy(copy, folder);
    }

    /** Changes, cuts off or doubles some bytes of some file. */
    void damage(Gen gen) throws IOException {
        Path file = gen.oneOf(files(folder));
        Files.write(file, gen.damaged(Files.readAllBytes(file)));
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
        }
    }

    static List<Path> files(Path of) throws IOException {
        try (Stream<Path> files = Files.list(of)) {
            return files.sorted().toList();
        }
    }
}
