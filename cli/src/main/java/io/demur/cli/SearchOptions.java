package io.demur.cli;

import io.demur.eval.search.Search;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.Optional;

/** Whether {@code demur eval} searches rather than measures, and for how long. */
final class SearchOptions {

    /** What is searched for: what makes a model refuse the harmless. */
    private static final String BENIGN = "benign";

    @Option(
            names = "--search",
            paramLabel = "SIDE",
            description =
                    "Rather than ask a suite, look for what makes the model refuse harmless"
                            + " requests: benign.")
    private @Nullable String side;

    @Option(
            names = "--budget",
            paramLabel = "N",
            description = "How many calls a search may make (default: " + Search.BUDGET + ").")
    private @Nullable Integer budget;

    @Option(
            names = "--save-cases",
            paramLabel = "FILE",
            description = "Keep what a search finds there, as a suite.")
    private @Nullable Path cases;

    /** Whether to search at all. */
    boolean wanted() {
        return side != null;
    }

    /** What is wrong with these; nothing where nothing is. */
    Optional<String> problem() {
        String given = side;
        if (given == null) {
            if (budget != null) {
                return Optional.of("--budget: is what --search may take");
            }
            return cases == null
                    ? Optional.empty()
                    : Optional.of("--save-cases: is what --search finds");
        }
        if (!given.equals(BENIGN)) {
            return Optional.of("--search: `%s` is not `%s`".formatted(given, BENIGN));
        }
        return budget() >= Search.BUDGET_MIN
                ? Optional.empty()
                : Optional.of(
                        "--budget: `%d` calls confirm nothing; at least %d"
                                .formatted(budget(), Search.BUDGET_MIN));
    }

    int budget() {
        return budget == null ? Search.BUDGET : budget;
    }

    Optional<Path> cases() {
        return Optional.ofNullable(cases);
    }
}
