package io.demur.record.policy;

import io.demur.core.charter.Amendment;
import io.demur.core.harm.HarmPredictor;
import io.demur.core.probe.ProbeSuite;
import io.demur.log.LogReader;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.record.Trail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the policy of one installation: the statements in its folder, and the log's word on which
 * of them came into force when. The log decides; a statement that it does not name is a file.
 *
 * <p>Safe for use by several threads.
 */
public final class PolicyKeeper {

    private PolicyKeeper() {}

    /**
     * Reads what is in force, and goes on from the log as far as it is published.
     *
     * @param folder of statements, {@code policy/} in the data folder
     * @param reader of the log
     * @param size how many entries of it to read
     */
    public static PolicyKeeper read(
            Path folder,
            LogReader reader,
            long size,
            Documents documents,
            ProbeSuite suite,
            HarmPredictor judge,
            InstantSource clock) {
        return Digests.later();
    }

    /** What decides now; never throws. Asked again it says what holds by then. */
    public InForce inForce() {
        return Digests.later();
    }

    /** Whose signatures count; nothing before the first. */
    public Optional<Trust> trust() {
        return Digests.later();
    }

    /** The statement of the policy in force, as its file has it. */
    public Optional<Note> current() {
        return Digests.later();
    }

    /** Drafts the statement for a policy document, against what is in force. */
    public Draft draftPolicy(
            String name, String document, Optional<String> reason, Optional<Duration> lasting) {
        return Digests.later();
    }

    /** The same for a document that says whose signatures count. */
    public Draft draftTrust(String name, String document, Optional<String> reason) {
        return Digests.later();
    }

    /** The same for going back to the policy before. */
    public Draft draftRollback(Optional<String> reason) {
        return Digests.later();
    }

    /** The same for the end of the set-up phase. */
    public Draft draftSeal() {
        return Digests.later();
    }

    /** Signs a draft, or adds a signature to what others have signed. */
    public static Note sign(Statement statement, SigningKey key) {
        return Digests.later();
    }

    /**
     * Hands in a signed statement: what the rules allow is done, and stands in the log before this
     * returns.
     */
    public Submitted submit(byte[] note, Trail trail) throws IOException {
        return Digests.later();
    }

    /** What a statement would change, for a person to read before they sign. */
    public Optional<Amendment> amendment(Statement statement) {
        return Digests.later();
    }

    /** What came into force when, oldest first. */
    public List<Event> history() {
        return Digests.later();
    }

    /**
     * One entry POLICY, in words.
     *
     * @param index in the log
     * @param by names of principals
     */
    public record Event(
            long index,
            Instant at,
            String action,
            String digest,
            String direction,
            List<String> by,
            Optional<String> reason,
            Optional<Instant> expires) {}

    /** A statement that nobody has signed yet, or the reasons why there can be none. */
    public sealed interface Draft {
        record Ready(Statement statement, Optional<Amendment> amendment) implements Draft {}

        record Impossible(List<io.demur.core.Problem> problems) implements Draft {}
    }
}
