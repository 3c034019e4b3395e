package io.demur.cli;

import io.demur.core.Problem;
import io.demur.files.serve.Secrets;
import io.demur.files.serve.ServeConfig;
import io.demur.files.serve.ServeFile;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur serve}: the gateway. */
@Command(
        name = "serve",
        description = {
            "Stands in front of models: who may ask what, what is refused and how it is said, what"
                    + " an answer may contain, and a log that proves it.",
            "In an empty folder it begins: keys, a log, a store, the default policy, and one key to"
                    + " ask with, which is shown once.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--rehearsal",
            description =
                    "Adds the model `rehearsal`, which needs no machine of its own: it answers"
                            + " whatever it is asked, and does something else on cue.")
    private boolean rehearsal;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: demur.yaml in the data folder, if there).")
    private @Nullable Path config;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Where to listen (default: 127.0.0.1, which is this machine alone).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port (default: 8787).")
    private @Nullable Integer port;

    @Option(
            names = "--log-exchanges",
            description =
                    "Writes a line of JSON for each exchange to standard error: what was decided"
                            + " and what came of it, no text and no names.")
    private boolean lines;

    @Mixin private WriteOptions options = new WriteOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Guarded.run(
                spec,
                () -> {
                    Installation installation = options.installation();
                    List<Problem> problems = new ArrayList<>();
                    Optional<ServeConfig> read =
                            read(Optional.ofNullable(config), installation, problems);
                    if (read.isEmpty()) {
                        problems.forEach(
                                problem ->
                                        Objects.requireNonNull(spec)
                                                .commandLine()
                                                .getErr()
                                                .println("demur: " + Terminal.plain(problem)));
                        return ExitCode.INPUT_UNREADABLE;
                    }
                    Server server =
                            new Server(
                                    installation,
                                    Surroundings.ours(),
                                    Objects.requireNonNull(spec).commandLine().getOut(),
                                    options.said());
                    return server.run(read.get(), overrides());
                });
    }

    private Server.Overrides overrides() {
        return new Server.Overrides(
                Optional.ofNullable(host), Optional.ofNullable(port), rehearsal, lines);
    }

    /**
     * What a configuration says, with its secrets.
     *
     * @param config the file; that of the data folder where none is named
     * @param problems gets what is wrong with it
     */
    static Optional<ServeConfig> read(
            Optional<Path> config, Installation installation, List<Problem> problems)
            throws IOException {
        Path file = config.orElse(installation.folder().root().resolve("demur.yaml"));
        if (config.isEmpty() && !Files.exists(file)) {
            return Optional.of(ServeConfig.NONE);
        }
        return ServeFile.read(
                file.toString(),
                Files.readAllBytes(file),
                new Secrets(
                        name -> Optional.ofNullable(System.getenv(name)), ServeCommand::secretFile),
                problems);
    }

    private static Optional<String> secretFile(String path) {
        try {
            return Optional.of(Files.readString(Path.of(path)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // said as a problem, with the place where it is named
        }
    }
}
