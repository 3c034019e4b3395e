package io.demur.cli;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repository's own files, for tests that read them. */
final class Sources {

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Sources() {}

    /** All Java files of all modules. */
    static List<Path> java() {
        return below(".java", modules().stream().map(m -> Repository.root().resolve(m + "/src")));
    }

    /** All modules, as the build knows them: one that is added is looked at too. */
    private static List<String> modules() {
        return MODULE.matcher(read(Repository.root().resolve("pom.xml")))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    /** All documents. */
    static List<Path> documents() {
        Path root = Repository.root();
        return Stream.concat(
                        below(".md", Stream.of(root.resolve("docs"))).stream(),
                        Stream.of("README.md", "ARCHITECTURE.md", "CHANGELOG.md")
                                .map(root::resolve)
                                .filter(Files::exists))
                .toList();
    }

    private static List<Path> below(String ending, Stream<Path> folders) {
        return folders.filter(Files::exists)
                .flatMap(Sources::walk)
                .filter(p -> p.toString().endsWith(ending))
                .sorted()
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the repository names a file. */
    static String name(Path file) {
        return Repository.root().relativize(file).toString();
    }
}
