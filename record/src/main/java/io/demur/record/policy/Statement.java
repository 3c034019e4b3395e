package io.demur.record.policy;

import io.demur.core.JudgeId;
import io.demur.core.probe.ProbeRun;
import io.demur.log.note.Malformed;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody signs: the text of a C2SP signed note, whose first line says which kind it is, so
 * that none passes as another, or as a checkpoint. Immutable.
 *
 * <p>Each has one text, and each text one statement: {@code docs/reference/policy-statements.md}.
 */
public sealed interface Statement {

    /** The largest serial: the largest whole number that an entry of the log can hold. */
    long SERIAL_MAX = (1L << 53) - 1;

    /** Larger than that of every statement that was in force before. */
    long serial();

    /** The text that is signed, each line with its newline. */
    default String text() {
        return StatementText.of(this);
    }

    /** SHA-256 over {@link #text}, as 64 hexadecimal digits in lower case. */
    default String digest() {
        return Digests.hex(text());
    }

    /**
     * Reads the text of a note.
     *
     * @throws Malformed where it is no statement in its one form; the message says the line
     */
    static Statement parse(String text) throws Malformed {
        return new StatementReader(text).statement();
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
     * @param document the policy as people write it; ends in a newline
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
        public PolicyStatement {
            StatementText.serial(serial);
            replaces.ifPresent(StatementText::digest);
            expires.ifPresent(StatementText::time);
            reason.ifPresent(StatementText::line);
            StatementText.digest(table);
            judges = List.copyOf(judges);
            judges.forEach(judge -> StatementText.line(judge.name()));
            Objects.requireNonNull(probes).done().keySet().forEach(StatementText::line);
            StatementText.document(document);
        }
    }

    /**
     * Whose signatures count from now on.
     *
     * @param replaces the digest of the trust statement before; nothing for the first
     * @param document the list of principals as people write it; ends in a newline
     */
    record TrustStatement(
            long serial, Optional<String> replaces, Optional<String> reason, String document)
            implements Statement {
        public TrustStatement {
            StatementText.serial(serial);
            replaces.ifPresent(StatementText::digest);
            reason.ifPresent(StatementText::line);
            StatementText.document(document);
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
        public RollbackStatement {
            StatementText.serial(serial);
            StatementText.digest(from);
            StatementText.digest(to);
            reason.ifPresent(StatementText::line);
        }
    }

    /**
     * The end of the set-up phase, for good.
     *
     * @param policy the digest of the one in force
     * @param trust the digest of the trust statement in force
     */
    record SealStatement(long serial, String policy, String trust) implements Statement {
        public SealStatement {
            StatementText.serial(serial);
            StatementText.digest(policy);
            StatementText.digest(trust);
        }
    }
}
