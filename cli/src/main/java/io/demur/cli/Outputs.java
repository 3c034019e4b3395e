package io.demur.cli;

import io.demur.files.Input;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the user wants results: each a path, {@link Input#STDIN} for standard output, or nothing.
 *
 * @param rows {@code --out}
 * @param summary {@code --summary}
 * @param problems {@code --problems}
 */
record Outputs(Optional<String> rows, Optional<String> summary, Optional<String> problems) {

    static Outputs of(@Nullable String rows, @Nullable String summary, @Nullable String problems) {
        return new Outputs(
                Optional.ofNullable(rows),
                Optional.ofNullable(summary),
                Optional.ofNullable(problems));
    }

    /** Whether results of any kind go to standard output. */
    boolean takeStdout() {
        return byOption().containsValue(Input.STDIN);
    }

    /** What cannot be done: one place for two results, or for a result and an input. */
    Optional<String> conflict(List<Input> inputs) {
        Map<String, String> before = new LinkedHashMap<>();
        for (Map.Entry<String, String> output : byOption().entrySet()) {
            String name = output.getValue();
            if (!isPath(name)) {
                return Optional.of(
                        "`%s` (%s) is no name of a file".formatted(name, output.getKey()));
            }
            for (Map.Entry<String, String> other : before.entrySet()) {
                if (same(name, other.getValue())) {
                    return Optional.of(
                            "%s and %s both go to `%s`"
                                    .formatted(other.getKey(), output.getKey(), name));
                }
            }
            before.put(output.getKey(), name);
            if (!name.equals(Input.STDIN)
                    && inputs.stream().anyMatch(input -> same(name, input.name()))) {
                return Optional.of("`%s` is an input and an output".formatted(name));
            }
        }
        return Optional.empty();
    }

    private Map<String, String> byOption() {
        Map<String, String> names = new LinkedHashMap<>();
        rows.ifPresent(name -> names.put("--out", name));
        summary.ifPresent(name -> names.put("--summary", name));
        problems.ifPresent(name -> names.put("--problems", name));
        return names;
    }

    private static boolean isPath(String name) {
        try {
            return !Path.of(name).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean same(String one, String other) {
        if (one.equals(other)) {
            return true;
        }
        try {
            Path first = Path.of(one);
            Path second = Path.of(other);
            if (Files.exists(first) && Files.exists(second)) {
                return Files.isRegularFile(first) && Files.isSameFile(first, second);
            }
            return absolute(first).equals(absolute(second));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
