package io.demur.cli;

import io.demur.core.access.Limits;
import io.demur.core.access.Principal;
import io.demur.core.policy.Axes;
import io.demur.files.output.Json;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.Named;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code demur admin principal}: who may ask. */
final class AdminPrincipals {

    private AdminPrincipals() {}

    @Command(
            name = "principal",
            description = "Adds, lists, changes and removes those who may ask.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            subcommands = {Add.class, ListAll.class, SetRole.class, Limit.class, Remove.class})
    static final class Group implements Runnable {
        @Spec private @Nullable CommandSpec spec;

        @Override
        public void run() {
            throw AdminCommand.which(spec, "admin principal");
        }
    }

    @Command(
            name = "add",
            description = "Adds a principal: a person or a program that may be given keys.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Add extends AdminTask {

        @Parameters(
                paramLabel = "NAME",
                description = "As people know it; in the log stands a pseudonym.")
        private String name = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                description = "A role that the policy names (default: ${DEFAULT-VALUE}).",
                defaultValue = Axes.OTHER)
        private String role = Axes.OTHER;

        @Mixin private LimitOptions amounts = new LimitOptions();

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String known = name.strip();
            String id =
                    book.addPrincipal(known, role.strip(), amounts.over(Limits.NONE), author.by());
            unnamed("role", role.strip(), Axes::roles);
            int exit = inForce(session, book, false, id);
            say("%s is %s", known, id);
            return exit;
        }
    }

    @Command(
            name = "list",
            description = "Lists the principals.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends AdminTask {

        private static final String ROW = "%-24s  %-36s  %-16s  %8s  %10s  %6s  %12s  %s";

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            if (!json) {
                say(ROW, "NAME", "ID", "ROLE", "REQ/MIN", "TOK/MIN", "AT ONCE", "TOK/DAY", "STATE");
            }
            for (Named each : book.principals()) {
                Principal it = each.principal();
                if (json) {
                    say("%s", Json.value(row(each)));
                } else {
                    say(
                            ROW,
                            each.name().orElse("-"),
                            it.id(),
                            it.role(),
                            LimitOptions.word(it.limits().requestsPerMinute()),
                            LimitOptions.word(it.limits().tokensPerMinute()),
                            LimitOptions.word(it.limits().concurrent()),
                            LimitOptions.word(it.limits().tokensPerDay()),
                            it.removed().map(at -> "removed " + SaidTime.at(at)).orElse("good"));
                }
            }
            return ExitCode.OK;
        }
    }

    private static Map<String, Object> row(Named each) {
        Principal it = each.principal();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", it.id());
        each.name().ifPresent(name -> row.put("name", name));
        row.put("role", it.role());
        LimitOptions.put(row, it.limits());
        row.put("created", it.created().toString());
        it.removed().ifPresent(at -> row.put("removed", at.toString()));
        return row;
    }

    @Command(
            name = "role",
            description = "Gives a principal another role.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class SetRole extends AdminTask {

        @Parameters(index = "0", paramLabel = "NAME", description = "Who.")
        private String name = "";

        @Parameters(index = "1", paramLabel = "ROLE", description = "As the policy names it.")
        private String role = "";

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String id = whom(book, name);
            book.setRole(id, role.strip(), author.by());
            unnamed("role", role.strip(), Axes::roles);
            int exit = inForce(session, book, false, id);
            say("%s has the role %s", name, role);
            return exit;
        }
    }

    @Command(
            name = "limit",
            description = "Changes the limits of a principal; those that are not named stay.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Limit extends AdminTask {

        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name = "";

        @Mixin private LimitOptions amounts = new LimitOptions();

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String id = whom(book, name);
            Optional<Named> there =
                    book.principals().stream()
                            .filter(each -> each.principal().id().equals(id))
                            .findFirst();
            Limits before = there.map(each -> each.principal().limits()).orElse(Limits.NONE);
            Limits limits = amounts.over(before);
            book.setLimits(id, limits, author.by());
            int exit = inForce(session, book, false, id);
            say("%s: %s", name, LimitOptions.said(limits));
            return exit;
        }
    }

    @Command(
            name = "remove",
            description = "Removes a principal and revokes all its keys, at once.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Remove extends AdminTask {

        @Parameters(paramLabel = "NAME", description = "Who.")
        private String name = "";

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            String id = whom(book, name);
            book.removePrincipal(id, author.by());
            say("removed %s, and revoked all keys", name);
            return inForce(session, book, true, id);
        }
    }
}
