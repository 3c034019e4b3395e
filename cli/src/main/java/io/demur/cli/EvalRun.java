package io.demur.cli;

import io.demur.core.Problem;
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
import java.time.Duration;
import java.time.InstantSource;
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

    /** As long as an answer may take that is under way. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    /**
     * What a run may cost.
     *
     * @param most nothing where there is no limit
     */
    record Budget(Price price, OptionalDouble most) {}

    /** Begins a run in a new file. */
    int begin(Run run, Path file) throws IOException, InterruptedException {
        Target target = target(run.plan());
        try (RunFile begun = RunFile.create(file, run)) {
            return ask(run, List.of(), target, begun, file);
        }
    }

    /** Reads a run; says what is wrong with it, where anything is. */
    Optional<RunReader.Read> read(Path file) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Optional<RunReader.Read> read = RunReader.read(file, problems);
        problems.forEach(it -> err.println("demur: " + Terminal.plain(it)));
        return read;
    }

    /** Goes on with a run that lacks something. */
    int resume(Path file, RunReader.Read read) throws IOException, InterruptedException {
        Run run = read.run();
        if (!run.plan().judges().equals(judges.ids())) {
            err.printf(
                    "demur: `%s` was judged by %s, and here it would be by %s; one run has one"
                            + " judge%n",
                    file, run.plan().judges(), judges.ids());
            return ExitCode.USAGE;
        }
        boolean failed = run.trials().stream().anyMatch(it -> it.failure().isPresent());
        if (run.trials().size() == run.trialsMax() && !failed) {
            err.printf("demur: `%s` lacks nothing%n", Terminal.plain(file));
            report(file, new Bill(budget.price(), budget.most()));
            return ExitCode.OK;
        }
        Target target = target(run.plan());
        try (RunFile further = RunFile.resume(file, read)) {
            return ask(run, read.begun(), target, further, file);
        }
    }

    private Target target(Plan plan) throws IOException {
        return targets.open(plan.target(), plan.model(), plan.sampling().seed().orElse(0));
    }

    private int ask(Run run, List<Trial> begun, Target target, RunFile to, Path file)
            throws IOException, InterruptedException {
        Pace pace = new Pace(concurrency);
        Bill bill = new Bill(budget.price(), budget.most());
        EvalProgress progress = new EvalProgress(err, run, pace);
        try (Interrupt interrupt =
                Interrupt.listen(GRACE, () -> err.println("demur: answers under way are lost"))) {
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
    }

    private void report(Path file, Bill bill) throws IOException {
        Optional<RunReader.Read> read = read(file);
        if (read.isPresent()) {
            out.print(RunText.summary(read.get().run(), bill));
            out.flush();
        }
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
