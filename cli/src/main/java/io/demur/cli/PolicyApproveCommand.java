package io.demur.cli;

import io.demur.log.note.Malformed;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Trust;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code demur policy approve}: a second person's signature on a note. */
@Command(
        name = "approve",
        description = {
            "Says what a signed note would change and who has signed it, and signs it as well.",
            "Read what it says: the signature is that of somebody who has agreed to it.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicyApproveCommand extends PolicyTask {

    @Parameters(paramLabel = "FILE.note", description = "The note, as `demur policy sign` made it.")
    private Path file = Path.of("");

    @Mixin private SignerOptions signer = new SignerOptions();

    @Mixin private DataOptions data = new DataOptions();

    /** As the program runs it. */
    PolicyApproveCommand() {
        this(Surroundings.ours());
    }

    PolicyApproveCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, Malformed {
        SignedNote given = SignedNote.read(file);
        PersonKey key = signer.key(surroundings);
        Installation installation = new Installation(data.folder(), surroundings);
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            PolicyKeeper keeper = session.keeper();
            Optional<Trust> trust = keeper.trust();
            if (trust.isEmpty()) {
                throw PolicyFailure.of(
                        "nothing says yet whose signatures count here; `demur policy init%s` does"
                                .formatted(data.said()));
            }
            List<Principal> signed = given.signers(trust.get());
            Principal who = PolicySignCommand.check(key, trust.get(), Principal.Role.APPROVER);
            if (signed.contains(who)) {
                throw PolicyFailure.of(
                        "not signed: %s has signed it already, and two signatures of one person are"
                                .formatted(who.name())
                                .concat(" one"));
            }
            StatementWords words = new StatementWords(keeper, surroundings.clock().instant());
            Optional<String> stale = words.stale(given.statement());
            if (stale.isPresent()) {
                throw PolicyFailure.of(
                        "not signed: `%s` was %s; let its author sign the document anew"
                                .formatted(file, stale.get()));
            }
            say(words.lines(given.statement(), keeper.amendment(given.statement())));
            say(signedBy(given, trust.get(), signed));
            PolicySignCommand.write(file, PolicyKeeper.sign(given.note(), key.signing()));
            say("");
            say("Signed as %s: `%s`. To hand it in:", key.verifier().name(), file);
            say("  demur policy activate %s%s", file, data.said());
        }
        return ExitCode.OK;
    }

    private static String signedBy(SignedNote given, Trust trust, List<Principal> signed) {
        String known =
                signed.isEmpty()
                        ? "nobody whose signature counts"
                        : TrustWords.list(signed.stream().map(Principal::name).toList(), "and");
        List<String> strangers = List.copyOf(given.strangers(trust));
        return strangers.isEmpty()
                ? "signed by: " + known
                : "signed by: %s (and, with keys that trust does not name, as %s)"
                        .formatted(known, TrustWords.list(strangers, "and"));
    }
}
