package io.demur.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Labelled data that lies beside the repository and is never part of it. A test that needs it is
 * skipped, with a line that says so, where it is absent.
 */
public final class SharedData {

    private SharedData() {}

    /**
     * The path of a file or folder below {@code ../shared/data}; what is not there and is part of
     * the repository's own {@code data}, there.
     *
     * @param name relative, such as {@code xstest}
     */
    public static Path require(String name) {
        Path path = Repository.root().resolveSibling("shared").resolve("data").resolve(name);
        Path own = Repository.root().resolve("data").resolve(name);
        if (!name.isEmpty() && !Files.exists(path) && Files.exists(own)) {
            return own;
        }
        boolean there = Files.exists(path);
        if (!there) {
            System.out.println("SKIPPED: shared/data/" + name + " is not beside the repository");
        }
        assumeTrue(there, () -> "shared/data/" + name + " is not beside the repository");
        return path;
    }
}
