package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.probe.ProbeRun;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody signs: the text of a C2SP signed note, whose first line says which kind it is, so
 * that none passes as another, or as a checkpoint. Immutable.
 */
public sealed interface Statement {

    /** Larger than that of every statement that was in force before. */
    long serial();

    /** The text that is signed, each line with its newline. */
    String text();

    /** SHA-256 over {@link #text}, as 64 hexadecimal digits in lower case. */
    default String digest() {
        return Digests.hex(text());
    }

    /** Reads the text of a statement. */
    static Statement parse(String text) throws io.demur.log.note.Malformed {
        return Digests.later();
    }

    /**
     * A policy.
     *
     * @param replaces the digest of the policy that it was compared with; nothing for the first
     * @param expires when it ceases to hold; a weakening has to have that
     * @param reason in words, one line; a weakening has to have it
     * @param table the digest of what it expands to
     * @param judges that spoke when the probes were run
     * @param probes what it did with them
     * @param document the policy as people write it
     */
    record PolicyStatement(
            long serial,
            Optional<String> replaces,
            Optional<Instant> expires,
            Optional<String> reason,
            String table,
            List<JudgeId> judges,
            ProbeRun probes,
            String document)
            implements Statement {
        @Override
        public String text() {
            return Digests.later();
        }
    }

    /**
     * Whose signatures count from now on.
     *
     * @param replaces the digest of the trust statement before; nothing for the first
     */
    record TrustStatement(
            long serial, Optional<String> replaces, Optional<String> reason, String document)
            implements Statement {
        @Override
        public String text() {
            return Digests.later();
        }
    }

    /**
     * Back to the policy before.
     *
     * @param from the digest of the one in force
     * @param to the digest of the one before it
     */
    record RollbackStatement(long serial, String from, String to, Optional<String> reason)
            implements Statement {
        @Override
        public String text() {
            return Digests.later();
        }
    }

    /** The end of the set-up phase, for good. */
    record SealStatement(long serial, String policy, String trust) implements Statement {
        @Override
        public String text() {
            return Digests.later();
        }
    }
}
