package io.demur.cli;

import io.demur.record.keys.PersonKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who signs: by the file of a key, or by the name under which it was made. */
final class SignerOptions {

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who signs: the name that `demur policy key` made the key for.")
    private @Nullable String name;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The key that signs (default: the one in $XDG_CONFIG_HOME/demur or"
                            + " ~/.config/demur, where there is only one).")
    private @Nullable Path file;

    /** Whether a file is named. */
    boolean isFile() {
        return file != null;
    }

    /** Whether nobody is named, and nobody has a key there. */
    boolean isOpen(Path folder) throws IOException {
        return file == null && name == null && keys(folder).isEmpty();
    }

    /** The name that was given, or another. */
    String name(String otherwise) {
        return name == null ? otherwise : name;
    }

    /**
     * The key that signs.
     *
     * @throws IOException where there is none, or several and none was named
     */
    PersonKey key(Surroundings surroundings) throws IOException {
        return PersonKey.read(path(surroundings.signingKeys()));
    }

    /** Where a key of the given name lies, or would. */
    Path path(Path folder) throws IOException {
        if (file != null) {
            return file;
        }
        if (name != null) {
            return in(folder, name);
        }
        List<Path> found = keys(folder);
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new IOException(
                    "there is no signing key in `%s`; `demur policy key NAME` makes one, --key FILE"
                            .formatted(folder)
                            .concat(" names one that lies elsewhere"));
        }
        throw new IOException(
                "there are several signing keys in `%s` (%s); say who signs with --as NAME"
                        .formatted(
                                folder,
                                found.stream()
                                        .map(SignerOptions::owner)
                                        .collect(Collectors.joining(", "))));
    }

    static Path in(Path folder, String name) {
        return folder.resolve(name + ".key");
    }

    private static String owner(Path file) {
        String name = String.valueOf(file.getFileName());
        return "`%s`".formatted(name.substring(0, name.length() - ".key".length()));
    }

    private static List<Path> keys(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
                files.forEach(found::add);
            }
        }
        found.sort(Path::compareTo);
        return found;
    }
}
