package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code demur policy rollback}: back to the policy before. */
@Command(
        name = "rollback",
        description = {
            "Goes back to the policy immediately before, within 24 hours of when the one in force"
                    + " was activated.",
            "One author's signature is enough, also where that does less: a mistake that refuses"
                    + " everything must not last a day.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyRollbackCommand extends PolicyStep {

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a line for the record.")
    private @Nullable String reason;

    /** As the program runs it. */
    PolicyRollbackCommand() {
        this(Surroundings.ours());
    }

    PolicyRollbackCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, LogRefused, Malformed {
        return take("demur policy rollback");
    }

    @Override
    Draft draft(PolicyKeeper keeper) {
        return keeper.draftRollback(Optional.ofNullable(reason).map(String::strip));
    }

    @Override
    List<String> before(StatementWords words, Draft.Ready ready) {
        return words.lines(ready.statement(), ready.amendment());
    }
}
