package io.demur.testkit.gateway;

import io.demur.testkit.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of entries, each behind a line that begins with {@code @}. */
final class Sheet {

    private Sheet() {}

    /**
     * One of them.
     *
     * @param head the words of its first line
     * @param lines the others
     */
    record Entry(List<String> head, List<String> lines) {
        Entry {
            head = List.copyOf(head);
            lines = List.copyOf(lines);
        }

        /** The line behind {@code > }: what was asked. */
        String request() {
            return lines.getFirst().substring(2);
        }

        /** What is behind that. */
        String reply() {
            return String.join("\n", lines.subList(1, lines.size()));
        }
    }

    static List<Entry> read(String... names) {
        List<Entry> entries = new ArrayList<>();
        for (String name : names) {
            Path file = Repository.root().resolve("data/gateway").resolve(name);
            List<String> head = List.of();
            List<String> lines = new ArrayList<>();
            try {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("@ ")) {
                        add(entries, head, lines);
                        head = List.of(line.substring(2).split(" ", -1));
                        lines = new ArrayList<>();
                    } else {
                        lines.add(line);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            add(entries, head, lines);
        }
        return List.copyOf(entries);
    }

    private static void add(List<Entry> entries, List<String> head, List<String> lines) {
        if (!head.isEmpty()) {
            entries.add(new Entry(head, lines));
        }
    }
}
