package io.demur.cli;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.demur.core.Problem;
import io.demur.core.charter.Charter;
import io.demur.core.probe.ProbeSuite;
import io.demur.encoder.CharterJudges;
import io.demur.log.LogReader;
import io.demur.record.Trail;
import io.demur.record.keys.PersonKey;
import io.demur.record.policy.Documents;
import io.demur.record.policy.Draft;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Submitted;
import io.demur.record.policy.Trust;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Another version of the program, to which a posture means one more than it does to this one. */
record OtherVersion(Installation installation, InstantSource clock) implements Documents {

    @Override
    public Optional<Charter> charter(String name, String text, List<Problem> problems) {
        return new CharterDocuments()
                .charter(name, text.replace("posture: 5", "posture: 6"), problems);
    }

    @Override
    public Optional<Trust> trust(String name, String text, List<Problem> problems) {
        return new CharterDocuments().trust(name, text, problems);
    }

    /** Puts in force what one person signs. */
    void activate(PersonKey key, Function<PolicyKeeper, Draft> draft) throws Exception {
        try (Trail trail = installation.open(installation.keys(), "demur of another version")) {
            LogReader reader = installation.reader();
            PolicyKeeper keeper =
                    PolicyKeeper.read(
                            installation.folder().policy(),
                            reader,
                            reader.checkpoint(installation.vkeys()).head().size(),
                            this,
                            ProbeSuite.shipped(),
                            CharterJudges::harm,
                            clock);
            Draft made = draft.apply(keeper);
            Draft.Ready ready = assertInstanceOf(Draft.Ready.class, made, made::toString);
            Submitted done =
                    keeper.submit(
                            PolicyKeeper.sign(ready.statement(), key.signing()).bytes(), trail);
            assertInstanceOf(Submitted.Activated.class, done, done::toString);
        }
    }
}
