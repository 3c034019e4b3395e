package io.demur.cli;

import io.demur.core.Problem;
import io.demur.record.policy.InForce;
import io.demur.record.policy.Statement;
import io.demur.record.policy.Statement.PolicyStatement;
import io.demur.record.policy.Statement.RollbackStatement;
import io.demur.record.policy.Statement.SealStatement;
import io.demur.record.policy.Statement.TrustStatement;
import io.demur.record.policy.Submitted;
import io.demur.record.policy.Trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says in words what became of a statement that was handed in, and what to do next.
 *
 * @param again the words after {@code demur policy}, for who has to go on with the same statement
 * @param data what has to be said behind each command
 * @param now what time it is
 */
record SubmittedWords(String again, String data, Instant now) {

    /** The exit code that says it. */
    static int exit(Submitted submitted) {
        return switch (submitted) {
            case Submitted.Activated done -> ExitCode.OK;
            case Submitted.NeedsApproval open -> ExitCode.PROBLEMS_FOUND;
            case Submitted.Waiting waiting -> ExitCode.PROBLEMS_FOUND;
            case Submitted.Rejected rejected -> ExitCode.INPUT_UNREADABLE;
        };
    }

    /** What became of it; nothing where it was rejected, which is an error. */
    List<String> lines(Submitted submitted, Statement statement, Optional<Trust> trust) {
        return switch (submitted) {
            case Submitted.Activated done -> activated(done.now(), statement, trust);
            case Submitted.NeedsApproval open -> needs(open);
            case Submitted.Waiting waiting ->
                    List.of(
                            "Approved, and on record. It can come into force from %s%s."
                                    .formatted(
                                            SaidTime.at(waiting.from(), now),
                                            ceases(statement)
                                                    ? ", and ceases "
                                                            + SaidTime.at(waiting.expires(), now)
                                                    : ""),
                            "Until then nothing changes. Then hand it in again:",
                            "  demur policy activate %s%s".formatted(again, data));
            case Submitted.Rejected rejected -> List.of();
        };
    }

    private static boolean ceases(Statement statement) {
        return statement instanceof PolicyStatement policy && policy.expires().isPresent();
    }

    private List<String> needs(Submitted.NeedsApproval open) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "On record, and not in force: it weakens, and %s alone %s signed it."
                        .formatted(
                                TrustWords.list(open.signed(), "and"),
                                open.signed().size() == 1 ? "has" : "have"));
        if (open.couldApprove().isEmpty()) {
            lines.add(
                    "Nobody else may approve it: trust has to name another person with the role"
                            + " `approver`.");
        } else {
            lines.add(
                    "It needs the signature of %s as well:"
                            .formatted(TrustWords.list(open.couldApprove(), "or")));
            lines.add("  demur policy approve %s%s".formatted(again, data));
        }
        return lines;
    }

    private List<String> activated(InForce force, Statement statement, Optional<Trust> trust) {
        List<String> lines = new ArrayList<>();
        switch (statement) {
            case PolicyStatement policy -> lines.addAll(inForce("In force from now on", force));
            case RollbackStatement back -> lines.addAll(inForce("In force again", force));
            case TrustStatement people -> {
                lines.add("From now on these sign:");
                trust.ifPresent(all -> lines.addAll(TrustWords.people(all)));
                if (force instanceof InForce.RefuseAll) {
                    lines.add("There is no policy in force yet: everything is refused.");
                }
            }
            case SealStatement seal -> {
                lines.add("Sealed. The set-up phase is over, for good.");
                lines.add("To do less now takes two people, a reason, an expiry and time.");
            }
        }
        return lines;
    }

    private List<String> inForce(String how, InForce force) {
        List<String> lines = new ArrayList<>();
        switch (force) {
            case InForce.Active active -> {
                lines.add("%s: %s.".formatted(how, StatementWords.name(active)));
                active.until()
                        .ifPresent(
                                until ->
                                        lines.add(
                                                "It ceases %s; then the one before it holds again."
                                                        .formatted(SaidTime.at(until, now))));
                if (active.settingUp()) {
                    lines.add(
                            "This is still the set-up phase; `demur policy seal%s` ends it."
                                    .formatted(data));
                }
            }
            case InForce.RefuseAll none -> {
                lines.add("It was taken, and yet everything is refused:");
                none.problems().stream().map(Problem::toString).forEach(lines::add);
            }
        }
        return lines;
    }
}
