package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
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
final class PolicyRollbackCommand extends PolicyTask {

    @Mixin private SignerOptions signer = new SignerOptions();

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, in a line for the record.")
    private @Nullable String reason;

    @Mixin private LogOptions log = new LogOptions();

    /** As the program runs it. */
    PolicyRollbackCommand() {
        this(Surroundings.ours());
    }

    PolicyRollbackCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, LogRefused, Malformed {
        PersonKey key = signer.key(surroundings);
        Installation installation = log.installation(surroundings);
        // what cannot be is said without touching the log
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            draft(session.keeper(), key);
        }
        try (PolicySession session =
                PolicySession.open(installation, surroundings.clock(), "demur policy rollback")) {
            Draft.Ready ready = draft(session.keeper(), key);
            StatementWords words =
                    new StatementWords(session.keeper(), surroundings.clock().instant());
            say(words.lines(ready.statement(), ready.amendment()));
            return handIn(
                    session,
                    PolicyKeeper.sign(ready.statement(), key.signing()),
                    ready.statement(),
                    "",
                    log.said());
        }
    }

    private Draft.Ready draft(PolicyKeeper keeper, PersonKey key) throws PolicyFailure {
        PolicySignCommand.checkAuthor(key, keeper.trust());
        return PolicySignCommand.ready(
                keeper.draftRollback(Optional.ofNullable(reason).map(String::strip)));
    }
}
