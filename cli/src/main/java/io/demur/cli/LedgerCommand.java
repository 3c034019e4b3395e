package io.demur.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code demur ledger}: what refusing costs and prevents. */
@Command(
        name = "ledger",
        description = {
            "Shows what refusing costs and prevents: what was declined, held, appealed against,"
                    + " given up and asked elsewhere, and what people found who looked.",
            "It is counted from the tables that follow the log, and once more from the log alone."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            LedgerTasks.Show.class,
            LedgerReports.Report.class,
            LedgerReports.Bundle.class,
            LedgerTasks.Check.class
        })
final class LedgerCommand implements Runnable {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw AdminCommand.which(spec, "ledger");
    }
}
