package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur suites}: what models are asked. */
@Command(
        name = "suites",
        description = "Shows and checks suites: what models are asked, and what would be right.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            SuitesTasks.ListKnown.class,
            SuitesTasks.Show.class,
            SuitesTasks.Validate.class
        })
final class SuitesCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command of `suites`?");
    }
}
