package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demur review}: the queue of what people look at. */
@Command(
        name = "review",
        description = {
            "Shows what waits for people, and decides it: held requests, sampled answers,"
                    + " incidents, appeals, reports.",
            "One queue, the case that is due first first. What is decided is in the log."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            ReviewList.class,
            ReviewTasks.Next.class,
            ReviewTasks.Show.class,
            ReviewTasks.Claim.class,
            ReviewTasks.Release.class,
            ReviewTasks.Decide.class,
            ReviewStats.class,
            ReviewLabels.class
        })
final class ReviewCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "review");
    }
}
