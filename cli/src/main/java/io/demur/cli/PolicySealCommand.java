package io.demur.cli;

import io.demur.core.charter.Settings.Changes;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.InForce;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Trust;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code demur policy seal}: the end of the set-up phase. */
@Command(
        name = "seal",
        description = {
            "Ends the set-up phase, for good: from then on to do less takes two people, a reason,"
                    + " an expiry and time.",
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class PolicySealCommand extends PolicyStep {

    @Option(
            names = "--yes-for-good",
            description = "Does it. Without this the command says what it would end.")
    private boolean yes;

    /** As the program runs it. */
    PolicySealCommand() {
        this(Surroundings.ours());
    }

    PolicySealCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run() throws PolicyFailure, IOException, LogRefused, Malformed {
        if (yes) {
            return take("demur policy seal");
        }
        try (PolicySession session = PolicySession.look(installation(), surroundings.clock())) {
            return explain(session.keeper());
        }
    }

    @Override
    Draft draft(PolicyKeeper keeper) {
        return keeper.draftSeal();
    }

    /** All was said without {@code --yes-for-good}. */
    @Override
    List<String> before(StatementWords words, Draft.Ready ready) {
        return List.of();
    }

    /** Warns of people who may not be able to sign when that is needed. */
    private void strangers(PolicyKeeper keeper) {
        List<Principal> people = keeper.trust().map(Trust::principals).orElse(List.of());
        List<String> never = untried(people, keeper.tried());
        if (!never.isEmpty()) {
            say("");
            say(
                    "Look out: nobody has signed anything here with %s; try each before.",
                    TrustWords.list(never, "or"));
        }
        if (people.size() < 3) {
            say("");
            say(
                    "Look out: %d people may sign. Where one key of two is lost, nothing can"
                                    .formatted(people.size())
                            + " ever be weakened again, nor anybody added.");
        }
    }

    /**
     * Whose keys nobody has signed with yet; one by one where somebody has others that were used.
     */
    private static List<String> untried(List<Principal> people, Set<VerifierKey> tried) {
        List<String> never = new ArrayList<>();
        for (Principal person : people) {
            List<VerifierKey> keys =
                    person.keys().stream().filter(key -> !tried.contains(key)).toList();
            if (keys.size() == person.keys().size()) {
                never.add("the keys of " + person.name());
            } else {
                keys.forEach(
                        key ->
                                never.add(
                                        "the key `%s+%s` of %s"
                                                .formatted(
                                                        key.name(), key.hexId(), person.name())));
            }
        }
        return never;
    }

    private int explain(PolicyKeeper keeper) throws PolicyFailure {
        PolicySignCommand.ready(keeper.draftSeal());
        Optional<InForce.Active> active =
                new StatementWords(keeper, surroundings.clock().instant()).active();
        Changes changes = active.orElseThrow().charter().settings().changes();
        say("Sealing ends the set-up phase of this installation. Nothing brings it back.");
        say("");
        say("Today one author changes everything alone, at once. Afterwards");
        say("  to do more, or the same   one author, at once, as today");
        say(
                "  to do less anywhere       an author, another person who approves, a reason, an"
                        + " end within %s, and %s",
                SaidTime.about(changes.longest()),
                "%s of waiting".formatted(SaidTime.about(changes.delay())));
        say("  to change who may sign    as to do less, without the end");
        say("  the policy before again   one author, within 24 hours of the change");
        say("");
        say("in force    %s", StatementWords.name(active.orElseThrow()));
        say("who signs   %s", keeper.trust().map(TrustWords::oneLine).orElse("nobody"));
        strangers(keeper);
        say("");
        say("To seal it: demur policy seal --yes-for-good%s", said());
        return ExitCode.USAGE;
    }
}
