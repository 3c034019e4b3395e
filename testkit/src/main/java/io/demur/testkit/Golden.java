package io.demur.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares an output with the file that pins it. {@code -Dgolden.update=true} rewrites the files;
 * the diff is the review.
 */
public final class Golden {

    private Golden() {}

    /**
     * Fails where {@code actual} differs from the file.
     *
     * @param file relative to the repository's root
     */
    public static void check(String file, String actual) {
        Path path = Repository.root().resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(path, actual);
            }
            assertEquals(
                    Files.exists(path) ? Files.readString(path) : "",
                    actual,
                    () -> file + " differs; -Dgolden.update=true rewrites it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
