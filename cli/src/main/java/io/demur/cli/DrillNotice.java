package io.demur.cli;

import io.demur.core.Problem;
import io.demur.files.serve.ServeConfig;
import io.demur.gateway.notice.Notice;
import io.demur.gateway.notice.Recipient;
import io.demur.record.entry.Ids;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code demur drill test-notice}: whether those who are to be told of alarms get to hear it. */
@Command(
        name = "test-notice",
        description = {
            "Tells whoever demur.yaml has told of alarms that this is a test.",
            "Exits with 1 where one of them did not get it, or nobody is named."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class DrillNotice implements Callable<Integer> {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: demur.yaml in the data folder, if there).")
    private @Nullable Path config;

    @Mixin private DataOptions data = new DataOptions();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Guarded.run(spec, this::tell);
    }

    private int tell() throws IOException {
        CommandSpec here = Objects.requireNonNull(spec);
        Installation installation = new Installation(data.folder(), Surroundings.ours());
        List<Problem> problems = new ArrayList<>();
        Optional<ServeConfig> read =
                ServeCommand.read(Optional.ofNullable(config), installation, problems);
        if (read.isEmpty()) {
            problems.forEach(
                    it -> here.commandLine().getErr().println("demur: " + Terminal.plain(it)));
            return ExitCode.INPUT_UNREADABLE;
        }
        InstantSource clock = InstantSource.system();
        List<Recipient> recipients = ConfiguredAlarms.of(read.get(), clock);
        PrintWriter out = here.commandLine().getOut();
        if (recipients.isEmpty()) {
            out.println("Alarms go to the log and to nobody else: demur.yaml names no `alarms`.");
        }
        Notice notice =
                Notice.test(
                        new Ids(clock, new SecureRandom()).next("run"),
                        clock.instant(),
                        installation.keys().origin().orElse("no log"));
        boolean whole = !recipients.isEmpty();
        for (Recipient each : recipients) {
            whole &= isTold(out, each, notice);
        }
        out.flush();
        return whole ? ExitCode.OK : ExitCode.THRESHOLD_MISSED;
    }

    private static boolean isTold(PrintWriter out, Recipient recipient, Notice notice) {
        String line = "%-8s  %s".formatted(recipient.name(), recipient.where());
        try {
            recipient.tell(notice);
            out.println(Terminal.plain(line + ": told"));
            return true;
        } catch (IOException e) {
            out.println(Terminal.plain(line + ": NOT told: " + Guarded.words(e)));
            return false;
        }
    }
}
