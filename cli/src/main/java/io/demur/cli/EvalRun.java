package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.report.RunSummary;
import io.demur.eval.run.Bill;
import io.demur.eval.run.Ending;
import io.demur.eval.run.Judges;
import io.demur.eval.run.Pace;
import io.demur.eval.run.Patience;
import io.demur.eval.run.Plan;
import io.demur.eval.run.Price;
import io.demur.eval.run.Run;
import io.demur.eval.run.RunFile;
import io.demur.eval.run.RunReader;
import io.demur.eval.run.RunText;
import io.demur.eval.run.Runner;
import io.demur.eval.run.Target;
import io.demur.eval.run.Trial;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run of {@code demur eval}: says what it will take, asks, and says how it went.
 *
 * @param judges who judges the answers
 * @param targets whom they are asked of
 * @param concurrency how much is asked at once, at most
 * @param budget what it may cost
 * @param out for the results
 * @param err for everything else that is said
 */
record EvalRun(
        Judges judges,
        TargetOptions targets,
        int concurrency,
        Budget budget,
        PrintWriter out,
        PrintWriter err) {

    /**
     * What a run may cost.
     *
     * @param most nothing where there is no limit
     */
    record Budget(Price price, OptionalDouble most) {}

    /** Begins a run in a new file. */
    int begin(Run run, Path file) throws IOException, InterruptedException {
        Target target = target(run.plan());
        Optional<RunFile> begun = RunFile.create(file, run);
        if (begun.isEmpty()) {
            return taken(file);
        }
        try (Interrupt interrupt = Interrupt.whileAsking(err);
                RunFile to = begun.get()) {
            return ask(run, List.of(), target, to, file, interrupt);
        }
    }

    /** Goes on with a run, where it lacks something. */
    int resume(Path file) throws IOException, InterruptedException {
        Optional<RunFile> open = RunFile.open(file);
        if (open.isEmpty()) {
            return taken(file);
        }
        try (Interrupt interrupt = Interrupt.whileAsking(err);
                RunFile to = open.get()) {
            List<Problem> problems = new ArrayList<>();
            Optional<RunReader.Read> read = to.read(problems);
            ProblemPrinter.print(err, problems);
            if (read.isEmpty()) {
                return ExitCode.INPUT_UNREADABLE;
            }
            Run run = read.get().run();
            if (!run.plan().judges().equals(judges.ids())) {
                return otherJudges(file, run.plan());
            }
            if (lacksNothing(run)) {
                if (run.finished().isEmpty()) {
                    // it was ended behind its last answer, before it could say so
                    to.finish(InstantSource.system().instant().truncatedTo(ChronoUnit.MICROS));
                }
                return nothingMore(file, run);
            }
            return ask(run, read.get().begun(), target(run.plan()), to, file, interrupt);
        }
    }

    private int otherJudges(Path file, Plan plan) {
        err.printf(
                "demur: `%s` was judged by %s, and here it would be by %s; one run has one judge%n",
                Terminal.plain(file), plan.judges(), judges.ids());
        return ExitCode.USAGE;
    }

    private static boolean lacksNothing(Run run) {
        boolean failed = run.trials().stream().anyMatch(it -> it.failure().isPresent());
        return run.trials().size() == run.trialsMax() && !failed;
    }

    private int nothingMore(Path file, Run run) {
        err.printf("demur: `%s` lacks nothing%n", Terminal.plain(file));
        Bill bill = bill();
        bill.add(run, List.of());
        report(file, bill);
        return ExitCode.OK;
    }

    private int taken(Path file) {
        err.printf(
                "demur: another `demur eval` is asking what stands in `%s`; wait for its end, or"
                        + " stop it, and go on with --resume%n",
                Terminal.plain(file));
        return ExitCode.INPUT_UNREADABLE;
    }

    private Bill bill() {
        return new Bill(budget.price(), budget.most());
    }

    private Target target(Plan plan) throws IOException {
        return targets.open(plan.target(), plan.model(), plan.sampling().seed().orElse(0));
    }

    private int ask(
            Run run, List<Trial> begun, Target target, RunFile to, Path file, Interrupt interrupt)
            throws IOException, InterruptedException {
        Bill bill = bill();
        Pace pace = new Pace(concurrency);
        EvalProgress progress = new EvalProgress(err, run, pace);
        Runner runner =
                new Runner(
                        run,
                        begun,
                        target,
                        judges,
                        pace,
                        bill,
                        Patience.USUAL,
                        progress,
                        InstantSource.system(),
                        interrupt::stop);
        err.println(Terminal.plain(RunText.effort(run, runner.effort(), budget.price())));
        err.flush();
        Ending ending = runner.run(to);
        progress.clear();
        report(file, bill);
        return ended(ending, file);
    }

    /** Of the file, as any other command reads it. */
    private void report(Path file, Bill bill) {
        RunFiles.read(file, err)
                .ifPresent(
                        run -> {
                            out.print(RunSummary.of(run, bill));
                            out.flush();
                        });
    }

    private int ended(Ending ending, Path file) {
        String goesOn = "; `demur eval --resume %s` goes on".formatted(Terminal.plain(file));
        switch (ending) {
            case Ending.Whole whole -> {
                return ExitCode.OK;
            }
            case Ending.Stopped stopped -> {
                err.println("demur: interrupted" + goesOn);
                err.flush();
                return ExitCode.INTERRUPTED;
            }
            case Ending.TooDear dear ->
                    err.println("demur: stopped before it costs more than --max-cost" + goesOn);
            case Ending.Unusable unusable ->
                    err.println("demur: stopped: " + Terminal.plain(unusable.message()) + goesOn);
        }
        err.flush();
        return ExitCode.INPUT_UNREADABLE;
    }
}
