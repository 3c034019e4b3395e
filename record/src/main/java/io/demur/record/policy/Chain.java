package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.log.note.Malformed;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.NoteFolder.Signed;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.TrustStatement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final List<PolicyKeeper.Event> events = new ArrayList<>();
    private final Map<String, Instant> approved = new HashMap<>();
    private final Set<String> proposed = new HashSet<>();
    private Optional<Trust> trust = Optional.empty();
    private Optional<String> trusted = Optional.empty();
    private Optional<Version> head = Optional.empty();
    private Optional<String> latest = Optional.empty();
    private boolean sealed;
    private long serial;

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

    /** The largest that was in force. */
    long serial() {
        return serial;
    }

    /** The digest of the statement that took effect last. */
    Optional<String> latest() {
        return latest;
    }

    List<PolicyKeeper.Event> events() {
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
        Optional<Signed> file = notes.read(digest, problems);
        Set<String> signed = file.map(it -> signers(it, digest, problems)).orElse(Set.of());
        events.add(event(index, entry, digest, file.map(Signed::statement), signed));
        if (!broken.isEmpty()) {
            return;
        }
        String name = notes.name(digest);
        Optional<Ruling> ruling =
                problems.isEmpty()
                        ? file.map(
                                it -> ratchet.rule(this, it.statement(), signed, entry.at(), name))
                        : Optional.empty();
        boolean now = ruling.isPresent() && ruling.get() instanceof Ruling.Now;
        if (ruling.isPresent() && !now) {
            problems.addAll(unfounded(entry, ruling.get(), name));
        }
        switch (entry.action()) {
            case "proposed" -> proposed.add(digest);
            case "approved" -> {
                if (ruling.isPresent() && ruling.get() instanceof Ruling.Approve) {
                    approved.put(digest, entry.at());
                }
            }
            case "activated" -> {
                activate(entry, digest, file.map(Signed::statement), problems, name);
                took(digest, entry, file);
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
                took(digest, entry, file);
            }
            case "sealed" -> {
                // whoever wrote it: nothing gets weaker by it, and nothing undoes it
                sealed = true;
                head = head.map(Version::alone);
                approved.clear();
                took(digest, entry, file);
            }
            case "trusted" -> {
                trust(now, file.map(Signed::statement), digest, problems, name);
                took(digest, entry, file);
            }
            default -> throw new IllegalStateException(entry.action());
        }
    }

    private void took(String digest, PolicyChange entry, Optional<Signed> file) {
        latest = Optional.of(digest);
        long its = file.map(it -> it.statement().serial()).orElse(entry.serial().orElse(0));
        serial = Math.max(serial, its);
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

    private static List<Problem> unfounded(PolicyChange entry, Ruling ruling, String name) {
        return switch (ruling) {
            case Ruling.No no -> no.problems();
            case Ruling.Now unused -> List.of();
            case Ruling.Sign sign ->
                    List.of(
                            PolicyProblem.SIGNATURE.in(
                                    name,
                                    "the log says that it was %s, and it lacks the signature of one who approves"
                                            .formatted(entry.action()),
                                    "put the file back from a copy of the folder"));
            case Ruling.Approve unused ->
                    List.of(
                            PolicyProblem.WEAKER.in(
                                    name,
                                    "the log says that it was %s, and not that it was approved before"
                                            .formatted(entry.action()),
                                    "draft it anew, and have it signed"));
            case Ruling.Wait wait ->
                    List.of(
                            PolicyProblem.WEAKER.in(
                                    name,
                                    "the log says that it was %s at %s, and it had to wait until %s"
                                            .formatted(entry.action(), entry.at(), wait.from()),
                                    "draft it anew, and have it signed"));
        };
    }

    private void activate(
            PolicyChange entry,
            String digest,
            Optional<Statement> read,
            List<Problem> problems,
            String name) {
        Optional<Version> base = effective(entry.at()).map(Version::alone);
        if (problems.isEmpty() && read.orElseThrow() instanceof PolicyStatement statement) {
            List<Version.Lapse> lapses = new ArrayList<>();
            if (sealed && base.isPresent()) {
                base.get().lapses().stream()
                        .filter(it -> !readings.isAtLeast(statement, it.to(), name))
                        .forEach(lapses::add);
            }
            if (statement.expires().isPresent() && base.isPresent()) {
                lapses.add(new Version.Lapse(statement.expires().get(), base.get()));
            }
            head =
                    Optional.of(
                            new Version(
                                    digest,
                                    entry.at(),
                                    lapses,
                                    base,
                                    Optional.of(statement),
                                    List.of()));
        } else {
            head = Optional.of(unbelieved(entry, base, problems));
        }
        approved.remove(digest);
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
        return new Version(entry.after(), entry.at(), List.of(), before, Optional.empty(), why);
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

    private PolicyKeeper.Event event(
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
        return new PolicyKeeper.Event(
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
