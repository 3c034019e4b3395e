package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.core.charter.Amendment;
import io.demur.core.charter.Charter;
import io.demur.core.charter.Direction;
import io.demur.core.charter.Expansion;
import io.demur.core.charter.Settings;
import io.demur.log.note.Note;
import io.demur.record.policy.Statement.PolicyStatement;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Drafts statements over what is in force. */
final class Drafts {

    /** Room for a hundred signatures, in bytes. */
    private static final int SIGNATURES = 100 * 256;

    private final Chain chain;
    private final NoteFolder notes;
    private final Readings readings;

    Drafts(Chain chain, NoteFolder notes, Readings readings) {
        this.chain = chain;
        this.notes = notes;
        this.readings = readings;
    }

    Draft policy(
            String name,
            String given,
            Optional<String> reason,
            Optional<Duration> lasting,
            Instant now) {
        List<Problem> problems = new ArrayList<>(chain.broken());
        String document = given.endsWith("\n") ? given : given + "\n";
        problems.addAll(StatementText.problems(name, document));
        Optional<Charter> read =
                problems.isEmpty() ? readings.charter(name, document, problems) : Optional.empty();
        if (read.isEmpty()) {
            return impossible(problems);
        }
        Optional<Version> base = chain.effective(now);
        Settings.Changes changes = readings.changes(base, name);
        // what expires needs two people and the delay, even where it is stronger while it lasts
        Duration wait = chain.sealed() ? changes.delay() : Duration.ZERO;
        PolicyStatement statement;
        try {
            statement =
                    new PolicyStatement(
                            chain.serialOf(false),
                            base.map(Version::digest),
                            lasting.map(
                                    it -> now.plus(wait).plus(it).truncatedTo(ChronoUnit.SECONDS)),
                            reason,
                            Expansion.digest(read.get()),
                            read.get().settings().judges(),
                            readings.probes(read.get()),
                            document);
        } catch (IllegalArgumentException e) {
            return unwritable(name, e);
        }
        tooLong(name, statement).ifPresent(problems::add);
        base.flatMap(it -> readings.tooWide(it, statement, name)).ifPresent(problems::add);
        Optional<Amendment> amendment = amendment(statement, now);
        if (chain.sealed() && base.isEmpty()) {
            problems.add(Ratchet.sealedOverNothing(name));
        } else if (chain.sealed()
                && readings.direction(base.get(), statement, name) == Direction.WEAKER) {
            boolean endless = readings.isNothing(base.get(), name);
            problems.addAll(Ratchet.missing(reason, lasting.isPresent() || endless, name));
            if (lasting.isPresent() && lasting.get().compareTo(changes.longest()) > 0) {
                problems.add(
                        PolicyProblem.WEAKER.in(
                                name,
                                "it is to last %s, and the policy in force allows %s"
                                        .formatted(lasting.get(), changes.longest()),
                                "let it last for less"));
            }
        }
        return problems.isEmpty()
                ? new Draft.Ready(statement, amendment)
                : new Draft.Impossible(problems, amendment);
    }

    Draft trust(String name, String given, Optional<String> reason) {
        List<Problem> problems = new ArrayList<>(chain.broken());
        String document = given.endsWith("\n") ? given : given + "\n";
        problems.addAll(StatementText.problems(name, document));
        if (problems.isEmpty()) {
            Optional<Trust> read = readings.trust(name, document, problems);
            if (read.isPresent() && chain.sealed()) {
                problems.addAll(Ratchet.missing(reason, true, name));
            }
        }
        if (!problems.isEmpty()) {
            return impossible(problems);
        }
        try {
            Statement statement =
                    new Statement.TrustStatement(
                            chain.serialOf(true), chain.trusted(), reason, document);
            Optional<Problem> length = tooLong(name, statement);
            return length.isPresent()
                    ? impossible(List.of(length.get()))
                    : new Draft.Ready(statement, Optional.empty());
        } catch (IllegalArgumentException e) {
            return unwritable(name, e);
        }
    }

    Draft rollback(Optional<String> reason, Instant now) {
        Optional<Version> from = chain.effective(now);
        Optional<Version> to = chain.back(now);
        if (from.isEmpty() || to.isEmpty() || !chain.broken().isEmpty()) {
            List<Problem> problems = new ArrayList<>(chain.broken());
            if (problems.isEmpty()) {
                problems.add(
                        PolicyProblem.ROLLBACK.in(
                                notes.path().toString(),
                                "there is no policy before this one that could be gone back to",
                                "sign the policy that you want"));
            }
            return impossible(problems);
        }
        try {
            return ruled(
                    new Statement.RollbackStatement(
                            chain.serialOf(false), from.get().digest(), to.get().digest(), reason),
                    now);
        } catch (IllegalArgumentException e) {
            return unwritable("the reason", e);
        }
    }

    Draft seal(Instant now) {
        Optional<Version> policy = chain.effective(now);
        if (policy.isEmpty() || chain.trusted().isEmpty() || !chain.broken().isEmpty()) {
            List<Problem> problems = new ArrayList<>(chain.broken());
            if (problems.isEmpty()) {
                problems.add(
                        PolicyProblem.NONE.in(
                                notes.path().toString(),
                                "no policy is in force that could be sealed in",
                                "`demur policy init` makes one to start from"));
            }
            return impossible(problems);
        }
        return ruled(
                new Statement.SealStatement(
                        chain.serialOf(false),
                        policy.get().digest(),
                        chain.trusted().orElseThrow()),
                now);
    }

    /** As it would be ruled on if an author signed it now. */
    private Draft ruled(Statement statement, Instant now) {
        Trust trust = chain.trust().orElseThrow();
        Admission admission =
                chain.ratchet()
                        .rule(
                                chain,
                                statement,
                                trust.having(Principal.Role.AUTHOR),
                                now,
                                notes.path().toString());
        return admission instanceof Admission.No no
                ? impossible(no.problems())
                : new Draft.Ready(statement, amendment(statement, now));
    }

    /** Where a statement leaves no room for the signatures of many. */
    static Optional<Problem> tooLong(String name, Statement statement) {
        int length = statement.text().getBytes(StandardCharsets.UTF_8).length;
        return length <= Note.BYTES_MAX - SIGNATURES
                ? Optional.empty()
                : Optional.of(
                        PolicyProblem.DOCUMENT.in(
                                name,
                                ("the statement has %,d bytes; %,d are the most, so that"
                                                + " signatures fit")
                                        .formatted(length, Note.BYTES_MAX - SIGNATURES),
                                "make it shorter"));
    }

    private static Draft unwritable(String name, IllegalArgumentException why) {
        return impossible(
                List.of(
                        PolicyProblem.DOCUMENT.in(
                                name,
                                String.valueOf(why.getMessage()),
                                "give it in one line, without what nobody sees")));
    }

    private static Draft impossible(List<Problem> problems) {
        return new Draft.Impossible(problems, Optional.empty());
    }

    Optional<Amendment> amendment(Statement statement, Instant now) {
        Optional<PolicyStatement> after =
                switch (statement) {
                    case PolicyStatement it -> Optional.of(it);
                    case Statement.RollbackStatement it ->
                            chain.back(now)
                                    .filter(to -> to.digest().equals(it.to()))
                                    .flatMap(Version::statement);
                    case Statement.TrustStatement it -> Optional.empty();
                    case Statement.SealStatement it -> Optional.empty();
                };
        return after.flatMap(
                to ->
                        chain.effective(now)
                                .filter(Version::believed)
                                .flatMap(Version::statement)
                                .flatMap(
                                        from ->
                                                readings.between(
                                                        from, to, notes.name(to.digest()))));
    }

    /** Whether the statement of a digest was made over what is in force, and has not run out. */
    boolean fits(String digest, Instant now) {
        Optional<Statement> found =
                notes.read(digest, new ArrayList<>()).map(NoteFolder.Signed::statement);
        return found.isPresent()
                && chain.trust().isPresent()
                && !(admission(found.get(), chain.trust().get(), now, notes.name(digest))
                        instanceof Admission.No);
    }

    /** Whether a statement takes two people, by the rules under which it would be handed in. */
    boolean takesTwo(Statement statement, Instant now) {
        Optional<Trust> trust = chain.trust();
        if (!chain.sealed() || trust.isEmpty()) {
            return false;
        }
        Admission admission = admission(statement, trust.get(), now, notes.path().toString());
        return !(admission instanceof Admission.Now || admission instanceof Admission.No);
    }

    /** What the rules say of a statement once every author has signed it. */
    private Admission admission(Statement statement, Trust trust, Instant now, String file) {
        Set<String> authors = trust.having(Principal.Role.AUTHOR);
        return chain.ratchet().rule(chain, statement, authors, now, file);
    }
}
