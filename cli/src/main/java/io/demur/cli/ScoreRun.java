package io.demur.cli;

import io.demur.core.detect.Detector;
import io.demur.eval.Judge;
import io.demur.eval.Scoring;
import io.demur.eval.SummaryText;
import io.demur.eval.Tally;
import io.demur.eval.Threshold;
import io.demur.files.Input;
import io.demur.files.Inputs;
import io.demur.files.ProblemCode;
import io.demur.files.ReadOptions;
import io.demur.files.output.Json;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One run of {@code demur score}: scores the inputs, says how it went, and finds the exit code.
 *
 * @param detector who judges
 * @param inputs what to read
 * @param options how to read it
 * @param outputs where results go
 * @param by further fields to tell the rates apart by
 * @param thresholds what the summary must keep to
 * @param show how many refusals to show with their words
 * @param strict whether the first unreadable record ends the run
 * @param out for the summary
 * @param err for everything else that is said
 */
record ScoreRun(
        Detector detector,
        Inputs inputs,
        ReadOptions options,
        Outputs outputs,
        List<String> by,
        List<Threshold> thresholds,
        int show,
        boolean strict,
        PrintWriter out,
        PrintWriter err) {

    /** Runs, and gives the exit code. */
    int exitCode() {
        Tally tally = new Tally(detector.id(), by);
        try (ScoreOutput output = open();
                Interrupt interrupt = Interrupt.listen(() -> interruptedLate(tally, output))) {
            boolean stopped = score(tally, output, interrupt);
            output.sayHidden();
            if (interrupt.stop()) {
                return interrupted(tally, output);
            }
            if (stopped) {
                output.completeProblems();
                err.println("demur: stopped at the first unreadable record (--strict)");
                return ExitCode.INPUT_UNREADABLE;
            }
            output.complete(Json.document(tally.fields(false)));
            report(tally, output);
            return exitCode(tally, output.filesWhole());
        } catch (IOException e) {
            err.println(
                    "demur: cannot write the output: " + Terminal.plain(Destination.problem(e)));
            return ExitCode.INTERNAL;
        }
    }

    private ScoreOutput open() throws IOException {
        Progress progress = new Progress(Terminal.err(), Boolean.getBoolean("demur.terminal"));
        ScoreOutput output = new ScoreOutput(err, progress, inputs.inputs(), show, outputs);
        if (strict) {
            output.printOne();
        }
        return output;
    }

    /** Scores all inputs; true where the run stopped before their end. */
    private boolean score(Tally tally, ScoreOutput output, Interrupt interrupt) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (Scoring scoring =
                new Scoring(
                        new Judge(detector),
                        options,
                        tally,
                        output,
                        threads,
                        () -> interrupt.stop() || (strict && tally.unreadable() > 0))) {
            for (Input input : inputs.inputs()) {
                if (!scoring.stopped()) {
                    output.next();
                    scoring.score(input);
                }
            }
            return scoring.stopped() || (strict && tally.unreadable() > 0);
        }
    }

    private int interrupted(Tally tally, ScoreOutput output) throws IOException {
        Optional<Path> rows = output.keepPartial(Json.document(tally.fields(true)));
        err.printf(
                "demur: interrupted after %,d responses%s%n",
                tally.all().responses(),
                rows.map(path -> "; their rows are in " + Terminal.plain(path)).orElse(""));
        err.flush();
        return ExitCode.INTERRUPTED;
    }

    /** The work waits for input: what it has written is kept from the thread of the interrupt. */
    private void interruptedLate(Tally tally, ScoreOutput output) {
        try {
            interrupted(tally, output);
        } catch (IOException e) {
            err.println(
                    "demur: cannot write the output: " + Terminal.plain(Destination.problem(e)));
        }
    }

    private void report(Tally tally, ScoreOutput output) {
        PrintWriter to = outputs.takeStdout() ? err : out;
        to.print(SummaryText.of(tally, output.shown()));
        to.flush();
        for (String field : tally.unknownFields()) {
            err.println("demur: no record has the field `%s` (--by)".formatted(field));
        }
    }

    private int exitCode(Tally tally, boolean filesWhole) {
        if (tally.all().responses() == 0) {
            err.println("demur: no response was read");
            return ExitCode.INPUT_UNREADABLE;
        }
        Map<String, ?> fields = tally.fields(false);
        boolean missed = false;
        for (Threshold threshold : thresholds) {
            Optional<String> message = threshold.missedBy(fields);
            message.ifPresent(said -> err.println("demur: threshold missed: " + said));
            missed |= message.isPresent();
        }
        if (!filesWhole || !inputs.problems().stream().allMatch(ProblemCode::onlyTells)) {
            return ExitCode.INPUT_UNREADABLE;
        }
        return missed ? ExitCode.THRESHOLD_MISSED : ExitCode.OK;
    }
}
