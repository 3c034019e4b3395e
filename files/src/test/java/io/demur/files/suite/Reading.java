package io.demur.files.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.core.Problem;
import io.demur.core.suite.Suite;
import io.demur.testkit.Repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads suites of the tests. */
final class Reading {

    static final Path RESOURCES = Repository.root().resolve("files/src/test/resources/suite");

    private Reading() {}

    /** A suite with nothing wrong with it. */
    static Suite whole(String file) {
        List<Problem> problems = new ArrayList<>();
        Optional<Suite> read = SuiteFile.read(file, bytes(file), Optional.empty(), problems);
        assertEquals(List.of(), problems);
        return read.orElseThrow();
    }

    /** What is wrong with a text, one line for each problem. */
    static String problems(String file, String text, Optional<String> format) {
        List<Problem> problems = new ArrayList<>();
        Optional<Suite> read =
                SuiteFile.read(file, text.getBytes(StandardCharsets.UTF_8), format, problems);
        assertEquals(read.isEmpty(), !problems.isEmpty());
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "", "\n"));
    }

    static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(RESOURCES.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
