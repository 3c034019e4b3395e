package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.files.policy.PolicyFile;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads policies for commands, and says what is wrong with them. */
final class PolicyDocuments {

    private PolicyDocuments() {}

    /** The policy in a file; nothing where there is none, after saying why. */
    static Optional<Charter> read(Path file, PrintWriter err) {
        List<Problem> problems = new ArrayList<>();
        Optional<Charter> found = Optional.empty();
        try {
            found = PolicyFile.read(file.toString(), Files.readAllBytes(file), problems);
        } catch (NoSuchFileException e) {
            err.println("demur: `%s`: there is no such file".formatted(Terminal.plain(file + "")));
        } catch (IOException e) {
            err.println(
                    "demur: `%s` cannot be read: %s"
                            .formatted(Terminal.plain(file + ""), e.getMessage()));
        }
        problems.forEach(problem -> err.println("demur: " + Terminal.plain(problem.toString())));
        err.flush();
        return found;
    }
}
