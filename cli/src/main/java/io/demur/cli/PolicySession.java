package io.demur.cli;

import io.demur.core.probe.ProbeSuite;
import io.demur.encoder.CharterJudges;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.record.Trail;
import io.demur.record.keys.KeyRing;
import io.demur.record.keys.Pseudonyms;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Submitted;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;

/** The policy of an installation, and its log where something is handed in. */
final class PolicySession implements AutoCloseable {

    private final PolicyKeeper keeper;
    private final @Nullable Trail trail;

    private PolicySession(PolicyKeeper keeper, @Nullable Trail trail) {
        this.keeper = keeper;
        this.trail = trail;
    }

    /** Reads what is in force; works beside a process that has the log. */
    static PolicySession look(Installation installation, InstantSource clock)
            throws IOException, Malformed {
        return new PolicySession(keeper(installation, clock), null);
    }

    /**
     * The same, and has the log for itself from before the first look to its end.
     *
     * @param program named in the log
     */
    static PolicySession open(Installation installation, InstantSource clock, String program)
            throws IOException, LogRefused, Malformed {
        installation.reader();
        KeyRing keys = installation.keys();
        Trail trail;
        try {
            trail = installation.open(keys, program);
        } catch (LogRefused e) {
            throw new LogRefused(e.getMessage() + "; the policy was not changed", e);
        }
        boolean done = false;
        try {
            PolicySession opened = new PolicySession(keeper(installation, clock), trail);
            done = true;
            return opened;
        } finally {
            if (!done) {
                trail.close();
            }
        }
    }

    static PolicyKeeper keeper(Installation installation, InstantSource clock)
            throws IOException, Malformed {
        LogReader reader = installation.reader();
        return PolicyKeeper.read(
                installation.folder().policy(),
                reader,
                reader.checkpoint(installation.vkeys()).head().size(),
                new CharterDocuments(),
                ProbeSuite.shipped(),
                CharterJudges::harm,
                clock,
                mark(installation));
    }

    /** What lets a long log be read from where it was left, where this user has the keys. */
    private static Optional<Pseudonyms> mark(Installation installation) {
        try {
            return installation.keys().pseudonyms().stream().findFirst();
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    PolicyKeeper keeper() {
        return keeper;
    }

    /** Hands in a signed statement. */
    Submitted submit(Note note) throws IOException {
        if (trail == null) {
            throw new IllegalStateException("the log was opened to be read");
        }
        return keeper.submit(note.bytes(), trail);
    }

    @Override
    public void close() {
        if (trail != null) {
            trail.close();
        }
    }
}
