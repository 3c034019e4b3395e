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
import io.demur.record.policy.InForce;
import io.demur.record.policy.PolicyKeeper;
import io.demur.record.policy.Submitted;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

/** The policy of an installation, and its log where something is handed in. */
final class PolicySession implements AutoCloseable {

    private final Installation installation;
    private final InstantSource clock;
    private final @Nullable Trail trail;
    private final @Nullable RunningGateway gateway;
    private PolicyKeeper keeper;

    private PolicySession(
            Installation installation,
            InstantSource clock,
            @Nullable Trail trail,
            @Nullable RunningGateway gateway)
            throws IOException, Malformed {
        this.installation = installation;
        this.clock = clock;
        this.trail = trail;
        this.gateway = gateway;
        keeper = keeper(installation, clock);
    }

    /** Reads what is in force; works beside a process that has the log. */
    static PolicySession look(Installation installation, InstantSource clock)
            throws IOException, Malformed {
        return new PolicySession(installation, clock, null, null);
    }

    /**
     * The same, and has the log for itself from before the first look to its end. Where a gateway
     * of the folder has it, what is handed in is handed to that.
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
            Optional<RunningGateway> running = RunningGateway.of(installation.folder());
            if (running.isPresent()) {
                return new PolicySession(installation, clock, null, running.get());
            }
            throw new LogRefused(e.getMessage() + "; the policy was not changed", e);
        }
        boolean done = false;
        try {
            PolicySession opened = new PolicySession(installation, clock, trail, null);
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
        if (gateway != null) {
            Submitted submitted = gateway.submit(note.bytes(), this::inForce);
            look();
            return submitted;
        }
        if (trail == null) {
            throw new IllegalStateException("the log was opened to be read");
        }
        return keeper.submit(note.bytes(), trail);
    }

    private InForce inForce() {
        look();
        return keeper.inForce();
    }

    /** Reads what another process has written meanwhile. */
    private void look() {
        try {
            keeper = keeper(installation, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Malformed e) {
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }

    @Override
    public void close() {
        if (trail != null) {
            trail.close();
        }
    }
}
