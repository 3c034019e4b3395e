package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Objects;

/** {@code demur admin}: who may ask what. */
@Command(
        name = "admin",
        description = "Says who may ask which models, by which keys, and how much.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            AdminKeys.Group.class,
            AdminPrincipals.Group.class,
            AdminProjects.Group.class,
            AdminReports.Usage.class,
            AdminReports.History.class,
            AdminReports.Check.class
        })
final class AdminCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw which(spec, "admin");
    }

    /** A group that was named without saying what to do. */
    static ParameterException which(@Nullable CommandSpec spec, String group) {
        return new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "which command of `%s`?".formatted(group));
    }
}
