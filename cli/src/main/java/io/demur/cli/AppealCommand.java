package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demur appeal}: refusals that are questioned. */
@Command(
        name = "appeal",
        description = "Shows the refusals that somebody questions, and upholds or denies them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            AppealTasks.Open.class,
            AppealTasks.ListAll.class,
            AppealTasks.Show.class,
            AppealTasks.Uphold.class,
            AppealTasks.Deny.class,
            AppealTasks.Withdraw.class
        })
final class AppealCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "appeal");
    }
}
