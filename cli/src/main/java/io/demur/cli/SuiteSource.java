package io.demur.cli;

import io.demur.core.Problem;
import io.demur.core.suite.Suite;
import io.demur.files.suite.ShippedSuite;
import io.demur.files.suite.SuiteFile;
import io.demur.remote.PinnedFile;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the suite that a command names: one that ships, a file, or a file at an address with its
 * sum.
 */
final class SuiteSource {

    /** How long a suite at an address may take to come. */
    private static final Duration FETCHED_WITHIN = Duration.ofMinutes(10);

    private final Surroundings surroundings;
    private final PrintWriter err;

    /**
     * @param err is told why there is no suite
     */
    SuiteSource(Surroundings surroundings, PrintWriter err) {
        this.surroundings = surroundings;
        this.err = err;
    }

    /**
     * Reads a suite.
     *
     * @param named as the user named it
     * @param format one of {@link SuiteFile#formats}, where it is not to be found out
     * @return nothing where it cannot be read, after saying why
     */
    Optional<Suite> read(String named, Optional<String> format) {
        Optional<ShippedSuite> shipped = ShippedSuite.named(named);
        if (shipped.isPresent()) {
            return Optional.of(shipped.get().read());
        }
        try {
            boolean isAddress = PinnedFile.isAddress(named);
            String shown = isAddress ? PinnedFile.shown(named) : named;
            Path file =
                    isAddress
                            ? PinnedFile.parse(named)
                                    .in(surroundings.cache().resolve("suites"), FETCHED_WITHIN)
                            : Path.of(named);
            if (!isAddress && !Files.exists(file)) {
                say(
                        "there is no file `%s`, and no suite of that name ships; %s does"
                                .formatted(named, shipped()));
            } else if (Files.isDirectory(file)) {
                say("`%s` is a folder; a suite is a file".formatted(shown));
            } else if (Files.size(file) > SuiteFile.BYTES_MAX) {
                say(
                        "`%s` has more than %,d bytes; that is no suite"
                                .formatted(shown, SuiteFile.BYTES_MAX));
            } else {
                List<Problem> problems = new ArrayList<>();
                Optional<Suite> read =
                        SuiteFile.read(shown, Files.readAllBytes(file), format, problems);
                ProblemPrinter.print(err, problems);
                return read;
            }
        } catch (InvalidPathException e) {
            say("`%s` is no name of a file".formatted(named));
        } catch (IOException e) {
            say(Guarded.words(e));
        }
        return Optional.empty();
    }

    private static String shipped() {
        return Stream.of(ShippedSuite.values())
                .map(suite -> "`" + suite.word() + "`")
                .collect(Collectors.joining(", "));
    }

    private void say(String message) {
        err.println("demur: " + Terminal.plain(message));
        err.flush();
    }
}
