package io.demur.cli;

import io.demur.record.keys.PersonKey;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur policy key}: makes the key that a person signs with. */
@Command(
        name = "key",
        description = "Makes the key that a person signs policies with, in a file for them alone.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyKeyCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "Whose key, such as `anna`: it stands in every signature.")
    private String name = "";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "The file (default: NAME.key in $XDG_CONFIG_HOME/demur or ~/.config/demur).")
    private @Nullable Path out;

    @Spec private @Nullable CommandSpec spec;

    private final Surroundings surroundings;

    /** As the program runs it. */
    PolicyKeyCommand() {
        this(Surroundings.ours());
    }

    PolicyKeyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!isName(name)) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "`%s` is no name for a key: letters, digits and `.`, `_`, `-`, `@`, not more"
                            .formatted(Terminal.plain(name))
                            .concat(" than 64, a letter or a digit first"));
        }
        return Guarded.run(
                spec,
                () -> {
                    Path file = out;
                    if (file == null) {
                        file = SignerOptions.in(surroundings.signingKeys(), name);
                        Private.folder(surroundings.signingKeys());
                    }
                    PersonKey key = make(name, file, surroundings);
                    say(Objects.requireNonNull(spec).commandLine().getOut(), key, file);
                    return ExitCode.OK;
                });
    }

    /** Whether a key may be called so, and its file after it. */
    static boolean isName(String name) {
        return name.matches("[\\p{L}\\p{Nd}][\\p{L}\\p{Nd}._@-]{0,63}");
    }

    /** Makes a key in a file that is not there yet. */
    static PersonKey make(String name, Path file, Surroundings surroundings) throws IOException {
        PersonKey key = PersonKey.generate(name, surroundings.clock().instant());
        try {
            key.write(file);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "`%s` cannot be written: there is no folder `%s`; make it, or name another file"
                            .formatted(file, file.toAbsolutePath().getParent()),
                    e);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(
                    "`%s` is there already; a key is never overwritten, nothing was changed"
                            .formatted(file),
                    e);
        }
        return key;
    }

    private void say(PrintWriter to, PersonKey key, Path file) throws IOException {
        to.printf(
                "Made a key for `%s` in `%s`, which nobody else can read.%n",
                name, Terminal.plain(Files.isRegularFile(file) ? file.toAbsolutePath() : file));
        to.printf("%nIts public half, as the list of who may sign names it:%n%n");
        to.printf("  %s%n%n", key.verifier());
        to.println(
                """
                Whoever has the file can sign as %s. Keep it off the machine that Demur runs on,
                and a copy of it in a safe place: nobody can make it again.\
                """
                        .formatted(name));
        to.flush();
    }
}
