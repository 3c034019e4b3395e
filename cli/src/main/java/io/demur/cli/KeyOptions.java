package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Whose signatures are believed. */
final class KeyOptions {

    private static final String SUFFIX = ".vkey";

    @Option(
            names = "--key",
            paramLabel = "VKEY|FILE",
            description =
                    "A key of the log, `name+id+key`, or a file with one on each line; repeatable"
                            + " (default: every `*.vkey` file in the data folder's `keys/`).")
    private List<String> keys = new ArrayList<>();

    boolean areGiven() {
        return !keys.isEmpty();
    }

    /** The keys that were named, or else those of the installation. */
    List<VerifierKey> keys(Path folder) throws LogFailure {
        Set<VerifierKey> found = new LinkedHashSet<>();
        if (keys.isEmpty()) {
            for (Path file : files(folder)) {
                found.addAll(read(file));
            }
            if (found.isEmpty()) {
                throw new LogFailure(
                        ExitCode.USAGE,
                        "no key to check with: `%s` holds no `*%s` file; name the log's key with"
                                        .formatted(folder, SUFFIX)
                                + " --key");
            }
        }
        for (String given : keys) {
            found.addAll(
                    given.contains("+") && !isFile(given) ? List.of(parse(given)) : file(given));
        }
        return List.copyOf(found);
    }

    private static List<Path> files(Path folder) throws LogFailure {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new LogFailure(ExitCode.INPUT_UNREADABLE, Guarded.words(e));
        }
    }

    private static boolean isFile(String given) {
        try {
            return Files.isRegularFile(Path.of(given));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static VerifierKey parse(String given) throws LogFailure {
        try {
            return VerifierKey.parse(given);
        } catch (Malformed e) {
            throw new LogFailure(ExitCode.USAGE, "--key: " + e.getMessage());
        }
    }

    private static List<VerifierKey> file(String given) throws LogFailure {
        if (!isFile(given)) {
            throw new LogFailure(
                    ExitCode.USAGE,
                    "--key: `%s` is neither a key (`name+id+key`) nor a file".formatted(given));
        }
        return read(Path.of(given));
    }

    private static List<VerifierKey> read(Path file) throws LogFailure {
        List<VerifierKey> found = new ArrayList<>();
        int number = 0;
        for (String line : text(file).lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                found.add(VerifierKey.parse(line));
            } catch (Malformed e) {
                throw new LogFailure(
                        ExitCode.INPUT_UNREADABLE,
                        "`%s`: line %d: %s".formatted(file, number, e.getMessage()));
            }
        }
        return found;
    }

    private static String text(Path file) throws LogFailure {
        try {
            return Text.utf8(LogTool.read(file));
        } catch (Malformed e) {
            throw new LogFailure(
                    ExitCode.INPUT_UNREADABLE, "`%s`: %s".formatted(file, e.getMessage()));
        }
    }
}
