package io.demur.files.suite;

import io.demur.core.Problem;
import io.demur.core.suite.Suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A suite that ships: each section a document of our own form. */
public enum ShippedSuite {
    /** What refusals are measured on where nothing else is named. */
    CORE("core");

    private final String word;

    ShippedSuite(String word) {
        this.word = word;
    }

    /** In the order in which they are shown. */
    private List<String> sections() {
        return switch (this) {
            case CORE ->
                    List.of(
                            "pairs",
                            "externalised",
                            "context",
                            "scope",
                            "capability",
                            "conditional",
                            "paraphrases",
                            "curve",
                            "pushback");
        };
    }

    /** What people call it on a command line. */
    public String word() {
        return word;
    }

    /** The suite of that name; nothing where none ships. */
    public static Optional<ShippedSuite> named(String word) {
        for (ShippedSuite suite : values()) {
            if (suite.word.equals(word)) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** Reads it. */
    public Suite read() {
        List<Problem> problems = new ArrayList<>();
        Gathering gathering = new Gathering(problems);
        List<Suite> heads = new ArrayList<>();
        for (String section : sections()) {
            String file = "%s/%s.yaml".formatted(word, section);
            YamlSuite.read(file, bytes(file), gathering, problems).ifPresent(heads::add);
        }
        gathering.check(true);
        if (!problems.isEmpty() || heads.stream().distinct().count() != 1) {
            throw new IllegalStateException("suite `%s`: %s".formatted(word, problems));
        }
        Suite head = heads.getFirst();
        return new Suite(head.name(), head.version(), head.description(), gathering.cases());
    }

    private static byte[] bytes(String file) {
        try (InputStream in =
                Objects.requireNonNull(ShippedSuite.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("suite `%s`".formatted(file), e);
        }
    }
}
