package io.demur.cli;

import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;

import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.List;

/**
 * A step that one person signs and hands in at once, because nothing about it waits for somebody
 * else. What cannot be is said without touching the log.
 */
abstract class PolicyStep extends PolicyTask {

    @Mixin private SignerOptions signer = new SignerOptions();

    @Mixin private LogOptions log = new LogOptions();

    PolicyStep(Surroundings surroundings) {
        super(surroundings);
    }

    /** What is to be signed, over what is in force. */
    abstract Draft draft(PolicyKeeper keeper);

    /** What is said of it before it is done. */
    abstract List<String> before(StatementWords words, Draft.Ready ready);

    /**
     * Does it.
     *
     * @param program named in the log
     */
    final int take(String program) throws PolicyFailure, IOException, LogRefused, Malformed {
        PersonKey key = signer.key(surroundings);
        Installation installation = installation();
        try (PolicySession session = PolicySession.look(installation, surroundings.clock())) {
            ready(session.keeper(), key);
        }
        try (PolicySession session =
                PolicySession.open(installation, surroundings.clock(), program)) {
            Draft.Ready ready = ready(session.keeper(), key);
            say(
                    before(
                            new StatementWords(session.keeper(), surroundings.clock().instant()),
                            ready));
            return handIn(
                    session,
                    PolicyKeeper.sign(ready.statement(), key.signing()),
                    ready.statement(),
                    "",
                    said());
        }
    }

    private Draft.Ready ready(PolicyKeeper keeper, PersonKey key) throws PolicyFailure {
        PolicySignCommand.checkAuthor(key, keeper.trust());
        return PolicySignCommand.ready(draft(keeper));
    }

    final Installation installation() {
        return log.installation(surroundings);
    }

    /** What has to be said behind a command so that it works on the same installation. */
    final String said() {
        return log.said();
    }
}
