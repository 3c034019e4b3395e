package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Amendment;
import io.demur.core.charter.Settings;
import io.demur.core.probe.ProbeSuite;
import io.demur.log.LogReader;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;
import io.demur.record.Trail;
import io.demur.record.keys.Pseudonyms;
import io.demur.record.policy.Statement.PolicyStatement;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the policy of one installation: the statements in its folder, and the log's word on which
 * of them came into force when. The log decides; a statement that it does not name is a file.
 *
 * <p>Nothing is kept between two starts but the log and the files: what is in force is computed
 * from them anew, and every signature, serial, direction, delay and expiry is checked again. What
 * is not borne out refuses everything, and says why.
 *
 * <p>Safe for use by several threads.
 */
public final class PolicyKeeper {

    /**
     * Held while statements are ruled on and written: two keepers in one process must not each
     * allow what only one of them may. Another process cannot write to the same log.
     */
    private static final ReentrantLock CHANGING = new ReentrantLock();

    private final NoteFolder notes;
    private final Readings readings;
    private final InstantSource clock;
    private final Chain chain;
    private final Drafts drafts;
    private final Follower follower;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.EPOCH);
    private volatile Outlook outlook = Outlook.NOTHING;
    private volatile Answer answered = Answer.NONE;

    /** What is asked again and again, as of the last change. */
    private record Outlook(List<Problem> broken, Optional<Version> head, boolean sealed) {
        private static final Outlook NOTHING = new Outlook(List.of(), Optional.empty(), false);
    }

    /** What was answered last, so that a request waits for no digest. */
    private record Answer(String digest, Instant since, boolean sealed, InForce now) {
        private static final Answer NONE =
                new Answer("", Instant.EPOCH, false, new InForce.RefuseAll(List.of()));

        boolean isOf(Version version, boolean seal) {
            return digest.equals(version.digest())
                    && since.equals(version.since())
                    && sealed == seal;
        }
    }

    /** What is asked or done while it is nobody else's turn. */
    @FunctionalInterface
    private interface Turn<T, X extends Exception> {
        T take() throws X;
    }

    private PolicyKeeper(
            NoteFolder notes, Readings readings, InstantSource clock, Optional<Pseudonyms> mark) {
        this.notes = notes;
        this.readings = readings;
        this.clock = clock;
        this.chain = new Chain(notes, readings);
        this.drafts = new Drafts(chain, notes, readings);
        this.follower = new Follower(chain, notes.path(), mark);
    }

    /**
     * Reads what is in force, and goes on from the log as far as it is published.
     *
     * @param folder of statements, {@code policy/} in the data folder
     * @param reader of the log
     * @param size how many entries of it to read
     * @param judges who answer the probes, by what each policy says of them
     * @param clock the one that the trail has
     */
    public static PolicyKeeper read(
            Path folder,
            LogReader reader,
            long size,
            Documents documents,
            ProbeSuite suite,
            Judges judges,
            InstantSource clock) {
        return read(folder, reader, size, documents, suite, judges, clock, Optional.empty());
    }

    /**
     * The same, in less time where the log is long.
     *
     * @param mark the keyed hash under which a file in the folder says how far the log was searched
     *     before; a file that is not under it is passed over
     */
    public static PolicyKeeper read(
            Path folder,
            LogReader reader,
            long size,
            Documents documents,
            ProbeSuite suite,
            Judges judges,
            InstantSource clock,
            Optional<Pseudonyms> mark) {
        PolicyKeeper keeper =
                new PolicyKeeper(
                        new NoteFolder(folder),
                        new Readings(documents, suite, judges),
                        clock,
                        mark);
        keeper.catchUp(reader, size);
        return keeper;
    }

    /** Goes on from where it was. */
    private void catchUp(LogReader reader, long size) {
        inTurn(() -> outlook = readOn(reader, size));
    }

    private Outlook readOn(LogReader reader, long size) {
        follower.to(reader, size);
        return new Outlook(chain.broken(), chain.head(), chain.sealed());
    }

    /** Takes its turn while nobody else of this process rules on statements or writes them. */
    private static <T, X extends Exception> T inTurn(Turn<T, X> turn) throws X {
        CHANGING.lock();
        try {
            return turn.take();
        } finally {
            CHANGING.unlock();
        }
    }

    /** The later of the clock and the log. */
    private Instant time() {
        return later(clock.instant(), follower.last());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** What decides now; never throws. Asked again it says what holds by then. */
    public InForce inForce() {
        Instant now = latest.accumulateAndGet(time(), PolicyKeeper::later);
        Outlook seen = outlook;
        if (!seen.broken().isEmpty()) {
            return new InForce.RefuseAll(seen.broken());
        }
        if (seen.head().isEmpty()) {
            return new InForce.RefuseAll(
                    List.of(
                            PolicyProblem.NONE.in(
                                    notes.path().toString(),
                                    "no policy is in force yet, so that everything is refused",
                                    "`demur policy init` makes one to start from")));
        }
        Version version = seen.head().get().at(now);
        if (version.statement().isEmpty()) {
            return new InForce.RefuseAll(version.problems());
        }
        Answer answer = answered;
        if (!answer.isOf(version, seen.sealed())) {
            answer =
                    new Answer(
                            version.digest(),
                            version.since(),
                            seen.sealed(),
                            active(version, version.statement().get(), seen.sealed()));
            answered = answer;
        }
        return answer.now();
    }

    private InForce active(Version version, PolicyStatement statement, boolean sealed) {
        String name = notes.name(version.digest());
        try {
            List<Problem> problems = readings.check(statement, name);
            return problems.isEmpty()
                    ? new InForce.Active(
                            readings.of(statement, name).charter().orElseThrow(),
                            version.digest(),
                            statement.serial(),
                            version.next().map(Version.Lapse::at),
                            !sealed)
                    : new InForce.RefuseAll(problems);
        } catch (RuntimeException e) {
            return new InForce.RefuseAll(
                    List.of(
                            PolicyProblem.TABLE.in(
                                    name,
                                    "the policy cannot be expanded: %s".formatted(e),
                                    "run the version of the program that it was signed with")));
        }
    }

    /** Whose signatures count; nothing before the first. */
    public Optional<Trust> trust() {
        return inTurn(chain::trust);
    }

    /**
     * The keys of the list of principals whose signature stands under a statement that the log
     * names: it is known that somebody has these, and can sign with them.
     */
    public Set<VerifierKey> tried() {
        return inTurn(chain::tried);
    }

    /** What a policy, a roll-back or a seal has to be made over now, whether it is believed. */
    public Optional<String> base() {
        return outlook.head().map(it -> it.at(time()).digest());
    }

    /** What a list of principals has to be made over now. */
    public Optional<String> trusted() {
        return inTurn(chain::trusted);
    }

    /** Whether the set-up phase is over, whatever is in force. */
    public boolean isSealed() {
        return outlook.sealed();
    }

    /** What the rules of change allow now, also where nothing in force can be believed. */
    public Settings.Changes changes() {
        return inTurn(() -> readings.changes(chain.effective(time()), "the policy in force"));
    }

    /** Whether the statement of a digest was made over what is in force, and has not run out. */
    public boolean fits(String digest) {
        return inTurn(() -> drafts.fits(digest, time()));
    }

    /** Whether a statement takes two people, by the rules under which it would be handed in. */
    public boolean takesTwo(Statement statement) {
        return inTurn(() -> drafts.takesTwo(statement, time()));
    }

    /** The statement of the policy in force, as its file has it. */
    public Optional<Note> current() {
        return outlook.head()
                .map(it -> it.at(time()))
                .flatMap(it -> notes.read(it.digest(), new ArrayList<>()))
                .map(NoteFolder.Signed::note);
    }

    /**
     * Drafts the statement for a policy document, against what is in force.
     *
     * @param lasting how long it is to hold once it does; of a weakening that is after the delay
     */
    public Draft draftPolicy(
            String name, String document, Optional<String> reason, Optional<Duration> lasting) {
        return inTurn(() -> drafts.policy(name, document, reason, lasting, time()));
    }

    /** The same for a document that says whose signatures count. */
    public Draft draftTrust(String name, String document, Optional<String> reason) {
        return inTurn(() -> drafts.trust(name, document, reason));
    }

    /** The same for going back to the policy before. */
    public Draft draftRollback(Optional<String> reason) {
        return inTurn(() -> drafts.rollback(reason, time()));
    }

    /** The same for the end of the set-up phase. */
    public Draft draftSeal() {
        return inTurn(() -> drafts.seal(time()));
    }

    /** Signs a draft, or adds a signature to what others have signed. */
    public static Note sign(Statement statement, SigningKey key) {
        return Note.sign(statement.text(), key);
    }

    /** Adds a signature to what others have signed. */
    public static Note sign(Note note, SigningKey key) {
        return note.with(key.sign(note.text().getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Hands in a signed statement: what the rules allow is done, and stands in the log before this
     * returns.
     *
     * @throws IOException where its file or the log cannot be written; handed in again, it is done
     *     or found done
     */
    public Submitted submit(byte[] note, Trail trail) throws IOException {
        return PolicyKeeper.<Submitted, IOException>inTurn(
                () -> {
                    catchUp(trail);
                    Submission submission = new Submission(chain, notes, readings, trail);
                    return submission.of(note, this::time, () -> catchUp(trail), this::inForce);
                });
    }

    private void catchUp(Trail trail) throws IOException {
        long size = trail.publish();
        catchUp(trail.reader(), size);
    }

    /** What a statement would change, for a person to read before they sign. */
    public Optional<Amendment> amendment(Statement statement) {
        return inTurn(() -> drafts.amendment(statement, time()));
    }

    /** What came into force when, oldest first. */
    public List<Event> history() {
        return inTurn(chain::events);
    }
}
