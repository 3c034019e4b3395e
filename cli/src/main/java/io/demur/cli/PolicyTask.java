package io.demur.cli;

import io.demur.core.Problem;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.record.policy.InForce;
import io.demur.record.policy.Statement;
import io.demur.record.policy.Submitted;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;

/** One step in the life of a policy, whose failures are sentences rather than stack traces. */
abstract class PolicyTask implements Callable<Integer> {

    /** How the keeper calls what it is handed, which has no name for it. */
    private static final String HANDED_IN = "the statement handed in";

    final Surroundings surroundings;

    @Spec private @Nullable CommandSpec spec;

    PolicyTask(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Does it; what it has to say goes to {@link #out}. */
    abstract int run() throws PolicyFailure, IOException, LogRefused, Malformed;

    @Override
    public final Integer call() {
        return Guarded.run(
                spec,
                () -> {
                    try {
                        return run();
                    } catch (PolicyFailure e) {
                        e.lines().forEach(line -> err().println("demur: " + Terminal.plain(line)));
                        return e.exit();
                    } finally {
                        out().flush();
                        err().flush();
                    }
                });
    }

    /**
     * Hands in a signed statement, and says what became of it.
     *
     * @param note as the user named its file
     * @param data what has to be said behind commands
     */
    final int handIn(
            PolicySession session, Note signed, Statement statement, String note, String data)
            throws PolicyFailure, IOException {
        if (statement instanceof Statement.PolicyStatement
                && session.keeper().inForce() instanceof InForce.Active active
                && session.keeper().current().map(Note::text).equals(Optional.of(signed.text()))) {
            say("In force already: %s. Nothing was changed.", StatementWords.name(active));
            return ExitCode.OK;
        }
        Submitted submitted = session.submit(signed);
        SubmittedWords words = new SubmittedWords(note, data, surroundings.clock().instant());
        say(words.lines(submitted, statement, session.keeper().trust()));
        if (submitted instanceof Submitted.Rejected rejected) {
            throw new PolicyFailure(
                    SubmittedWords.exit(submitted),
                    rejected.problems().stream().map(problem -> said(problem, note)).toList());
        }
        return SubmittedWords.exit(submitted);
    }

    /** A problem, with the file in the user's words where it is that of what was handed in. */
    private static String said(Problem problem, String note) {
        return note.isEmpty() || !problem.where().file().equals(HANDED_IN)
                ? problem.toString()
                : "`%s`: %s%s"
                        .formatted(
                                note,
                                problem.message(),
                                problem.fix().map(fix -> "; " + fix).orElse(""));
    }

    final PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    final PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** Prints lines, as they may stand on a terminal. */
    final void say(Iterable<String> lines) {
        lines.forEach(line -> out().println(Terminal.plain(line)));
    }

    final void say(String format, Object... args) {
        out().println(Terminal.plain(format.formatted(args)).stripTrailing());
    }
}
