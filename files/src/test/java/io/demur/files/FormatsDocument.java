package io.demur.files;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** The document that describes the formats, as the tests read it. */
final class FormatsDocument {

    private FormatsDocument() {}

    static String text() {
        return read("docs/reference/formats.md");
    }

    /** The first block of code under a format's heading. */
    static String example(String format) {
        String heading = "\n### " + format + "\n";
        int at = text().indexOf(heading);
        if (at < 0) {
            throw new AssertionError("docs/reference/formats.md has no heading `" + format + "`");
        }
        String section = text().substring(at + heading.length());
        int open = section.indexOf("```");
        int from = section.indexOf('\n', open) + 1;
        int to = section.indexOf("```", from);
        return section.substring(from, to);
    }

    static String read(String name) {
        try {
            return Files.readString(Repository.root().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
