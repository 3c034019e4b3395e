package io.demur.core.drill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The lines of a list that ships, each cut at its tabs. */
final class Lines {

    private Lines() {}

    static List<List<String>> of(String resource, int columns) {
        try (InputStream in = Lines.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(
                        "`%s` is not on the class path".formatted(resource));
            }
            List<List<String>> lines =
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(line -> List.of(line.split("\t", -1)))
                            .toList();
            for (List<String> line : lines) {
                if (line.size() != columns) {
                    throw new IllegalStateException(
                            "`%s`: `%s` has `%d` columns, not `%d`"
                                    .formatted(resource, line.getFirst(), line.size(), columns));
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
