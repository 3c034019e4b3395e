package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.log.note.Malformed;
import io.demur.log.note.VerifierKey;
import io.demur.record.Trail;
import io.demur.record.entry.Entry;
import io.demur.record.entry.PolicyChange;
import io.demur.record.policy.NoteFolder.Signed;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** One statement that is handed in: ruled on, and then written, its file before its entry. */
final class Submission {

    /** How messages call what was handed in. */
    private static final String NAME = "the statement handed in";

    /** How many signers an entry names. */
    static final int NAMED = 12;

    private final Chain chain;
    private final NoteFolder notes;
    private final Readings readings;
    private final Trail trail;

    Submission(Chain chain, NoteFolder notes, Readings readings, Trail trail) {
        this.chain = chain;
        this.notes = notes;
        this.readings = readings;
        this.trail = trail;
    }

    /** Reads what has been written since. */
    @FunctionalInterface
    interface CatchUp {
        void run() throws IOException;
    }

    Submitted of(byte[] bytes, Supplier<Instant> clock, CatchUp catchUp, Supplier<InForce> inForce)
            throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<Signed> read =
                NoteFolder.parse(
                        bytes, NAME, "hand in the file that `demur policy sign` wrote", problems);
        if (read.isEmpty() || !chain.broken().isEmpty()) {
            problems.addAll(chain.broken());
            return new Submitted.Rejected(problems);
        }
        Signed signed = read.get();
        String digest = signed.statement().digest();
        Optional<Problem> tooLong = Drafts.tooLong(NAME, signed.statement());
        if (tooLong.isPresent()) {
            return rejected(tooLong.get());
        }
        Optional<Trust> trust = chain.ratchet().counting(chain, signed.statement(), NAME);
        Set<String> names = Set.of();
        try {
            if (trust.isPresent()) {
                names = trust.get().signers(signed.note());
            }
        } catch (Malformed e) {
            return rejected(
                    PolicyProblem.SIGNATURE.in(
                            NAME,
                            String.valueOf(e.getMessage()),
                            "hand in the file as it was signed"));
        }
        if (chain.latest().equals(Optional.of(digest))
                && (!names.isEmpty() || isTheSame(signed, digest))
                && holds(signed.statement(), clock.get())) {
            return new Submitted.Activated(inForce.get());
        }
        Instant now = clock.get();
        Admission admission = chain.ratchet().rule(chain, signed.statement(), names, now, NAME);
        if (!(admission instanceof Admission.No)
                && signed.statement() instanceof PolicyStatement statement) {
            List<Problem> live = readings.check(statement, NAME);
            admission = live.isEmpty() ? admission : new Admission.No(live);
        }
        return switch (admission) {
            case Admission.No no -> new Submitted.Rejected(no.problems());
            case Admission.Sign sign -> {
                keep(signed, trust.orElseThrow());
                if (!chain.isProposed(digest)) {
                    write(signed, trust.orElseThrow(), "proposed", now);
                    catchUp.run();
                }
                yield new Submitted.NeedsApproval(sign.signed(), sign.could());
            }
            case Admission.Approve unused -> {
                keep(signed, trust.orElseThrow());
                write(signed, trust.orElseThrow(), "approved", now);
                catchUp.run();
                yield waiting(signed, names, clock.get());
            }
            case Admission.Wait wait -> {
                keep(signed, trust.orElseThrow());
                yield new Submitted.Waiting(wait.from(), wait.expires());
            }
            case Admission.Now unused -> {
                keep(signed, trust.orElseThrow());
                write(signed, trust.orElseThrow(), action(signed.statement()), now);
                catchUp.run();
                yield new Submitted.Activated(inForce.get());
            }
        };
    }

    /** Whether it bears a signature that was taken: of a list whose signer is named no more. */
    private boolean isTheSame(Signed signed, String digest) {
        return notes.read(digest, new ArrayList<>())
                .filter(
                        it ->
                                it.note().signatures().stream()
                                        .anyMatch(signed.note().signatures()::contains))
                .isPresent();
    }

    /** Whether what was done last is still so: then it is handed in after a crash, or twice. */
    private boolean holds(Statement statement, Instant now) {
        Optional<String> policy = chain.effective(now).map(Version::digest);
        return switch (statement) {
            case PolicyStatement it -> policy.equals(Optional.of(it.digest()));
            case RollbackStatement it -> policy.equals(Optional.of(it.to()));
            case TrustStatement unused -> true;
            case SealStatement unused -> true;
        };
    }

    private Submitted waiting(Signed signed, Set<String> names, Instant now) {
        Admission admission = chain.ratchet().rule(chain, signed.statement(), names, now, NAME);
        return switch (admission) {
            case Admission.Wait wait -> new Submitted.Waiting(wait.from(), wait.expires());
            case Admission.No no -> new Submitted.Rejected(no.problems());
            case Admission.Sign sign -> new Submitted.NeedsApproval(sign.signed(), sign.could());
            // a delay of nothing
            case Admission.Now unused -> new Submitted.Waiting(now, Instant.MAX);
            case Admission.Approve unused ->
                    rejected(
                            PolicyProblem.LOG.in(
                                    "the log",
                                    "the approval that was written is not found in it",
                                    "`demur log verify` says what is wrong with it"));
        };
    }

    private static Submitted rejected(Problem problem) {
        return new Submitted.Rejected(List.of(problem));
    }

    private void keep(Signed signed, Trust trust) throws IOException {
        try {
            notes.write(signed, trust);
        } catch (IOException e) {
            throw new IOException(
                    "`%s` could not be written: %s"
                            .formatted(notes.name(signed.statement().digest()), e.getMessage()),
                    e);
        }
    }

    private static String action(Statement statement) {
        return switch (statement) {
            case PolicyStatement it -> "activated";
            case TrustStatement it -> "trusted";
            case RollbackStatement it -> "rolled-back";
            case SealStatement it -> "sealed";
        };
    }

    /** Writes the entry, and waits until it is on disk. */
    private void write(Signed signed, Trust trust, String action, Instant now) throws IOException {
        Statement statement = signed.statement();
        Optional<String> before =
                statement instanceof TrustStatement
                        ? chain.trusted()
                        : chain.effective(now).map(Version::digest);
        String after =
                switch (statement) {
                    case RollbackStatement it -> it.to();
                    case SealStatement it -> it.policy();
                    case PolicyStatement it -> it.digest();
                    case TrustStatement it -> it.digest();
                };
        Entry entry =
                new PolicyChange(
                        now,
                        action,
                        before,
                        after,
                        direction(statement, now),
                        by(signed, trust),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(statement.digest()),
                        OptionalLong.of(statement.serial()),
                        statement instanceof PolicyStatement it ? it.expires() : Optional.empty(),
                        action.equals("activated")
                                ? readings.of((PolicyStatement) statement, NAME)
                                        .charter()
                                        .map(it -> it.settings().changes().delay())
                                : Optional.empty(),
                        action.equals("activated")
                                ? readings.of((PolicyStatement) statement, NAME)
                                        .charter()
                                        .map(it -> it.settings().changes().longest())
                                : Optional.empty());
        try {
            trail.append(List.of(entry)).join();
        } catch (CompletionException e) {
            throw new IOException(
                    "the log `%s` could not be written: %s"
                            .formatted(trail.origin(), e.getMessage()),
                    e);
        }
    }

    private String direction(Statement statement, Instant now) {
        Optional<Version> base = chain.effective(now);
        return switch (statement) {
            case PolicyStatement it ->
                    base.map(version -> readings.direction(version, it, NAME).name())
                            .orElse("STRONGER")
                            .toLowerCase(Locale.ROOT);
            case RollbackStatement it ->
                    chain.back(now)
                            .flatMap(Version::statement)
                            .flatMap(to -> base.map(from -> readings.direction(from, to, NAME)))
                            .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                            .orElse("weaker");
            case TrustStatement it -> it.replaces().isPresent() ? "weaker" : "equal";
            case SealStatement it -> "stronger";
        };
    }

    private static List<String> by(Signed signed, Trust trust) {
        List<String> ids = new ArrayList<>();
        try {
            for (VerifierKey key : signed.note().signers(trust.keys())) {
                ids.add(Trust.named(key));
            }
        } catch (Malformed e) {
            throw new IllegalStateException("checked before", e);
        }
        return List.copyOf(ids.subList(0, Math.min(ids.size(), NAMED)));
    }
}
