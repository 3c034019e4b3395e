package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.record.KeyCeremony;
import io.demur.record.keys.Key;
import io.demur.record.keys.KeyRing;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur keys}: the keys of an installation. */
@Command(
        name = "keys",
        description = "Makes, lists, replaces, revokes and destroys the keys of an installation.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            KeysCommand.ListAll.class,
            KeysCommand.Create.class,
            KeysCommand.Rotate.class,
            KeysCommand.Revoke.class,
            KeysCommand.Destroy.class
        })
final class KeysCommand implements Runnable {

    private static final int REWRAP_BATCH = 500;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `keys`?");
    }

    /** Which key, and why something is done with it. */
    static final class KeyAndReason {

        @Parameters(paramLabel = "ID", description = "Which key: its eight digits.")
        private String id = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description =
                        "Why, as a word for the log: stolen, lost, mistake; erasure, retention.")
        private String reason = "";
    }

    /** Which kind of key. */
    static final class PurposeOption {

        @Option(
                names = "--purpose",
                required = true,
                paramLabel = "log|bodies|hmac",
                description = "What the key is for.")
        private Key.Purpose purpose = Key.Purpose.LOG;
    }

    /** {@code demur keys list}. */
    @Command(
            name = "list",
            description = "Shows all keys, the current one of each purpose first.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class ListAll implements Callable<Integer> {

        @Mixin private DataOptions data = new DataOptions();
        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return Guarded.run(
                    spec,
                    () -> {
                        List<Key> keys = new Installation(data.folder()).keys().all();
                        print(keys, Objects.requireNonNull(spec).commandLine().getOut());
                        return ExitCode.OK;
                    });
        }
    }

    /** {@code demur keys create}. */
    @Command(
            name = "create",
            description = "Makes the first key of a purpose, where `demur init` made none.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Create implements Callable<Integer> {

        @Mixin private PurposeOption of = new PurposeOption();
        @Mixin private WriteOptions options = new WriteOptions();

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return change(spec, options, "create", ceremony -> ceremony.create(of.purpose));
        }
    }

    /** {@code demur keys rotate}. */
    @Command(
            name = "rotate",
            description =
                    "Replaces the key of a purpose. The old one goes on checking and"
                            + " unwrapping what is old.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Rotate implements Callable<Integer> {

        @Mixin private PurposeOption of = new PurposeOption();
        @Mixin private WriteOptions options = new WriteOptions();

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (of.purpose != Key.Purpose.BODIES) {
                return change(spec, options, "rotate", ceremony -> ceremony.rotate(of.purpose));
            }
            return Guarded.run(
                    spec,
                    () -> {
                        // one that was broken off is finished before another is begun
                        int code = isUnfinished() ? ExitCode.OK : rotate();
                        return code == ExitCode.OK ? rewrap(options, out(spec)) : code;
                    });
        }

        private int rotate() {
            return change(spec, options, "rotate", ceremony -> ceremony.rotate(of.purpose));
        }

        private boolean isUnfinished() throws IOException, StoreFailed {
            Installation installation = options.installation();
            try (StoreSession session =
                    StoreSession.openBehind(installation, "demur keys rotate")) {
                for (Key key : installation.keys().all(Key.Purpose.BODIES)) {
                    boolean earlier = key.state() != Key.State.CURRENT;
                    if (earlier && session.subjects().wrappedBy(key.id()) > 0) {
                        return true;
                    }
                }
                return false;
            }
        }

        /** Subjects' keys are wrapped by the new key; the old one then only opens backups. */
        private static int rewrap(WriteOptions options, PrintWriter out)
                throws IOException, StoreFailed, StoreRefused {
            try (StoreSession session =
                    StoreSession.openBehind(options.installation(), "demur keys rotate")) {
                long wrapped = session.subjects().rewrap(REWRAP_BATCH);
                out.printf(
                        "%n%,d subjects' keys are wrapped by the new key. The old one opens backups"
                                + " alone;%n`demur keys destroy` ends that, and with it what was"
                                + " erased since.%n",
                        wrapped);
                out.flush();
            }
            return ExitCode.OK;
        }
    }

    /** {@code demur keys destroy}. */
    @Command(
            name = "destroy",
            description = {
                "Destroys a key for bodies that was replaced. What is wrapped with it in backups"
                        + " can never be read again.",
            },
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Destroy implements Callable<Integer> {

        @Mixin private KeyAndReason key = new KeyAndReason();
        @Mixin private WriteOptions options = new WriteOptions();

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return Guarded.run(
                    spec,
                    () -> {
                        Installation installation = options.installation();
                        KeyRing keys = installation.keys();
                        refuseInUse();
                        new KeyCeremony(keys, () -> installation.open(keys, "demur keys destroy"))
                                .destroy(key.id, key.reason);
                        print(keys.all(Key.Purpose.BODIES), out(spec));
                        return ExitCode.OK;
                    });
        }

        private void refuseInUse() throws IOException, StoreFailed {
            try (StoreSession session =
                    StoreSession.openBehind(options.installation(), "demur keys destroy")) {
                long held = session.subjects().wrappedBy(key.id);
                if (held > 0) {
                    throw new IllegalStateException(
                            "%,d subjects' keys are still wrapped by `%s`; `demur keys rotate"
                                            .formatted(held, key.id)
                                    + " --purpose bodies` wraps them anew");
                }
            }
        }
    }

    /** {@code demur keys revoke}. */
    @Command(
            name = "revoke",
            description = "Says that a key which was replaced is not to be trusted any more.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            versionProvider = Version.class)
    static final class Revoke implements Callable<Integer> {

        @Mixin private KeyAndReason key = new KeyAndReason();
        @Mixin private WriteOptions options = new WriteOptions();

        @Spec private @Nullable CommandSpec spec;

        @Override
        public Integer call() {
            return change(spec, options, "revoke", ceremony -> ceremony.revoke(key.id, key.reason));
        }
    }

    /** One change of one key. */
    @FunctionalInterface
    private interface Change {
        Key of(KeyCeremony ceremony) throws IOException, LogRefused;
    }

    private static int change(
            @Nullable CommandSpec spec, WriteOptions options, String name, Change change) {
        return Guarded.run(
                spec,
                () -> {
                    Installation installation = options.installation();
                    KeyRing keys = installation.keys();
                    KeyCeremony ceremony =
                            new KeyCeremony(
                                    keys, () -> installation.open(keys, "demur keys " + name));
                    Key changed = change.of(ceremony);
                    print(keys.all(changed.purpose()), out(spec));
                    return ExitCode.OK;
                });
    }

    private static PrintWriter out(@Nullable CommandSpec spec) {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    static void print(List<Key> keys, PrintWriter out) {
        String row = "%-8s %-9s %-8s %-21s %s%n";
        out.printf(row, "PURPOSE", "ID", "STATE", "CREATED", "PUBLIC");
        for (Key key : keys) {
            out.printf(
                    row,
                    key.purpose().word(),
                    key.id(),
                    key.state().word(),
                    key.created().truncatedTo(ChronoUnit.SECONDS),
                    Terminal.plain(key.publicKey().orElse("-")));
        }
        out.flush();
    }
}
