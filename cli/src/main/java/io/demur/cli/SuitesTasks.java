package io.demur.cli;

import io.demur.core.suite.Suite;
import io.demur.files.Nearest;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What {@code demur suites} does. */
final class SuitesTasks {

    private static final String SUITE =
            "One that ships (core), a file, or an address with its sum: https://…#sha256=….";

    private static final String FORMAT =
            "What the files are in, where their content does not tell; `demur suites list` has"
                    + " the names.";

    private SuitesTasks() {}

    /** One of them. */
    abstract static class Task implements Callable<Integer> {

        private final Surroundings surroundings;

        @Spec private @Nullable CommandSpec spec;

        Task(Surroundings surroundings) {
            this.surroundings = surroundings;
        }

        final SuiteSource source() {
            return new SuiteSource(surroundings, spec().commandLine().getErr());
        }

        final void say(List<String> lines) {
            PrintWriter out = spec().commandLine().getOut();
            lines.forEach(line -> out.println(Terminal.plain(line).stripTrailing()));
            out.flush();
        }

        final CommandSpec spec() {
            return Objects.requireNonNull(spec);
        }
    }

    /** {@code demur suites list}. */
    @Command(
            name = "list",
            description = "Lists the suites that ship, and the formats that are read.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class ListKnown extends Task {

        ListKnown() {
            super(Surroundings.ours());
        }

        @Override
        public Integer call() {
            say(SuiteText.known());
            return ExitCode.OK;
        }
    }

    /** {@code demur suites show}. */
    @Command(
            name = "show",
            description = "Says what a suite is made of, or shows the cases of a section.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Show extends Task {

        @Parameters(paramLabel = "SUITE", description = SUITE)
        private String suite = "";

        @Option(
                names = "--section",
                paramLabel = "NAME",
                description = "Show the cases of this section (default: none, but how many).")
        private @Nullable String section;

        @Option(names = "--format", paramLabel = "NAME", description = FORMAT)
        private @Nullable String format;

        Show() {
            super(Surroundings.ours());
        }

        @Override
        public Integer call() {
            Optional<Suite> read = source().read(suite, Optional.ofNullable(format));
            if (read.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
            String wanted = section;
            if (wanted == null) {
                say(SuiteText.summary(read.get()));
                return ExitCode.OK;
            }
            List<String> sections = read.get().sections();
            if (!sections.contains(wanted)) {
                throw new ParameterException(
                        spec().commandLine(),
                        "--section: `%s` is none of %s"
                                .formatted(wanted, Nearest.list(Nearest.first(wanted, sections))));
            }
            say(SuiteText.cases(read.get().only(it -> it.section().equals(wanted))));
            return ExitCode.OK;
        }
    }

    /** {@code demur suites validate}. */
    @Command(
            name = "validate",
            description = {
                "Says all that is wrong with files that are to be suites.",
                "Exits with 3 where anything is.",
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Validate extends Task {

        @Parameters(arity = "1..*", paramLabel = "SUITE", description = SUITE)
        private List<String> suites = List.of();

        @Option(names = "--format", paramLabel = "NAME", description = FORMAT)
        private @Nullable String format;

        Validate() {
            super(Surroundings.ours());
        }

        /** In other surroundings than the process's own. */
        Validate(Surroundings surroundings) {
            super(surroundings);
        }

        @Override
        public Integer call() {
            int code = ExitCode.OK;
            for (String suite : suites) {
                Optional<Suite> read = source().read(suite, Optional.ofNullable(format));
                if (read.isEmpty()) {
                    code = ExitCode.INPUT_UNREADABLE;
                } else {
                    say(
                            List.of(
                                    "%s: %s, version %s, %,d cases: nothing is wrong"
                                            .formatted(
                                                    suite,
                                                    read.get().name(),
                                                    read.get().version(),
                                                    read.get().cases().size())));
                }
            }
            return code;
        }
    }
}
