package io.demur.cli;

import io.demur.core.access.Limits;
import io.demur.core.access.Project;
import io.demur.core.policy.Axes;
import io.demur.files.output.Json;
import io.demur.store.AccessBook;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code demur admin project}: what keys are used for. */
final class AdminProjects {

    private AdminProjects() {}

    @Command(
            name = "project",
            description = "Adds, lists, changes and removes what keys are used for.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            subcommands = {Add.class, ListAll.class, SetPurpose.class, Limit.class, Remove.class})
    static final class Group implements Runnable {
        @Spec private @Nullable CommandSpec spec;

        @Override
        public void run() {
            throw AdminCommand.which(spec, "admin project");
        }
    }

    private static Optional<String> declared(AdminTask task, @Nullable String purpose) {
        Optional<String> word = Optional.ofNullable(purpose).map(String::strip);
        word.ifPresent(it -> task.unnamed("purpose", it, Axes::purposes));
        return word;
    }

    @Command(
            name = "add",
            description = "Adds a project.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Add extends AdminTask {

        @Parameters(paramLabel = "NAME", description = "What it is called, in the log too.")
        private String name = "";

        @Option(
                names = "--purpose",
                paramLabel = "PURPOSE",
                description = "A purpose that the policy names (default: none).")
        private @Nullable String purpose;

        @Mixin private LimitOptions amounts = new LimitOptions();

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, StoreRefused {
            Limits limits = amounts.over(Limits.NONE);
            String known = name.strip();
            book.addProject(known, declared(this, purpose), limits, author.by());
            int exit = inForce(session, book, false, known);
            say("added %s", known);
            return exit;
        }
    }

    @Command(
            name = "list",
            description = "Lists the projects and what they declare.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends AdminTask {

        private static final String ROW = "%-24s  %-24s  %8s  %10s  %7s  %12s";

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            if (!json) {
                say(ROW, "NAME", "PURPOSE", "REQ/MIN", "TOK/MIN", "AT ONCE", "TOK/DAY");
            }
            for (Project each : book.projects()) {
                if (json) {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("name", each.name());
                    each.purpose().ifPresent(it -> row.put("purpose", it));
                    LimitOptions.put(row, each.limits());
                    row.put("created", each.created().toString());
                    say("%s", Json.value(row));
                } else {
                    say(
                            ROW,
                            each.name(),
                            each.purpose().orElse("-"),
                            LimitOptions.word(each.limits().requestsPerMinute()),
                            LimitOptions.word(each.limits().tokensPerMinute()),
                            LimitOptions.word(each.limits().concurrent()),
                            LimitOptions.word(each.limits().tokensPerDay()));
                }
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "purpose",
            description = "Has a project declare another purpose, or none.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class SetPurpose extends AdminTask {

        @Parameters(index = "0", paramLabel = "NAME", description = "Which project.")
        private String name = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "PURPOSE",
                description = "As the policy names it; left out, the project declares none.")
        private @Nullable String purpose;

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, StoreRefused {
            book.setPurpose(name, declared(this, purpose), author.by());
            int exit = inForce(session, book, false, name);
            say("%s declares %s", name, purpose == null ? "no purpose" : purpose);
            return exit;
        }
    }

    @Command(
            name = "limit",
            description = "Changes the limits of a project; those that are not named stay.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Limit extends AdminTask {

        @Parameters(paramLabel = "NAME", description = "Which project.")
        private String name = "";

        @Mixin private LimitOptions amounts = new LimitOptions();

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, StoreRefused {
            Limits before =
                    book.projects().stream()
                            .filter(each -> each.name().equals(name))
                            .findFirst()
                            .map(Project::limits)
                            .orElse(Limits.NONE);
            Limits limits = amounts.over(before);
            book.setProjectLimits(name, limits, author.by());
            int exit = inForce(session, book, false, name);
            say("%s: %s", name, LimitOptions.said(limits));
            return exit;
        }
    }

    @Command(
            name = "remove",
            description = "Removes a project, at once; its keys go on without a purpose.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Remove extends AdminTask {

        @Parameters(paramLabel = "NAME", description = "Which project.")
        private String name = "";

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed, StoreRefused {
            book.removeProject(name, author.by());
            say("removed %s", name);
            return inForce(session, book, true, name);
        }
    }
}
