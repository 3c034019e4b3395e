package io.demur.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository's root is, whichever module's tests run, from Maven or from an editor. */
public final class Repository {

    private Repository() {}

    /** The folder that holds the launcher and the root POM. */
    public static Path root() {
        String given = System.getProperty("demur.root", "");
        Path start = given.isEmpty() ? Path.of("").toAbsolutePath() : Path.of(given);
        for (Path dir = start; dir != null; dir = dir.getParent()) {
            if (Files.exists(dir.resolve("ARCHITECTURE.md")) || Files.exists(dir.resolve(".mvn"))) {
                return dir;
            }
        }
        throw new IllegalStateException("no repository root above `%s`".formatted(start));
    }
}
