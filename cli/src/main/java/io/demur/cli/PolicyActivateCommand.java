package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;

/** {@code demur policy activate}: hands in a signed note. */
@Command(
        name = "activate",
        description = {
            "Hands in a signed note: what the rules allow comes into force at once, and stands in"
                    + " the log.",
            "Exits with 1 where it has to wait, or lacks a signature; with 3 where it cannot be.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyActivateCommand extends PolicyTask {

    @Parameters(paramLabel = "FILE.note", description = "The note, as `demur policy sign` made it.")
    private Path file = Path.of("");

    @Mixin private LogOptions log = new LogOptions();

    /** As the program runs it. */
    PolicyActivateCommand() {
        this(Surroundings.ours());
    }

    PolicyActivateCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, LogRefused, Malformed {
        SignedNote given = SignedNote.read(file);
        Installation installation = log.installation(surroundings);
        try (PolicySession session =
                PolicySession.open(installation, surroundings.clock(), "demur policy activate")) {
            return handIn(session, given.note(), given.statement(), file.toString(), log.said());
        }
    }
}
