package io.demur.cli;

import io.demur.core.access.AccessKey;
import io.demur.core.access.KeyText;
import io.demur.core.access.Operation;
import io.demur.core.access.Scope;
import io.demur.files.output.Json;
import io.demur.store.AccessBook;
import io.demur.store.AccessBook.By;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code demur admin key}: the keys by which callers ask. */
final class AdminKeys {

    private AdminKeys() {}

    @Command(
            name = "key",
            description = "Makes, lists, replaces and revokes the keys by which callers ask.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            subcommands = {Create.class, ListAll.class, Rotate.class, Revoke.class})
    static final class Group implements Runnable {
        @Spec private @Nullable CommandSpec spec;

        @Override
        public void run() {
            throw AdminCommand.which(spec, "admin key");
        }
    }

    /** A length of time such as 90d, or none at all. */
    static final class Length implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return SaidTime.length(text)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            "`%s` is no length of time such as 30min, 12h or 90d"
                                                    .formatted(text)));
        }
    }

    /** What a key may be used for. */
    static final class Operations implements ITypeConverter<Operation> {
        @Override
        public Operation convert(String text) {
            return Operation.of(text)
                    .orElseThrow(
                            () ->
                                    new TypeConversionException(
                                            ("`%s` is not one of chat, embed, models, metrics,"
                                                            + " drill")
                                                    .formatted(text)));
        }
    }

    /** Makes a key, and shows it before anything else can fail: it is nowhere else. */
    abstract static class NewKey extends AdminTask {

        @Option(names = "--json", description = "One JSON object instead of the key alone.")
        private boolean json;

        @Mixin private Author author = new Author();

        /** Makes it, as somebody says. */
        abstract KeyText make(AccessBook book, By by) throws StoreFailed, StoreRefused, IOException;

        /** What else changes with it, as {@link AdminTask#inForce} takes it. */
        List<String> beside() {
            return List.of();
        }

        @Override
        final int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            KeyText key = make(book, author.by());
            show(key);
            List<String> names = new ArrayList<>(beside());
            names.add(key.id());
            return inForce(session, book, false, names.toArray(String[]::new));
        }

        /** Prints a key where a script can take it, and beside it that this is the only time. */
        private void show(KeyText key) {
            if (json) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("id", key.id());
                row.put("key", key.text());
                say("%s", Json.value(row));
            } else {
                say("%s", key.text());
            }
            out().flush();
            note(
                    "this key is shown once and kept nowhere; `demur admin key revoke %s` ends it",
                    key.id());
        }
    }

    @Command(
            name = "create",
            description =
                    "Makes a key and prints it, this once; of what is kept it cannot be made"
                            + " again.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Create extends NewKey {

        @Parameters(paramLabel = "PRINCIPAL", description = "Who asks by it.")
        private String principal = "";

        @Option(
                names = "--model",
                paramLabel = "NAME",
                description =
                        "A model that may be asked, such as llama3:8b or llama3:*; '*' for all. May"
                                + " be said several times; without it no model can be asked.")
        private List<String> models = new ArrayList<>();

        @Option(
                names = "--for",
                split = ",",
                paramLabel = "OPERATION",
                converter = Operations.class,
                description =
                        "What for: chat, embed, models, metrics, drill, review (default: the first"
                                + " three).")
        private Set<Operation> operations =
                EnumSet.of(Operation.CHAT, Operation.EMBED, Operation.MODELS);

        @Option(names = "--project", paramLabel = "NAME", description = "For which project.")
        private @Nullable String project;

        @Option(
                names = "--expires",
                paramLabel = "LENGTH",
                converter = Length.class,
                description = "After which time it ends: 12h, 90d (default: it does not).")
        private @Nullable Duration expires;

        @Override
        KeyText make(AccessBook book, By by) throws StoreFailed, StoreRefused, IOException {
            String whose = whom(book, principal);
            Scope scope = new Scope(operations, models);
            Optional<Instant> end =
                    Optional.ofNullable(expires)
                            .map(Instant.now().truncatedTo(ChronoUnit.SECONDS)::plus);
            if (models.isEmpty()
                    && (scope.allows(Operation.CHAT)
                            || scope.allows(Operation.EMBED)
                            || scope.allows(Operation.DRILL))) {
                note("it reaches no model: --model says which, and --model '*' all of them");
            }
            return book.createKey(whose, Optional.ofNullable(project), scope, end, by);
        }
    }

    @Command(
            name = "list",
            description = "Lists the keys, never their secrets.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll extends AdminTask {

        private static final String ROW = "%-10s  %-20s  %-16s  %-18s  %-24s  %-20s  %s";

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;

        @Override
        int run(StoreSession session, AccessBook book) throws StoreFailed {
            Instant now = Instant.now();
            Map<String, String> names = names(book);
            List<AccessKey> keys = book.keys();
            if (!json) {
                say(ROW, "ID", "PRINCIPAL", "PROJECT", "FOR", "MODELS", "CREATED", "STATE");
            }
            for (AccessKey key : keys) {
                if (json) {
                    say("%s", Json.value(row(key, names, now)));
                } else {
                    say(
                            ROW,
                            key.id(),
                            names.getOrDefault(key.principal(), key.principal()),
                            key.project().orElse("-"),
                            operations(key.scope()),
                            key.scope().models().isEmpty()
                                    ? "none"
                                    : String.join(",", key.scope().models()),
                            key.created().truncatedTo(ChronoUnit.SECONDS),
                            state(key, now));
                }
            }
            if (book.pending() > 0) {
                note("%s changes wait for the log, and do not hold yet", book.pending());
            }
            return ExitCode.OK;
        }
    }

    static Map<String, String> names(AccessBook book) throws StoreFailed {
        return book.principals().stream()
                .filter(it -> it.name().isPresent())
                .collect(
                        Collectors.toMap(it -> it.principal().id(), it -> it.name().orElseThrow()));
    }

    static String operations(Scope scope) {
        return scope.operations().stream()
                .map(Operation::word)
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static String state(AccessKey key, Instant now) {
        String successor = key.successor().map(" (replaced by %s)"::formatted).orElse("");
        return switch (key.at(now)) {
            case GOOD ->
                    key.expires().map(at -> "until " + SaidTime.at(at)).orElse("good") + successor;
            case EXPIRED ->
                    key.expires().map(at -> "ended " + SaidTime.at(at)).orElse("ended") + successor;
            case REVOKED -> key.revoked().map(at -> "revoked " + SaidTime.at(at)).orElse("revoked");
        };
    }

    private static Map<String, Object> row(AccessKey key, Map<String, String> names, Instant now) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", key.id());
        row.put("principal", key.principal());
        Optional.ofNullable(names.get(key.principal())).ifPresent(it -> row.put("name", it));
        key.project().ifPresent(it -> row.put("project", it));
        row.put(
                "operations",
                key.scope().operations().stream().map(Operation::word).sorted().toList());
        row.put("models", key.scope().models());
        row.put("created", key.created().toString());
        key.expires().ifPresent(it -> row.put("expires", it.toString()));
        key.revoked().ifPresent(it -> row.put("revoked", it.toString()));
        key.successor().ifPresent(it -> row.put("successor", it));
        row.put("state", key.at(now).name().toLowerCase(Locale.ROOT));
        return row;
    }

    @Command(
            name = "rotate",
            description = "Makes a key that is good for the same, and ends the old one.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Rotate extends NewKey {

        @Parameters(
                paramLabel = "ID",
                converter = AdminTask.KeyId.class,
                description = "Which key: the ten characters behind dmr_.")
        private String id = "";

        @Option(
                names = "--grace",
                paramLabel = "LENGTH",
                converter = Length.class,
                defaultValue = "1d",
                description = "How long the old one is still good (default: ${DEFAULT-VALUE}).")
        private Duration grace = Duration.ofDays(1);

        @Override
        KeyText make(AccessBook book, By by) throws StoreFailed, StoreRefused {
            return book.rotateKey(id, grace, by);
        }

        @Override
        List<String> beside() {
            return List.of(id);
        }
    }

    @Command(
            name = "revoke",
            description = "Ends a key at once, also in a gateway that runs.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Revoke extends AdminTask {

        @Parameters(
                paramLabel = "ID",
                converter = AdminTask.KeyId.class,
                description = "Which key: the ten characters behind dmr_.")
        private String id = "";

        @Mixin private Author author = new Author();

        @Override
        int run(StoreSession session, AccessBook book)
                throws StoreFailed, StoreRefused, IOException {
            book.revokeKey(id, author.by());
            say("revoked %s", id);
            return inForce(session, book, true, id);
        }
    }
}
