package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Direction;
import io.demur.core.charter.Settings;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.VerifierKey;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.NoteFolder.Signed;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.TrustStatement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the log's entries POLICY have led: a fold over them, in which each is believed only as far
 * as the statement's file and the rules bear it out.
 *
 * <p>A policy that is not borne out stands in the chain all the same, and everything is refused
 * while it is there: to pass over it would bring back what was there before, which may be weaker.
 * Where it is the list of principals, nothing after it can be believed.
 *
 * <p>Not safe for use by several threads.
 */
final class Chain {

    private final NoteFolder notes;
    private final Readings readings;
    private final Ratchet ratchet;
    private final List<Problem> broken = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Instant> approved = new HashMap<>();
    private final Set<String> proposed = new HashSet<>();
    private Optional<Trust> trust = Optional.empty();
    private Optional<String> trusted = Optional.empty();
    private Optional<Version> head = Optional.empty();
    private Optional<String> latest = Optional.empty();
    private boolean sealed;
    private long policies;
    private long trusts;

    Chain(NoteFolder notes, Readings readings) {
        this.notes = notes;
        this.readings = readings;
        this.ratchet = new Ratchet(readings);
    }

    /** Why nothing can be believed, if so. */
    List<Problem> broken() {
        return List.copyOf(broken);
    }

    void breakOff(Problem problem) {
        broken.add(problem);
    }

    Optional<Trust> trust() {
        return trust;
    }

    /** The digest of the trust statement. */
    Optional<String> trusted() {
        return trusted;
    }

    boolean sealed() {
        return sealed;
    }

    /**
     * The serial that a statement has to have. Lists of principals are counted on their own: what
     * one author activates must not outdate a list that is to take that author's key away. It is
     * how many took effect, and not what they say of themselves, so that none can use it up.
     */
    long serialOf(boolean list) {
        return (list ? trusts : policies) + 1;
    }

    /** The digest of the statement that took effect last. */
    Optional<String> latest() {
        return latest;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    Optional<Version> head() {
        return head;
    }

    /** What holds at a time. */
    Optional<Version> effective(Instant at) {
        return head.map(it -> it.at(at));
    }

    /** What a roll-back goes to, if it is possible. */
    Optional<Version> back(Instant at) {
        return head.filter(it -> it.next().filter(next -> !at.isBefore(next.at())).isEmpty())
                .flatMap(Version::before);
    }

    /** When a weakening was approved. */
    Optional<Instant> approved(String digest) {
        return Optional.ofNullable(approved.get(digest));
    }

    boolean isProposed(String digest) {
        return proposed.contains(digest);
    }

    Ratchet ratchet() {
        return ratchet;
    }

    /** Takes the next entry. */
    void take(long index, PolicyChange entry) {
        String digest = entry.statement().orElse(entry.after());
        List<Problem> problems = new ArrayList<>();
        Optional<Signed> file = notes.read(digest, fix(entry), problems);
        Set<String> signed = file.map(it -> signers(it, digest, problems)).orElse(Set.of());
        Set<String> then = file.map(it -> signedThen(it, entry, signed)).orElse(signed);
        events.add(event(index, entry, digest, file.map(Signed::statement), then));
        if (!broken.isEmpty()) {
            sealed |= entry.action().equals("sealed");
            return;
        }
        String name = notes.name(digest);
        Optional<Admission> admission =
                problems.isEmpty()
                        ? file.map(
                                it -> ratchet.borne(this, it.statement(), signed, entry.at(), name))
                        : Optional.empty();
        boolean now = admission.isPresent() && admission.get() instanceof Admission.Now;
        admission.ifPresent(it -> problems.addAll(it.against(entry.action(), entry.at(), name)));
        switch (entry.action()) {
            case "proposed" -> proposed.add(digest);
            case "approved" ->
                    admission
                            .filter(Admission.Approve.class::isInstance)
                            .ifPresent(it -> approved.put(digest, entry.at()));
            case "activated" -> {
                activate(entry, digest, file.map(Signed::statement), problems, name);
                took(digest, entry);
            }
            case "rolled-back" -> {
                boolean goesBack =
                        now
                                && file.orElseThrow().statement()
                                        instanceof Statement.RollbackStatement;
                head =
                        goesBack
                                ? back(entry.at()).map(it -> it.again(entry.at()))
                                : Optional.of(unbelieved(entry, Optional.empty(), problems));
                took(digest, entry);
            }
            case "sealed" -> {
                // whoever wrote it: nothing gets weaker by it, and nothing undoes it
                sealed = true;
                head = head.map(Version::alone);
                took(digest, entry);
            }
            case "trusted" -> {
                trust(now, file.map(Signed::statement), digest, problems, name);
                took(digest, entry);
            }
            default -> throw new IllegalStateException(entry.action());
        }
    }

    /** What to do where the file of a statement is lost. */
    private static String fix(PolicyChange entry) {
        return entry.action().equals("trusted")
                ? "put it back from a copy of the folder: without it nobody's signature counts"
                : "put it back from a copy of the folder, or sign a policy in its place:"
                        .concat(" once sealed that takes two people and the wait");
    }

    /** The keys that count now and have signed a statement that the log names. */
    Set<VerifierKey> tried() {
        Set<VerifierKey> tried = new HashSet<>();
        List<VerifierKey> keys = trust.map(Trust::keys).orElse(List.of());
        for (String digest : events.stream().map(Event::digest).distinct().toList()) {
            notes.read(digest, new ArrayList<>())
                    .ifPresent(file -> tried.addAll(signers(file.note(), keys)));
        }
        return tried;
    }

    /** None where one signature is false: then the whole note is worth nothing. */
    private static Set<VerifierKey> signers(Note note, List<VerifierKey> keys) {
        try {
            return note.signers(keys);
        } catch (Malformed e) {
            return Set.of();
        }
    }

    private void took(String digest, PolicyChange entry) {
        latest = Optional.of(digest);
        if (entry.action().equals("trusted")) {
            trusts++;
        } else {
            policies++;
        }
    }

    /** Who signed it, of those whose signatures count now. */
    private Set<String> signers(Signed signed, String digest, List<Problem> problems) {
        String name = notes.name(digest);
        try {
            Optional<Trust> counting = ratchet.counting(this, signed.statement(), name);
            return counting.isEmpty() ? Set.of() : counting.get().signers(signed.note());
        } catch (Malformed e) {
            problems.add(
                    PolicyProblem.SIGNATURE.in(
                            name,
                            String.valueOf(e.getMessage()),
                            "put the file back from a copy of the folder"));
            return Set.of();
        }
    }

    /**
     * Who of these had signed when the entry was written: a file gathers the signatures that come
     * after it. Of as many as an entry has room for, some may not be named there.
     */
    private Set<String> signedThen(Signed file, PolicyChange entry, Set<String> signed) {
        if (entry.by().size() >= Submission.NAMED) {
            return signed;
        }
        Optional<Trust> counting =
                ratchet.counting(this, file.statement(), notes.name(file.statement().digest()));
        Set<String> then = new LinkedHashSet<>(signed);
        then.retainAll(counting.map(it -> it.named(entry.by())).orElse(Set.of()));
        return then;
    }

    private void activate(
            PolicyChange entry,
            String digest,
            Optional<Statement> read,
            List<Problem> problems,
            String name) {
        Optional<Version> was = effective(entry.at());
        Optional<Version> base = was.map(Version::alone);
        problems.addAll(disagreeing(entry, read, name));
        if (problems.isEmpty() && read.orElseThrow() instanceof PolicyStatement statement) {
            List<Version.Lapse> lapses = new ArrayList<>();
            if (sealed) {
                base.stream()
                        .flatMap(it -> it.lapses().stream())
                        // what is not believed is nothing to go back to, once two have waited
                        .filter(it -> it.to().believed() || !approved.containsKey(digest))
                        .filter(it -> !readings.isAtLeast(statement, it.to(), name))
                        .forEach(lapses::add);
            }
            statement
                    .expires()
                    .flatMap(end -> base.map(it -> new Version.Lapse(end, it)))
                    .ifPresent(lapses::add);
            Optional<Version> kept =
                    was.filter(it -> lapses.isEmpty() && keepsTarget(it, statement, entry, name));
            head =
                    Optional.of(
                            new Version(
                                    digest,
                                    kept.map(Version::since).orElse(entry.at()),
                                    lapses,
                                    kept.isPresent() ? kept.get().before() : base,
                                    Optional.of(statement),
                                    entry.changes(),
                                    List.of()));
        } else {
            head = Optional.of(unbelieved(entry, base, problems));
        }
        approved.remove(digest);
    }

    /** Whether what changes nothing leaves a roll-back where it was, so that it moves nothing. */
    private boolean keepsTarget(
            Version was, PolicyStatement statement, PolicyChange entry, String name) {
        return was.before().isPresent()
                && !entry.at().isAfter(was.since().plus(Ratchet.BACK))
                && readings.direction(was, statement, name) == Direction.EQUAL;
    }

    /** Where the log says another delay than the policy that it names. */
    private List<Problem> disagreeing(PolicyChange entry, Optional<Statement> read, String name) {
        Optional<Settings.Changes> said =
                read.filter(PolicyStatement.class::isInstance)
                        .flatMap(it -> readings.of((PolicyStatement) it, name).charter())
                        .map(it -> it.settings().changes());
        return said.isEmpty() || entry.changes().isEmpty() || said.equals(entry.changes())
                ? List.of()
                : List.of(
                        PolicyProblem.MALFORMED.in(
                                name,
                                "the log says another delay, or another longest time, than it",
                                "`demur log verify` says whether the log is whole"));
    }

    /** What stands where something should that is not borne out. */
    private Version unbelieved(
            PolicyChange entry, Optional<Version> before, List<Problem> problems) {
        List<Problem> why = new ArrayList<>(problems);
        if (why.isEmpty()) {
            why.add(
                    PolicyProblem.MALFORMED.in(
                            notes.name(entry.statement().orElse(entry.after())),
                            "the log says `%s` of it, which cannot be said of such a statement"
                                    .formatted(entry.action()),
                            "`demur log verify` says whether the log is whole"));
        }
        return new Version(
                entry.after(),
                entry.at(),
                List.of(),
                before,
                Optional.empty(),
                entry.changes(),
                why);
    }

    private void trust(
            boolean now,
            Optional<Statement> read,
            String digest,
            List<Problem> problems,
            String name) {
        if (now && read.orElseThrow() instanceof TrustStatement statement) {
            trust = readings.trust(name, statement.document(), problems);
            trusted = Optional.of(digest);
            approved.clear();
        }
        broken.addAll(problems);
        if (broken.isEmpty() && !trusted.equals(Optional.of(digest))) {
            broken.add(
                    PolicyProblem.MALFORMED.in(
                            name,
                            "the log names it as a list of principals, which it is not",
                            "`demur log verify` says whether the log is whole"));
        }
    }

    private Event event(
            long index,
            PolicyChange entry,
            String digest,
            Optional<Statement> statement,
            Set<String> signed) {
        Optional<String> reason =
                statement.flatMap(
                        it ->
                                switch (it) {
                                    case PolicyStatement policy -> policy.reason();
                                    case TrustStatement list -> list.reason();
                                    case Statement.RollbackStatement back -> back.reason();
                                    case Statement.SealStatement seal -> Optional.empty();
                                });
        return new Event(
                index,
                entry.at(),
                entry.action(),
                digest,
                entry.direction(),
                signed.isEmpty() ? entry.by() : List.copyOf(signed),
                reason,
                entry.expires());
    }
}
