package io.demur.cli;

import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.record.DataFolder;
import io.demur.record.KeyCeremony;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.KeyChange;
import io.demur.record.keys.Key;
import io.demur.record.keys.KeyRing;
import io.demur.store.StoreFailed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur init}: makes the folder of a new installation. */
@Command(
        name = "init",
        description = "Makes a working folder: keys, an empty log with its first entries, a store.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class InitCommand implements Callable<Integer> {

    @Mixin private WriteOptions options = new WriteOptions();

    @Option(
            names = "--origin",
            paramLabel = "NAME",
            description =
                    "The log's name, for ever: the address it will be published at, without"
                            + " https:// (default: demur.invalid/ and eight random digits).")
    private @Nullable String origin;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (origin != null && !isOrigin(origin)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--origin `%s` is no name such as `log.example.org/gateway-1`: no scheme, no"
                            .concat(" white space, no plus sign")
                            .formatted(origin));
        }
        return Guarded.run(spec, () -> make(options.installation()));
    }

    static boolean isOrigin(String name) {
        return VerifierKey.isName(name)
                && name.length() <= 200
                && !name.contains("://")
                && !name.startsWith("/")
                && !name.endsWith("/")
                && Arrays.stream(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.matches("\\.{1,2}"));
    }

    private int make(Installation installation)
            throws IOException, LogRefused, Malformed, StoreFailed {
        DataFolder folder = installation.folder();
        if (isComplete(installation)) {
            throw new IOException(
                    "`%s` holds an installation already; nothing was changed"
                            .formatted(folder.root()));
        }
        KeyRing keys = make(installation, Optional.ofNullable(origin), "demur init");
        say(
                Objects.requireNonNull(spec).commandLine().getOut(),
                installation,
                keys,
                keys.origin().orElse(""),
                options.said());
        return ExitCode.OK;
    }

    /**
     * Makes an installation, or goes on with one that is half made.
     *
     * @param wanted the log's name; one drawn by lot where there is none
     * @param program named in the log
     */
    static KeyRing make(Installation installation, Optional<String> wanted, String program)
            throws IOException, LogRefused, StoreFailed {
        DataFolder folder = installation.folder();
        Private.folder(folder.root());
        // first, so that a disk that is full leaves nothing half made that matters
        installation.store().close();
        KeyRing keys = KeyRing.make(folder.keys(), InstantSource.system(), new SecureRandom());
        String name = keys.origin().or(() -> wanted).orElseGet(InitCommand::randomOrigin);
        if (wanted.isPresent() && !wanted.get().equals(name)) {
            throw new IOException(
                    "`%s` was begun with the origin `%s`; name that one, or none"
                            .formatted(folder.root(), name));
        }
        new KeyCeremony(keys, () -> installation.begin(keys, program)).begin(name);
        Files.createDirectories(folder.policy());
        return keys;
    }

    /** Whether the log knows of its own key: the last thing that is made. */
    static boolean isComplete(Installation installation) throws IOException, Malformed {
        Path vkeys = installation.folder().keys().resolve(KeyRing.VKEYS);
        Path checkpoint = installation.folder().log().resolve("checkpoint");
        if (!Files.exists(vkeys) || !Files.exists(checkpoint)) {
            return false;
        }
        LogReader reader = installation.reader();
        long size = reader.checkpoint(installation.vkeys()).head().size();
        List<KeyChange> changes = new ArrayList<>();
        reader.entries(
                0,
                Math.min(size, 256),
                size,
                (index, bytes) -> {
                    if (EntryCodec.read(bytes) instanceof KeyChange change) {
                        changes.add(change);
                    }
                });
        return !changes.isEmpty();
    }

    private static String randomOrigin() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return "demur.invalid/" + HexFormat.of().formatHex(random);
    }

    private static void say(
            PrintWriter out, Installation installation, KeyRing keys, String name, String data) {
        out.printf(
                "Made an installation in `%s`.%n%n", Terminal.plain(installation.folder().root()));
        out.printf("  log/     the log `%s`%n", name);
        out.printf("  keys/    %d keys, for you alone%n", keys.all().size());
        out.printf("  store.db what the log says, in tables; and the bodies, encrypted%n");
        out.printf("  policy/  the policy; empty as yet, so that everything is refused%n");
        out.printf("  anchor   %s%n%n", installation.anchor(name));
        out.println(
                "The log's public key, to be kept where this machine's owner cannot change it:");
        out.printf("%n  %s%n%n", keys.current(Key.Purpose.LOG).flatMap(Key::publicKey).orElse(""));
        out.println(
                """
                Back up log/, policy/, store.db and keys/, and the keys in another place:
                whoever has them and the store can read the bodies, and without them nobody can.
                The anchor is not to be copied along: it notices that a log was restored from a
                copy.

                Next, the policy: what is done with which request.\
                """);
        out.printf("%n  demur policy init policy.yaml%s%n", data);
        out.flush();
    }
}
