package io.demur.cli;

import io.demur.eval.Pipeline;
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
 * One run of a command over files: carries them through its judges, says how it went, and finds the
 * exit code.
 *
 * @param <R> what is said about one answer or request
 * @param batch what the command makes of the files
 * @param inputs what to read
 * @param options how to read it
 * @param outputs where results go
 * @param thresholds what the summary must keep to
 * @param show how many rows to show with their words
 * @param strict whether the first unreadable record ends the run
 * @param out for the summary
 * @param err for everything else that is said
 */
record BatchRun<R>(
        Batch<R> batch,
        Inputs inputs,
        ReadOptions options,
        Outputs outputs,
        List<Threshold> thresholds,
        int show,
        boolean strict,
        PrintWriter out,
        PrintWriter err) {

    /** Runs, and gives the exit code. */
    int exitCode() {
        try (RunOutput<R> output = open();
                Interrupt interrupt = Interrupt.listen(() -> interruptedLate(output))) {
            boolean stopped = carry(output, interrupt);
            output.sayHidden();
            if (interrupt.stop()) {
                return interrupted(output);
            }
            if (stopped) {
                output.completeProblems();
                err.println("demur: stopped at the first unreadable record (--strict)");
                return ExitCode.INPUT_UNREADABLE;
            }
            output.complete(Json.document(batch.summary(false)));
            report(output);
            return exitCode(output.filesWhole());
        } catch (IOException e) {
            if (outputs.takeStdout() && StandardOutput.isUnread(e)) {
                return ExitCode.UNREAD;
            }
            err.println(
                    "demur: cannot write the output: " + Terminal.plain(Destination.problem(e)));
            return ExitCode.INTERNAL;
        }
    }

    private RunOutput<R> open() throws IOException {
        Progress progress =
                new Progress(Terminal.err(), Boolean.getBoolean("demur.terminal"), batch.noun());
        RunOutput<R> output = new RunOutput<>(batch, err, progress, inputs.inputs(), show, outputs);
        if (strict) {
            output.printOne();
        }
        return output;
    }

    /** Carries all inputs; true where the run stopped before their end. */
    private boolean carry(RunOutput<R> output, Interrupt interrupt) throws IOException {
        try (Pipeline<?> pipeline =
                batch.start(
                        options,
                        output,
                        () -> interrupt.stop() || (strict && batch.unreadable() > 0))) {
            for (Input input : inputs.inputs()) {
                if (!pipeline.stopped()) {
                    output.next();
                    pipeline.read(input);
                }
            }
            return pipeline.stopped() || (strict && batch.unreadable() > 0);
        }
    }

    private int interrupted(RunOutput<R> output) throws IOException {
        Optional<Path> rows = output.keepPartial(Json.document(batch.summary(true)));
        err.printf(
                "demur: interrupted after %,d %s%s%n",
                batch.judged(),
                batch.noun(),
                rows.map(path -> "; their rows are in " + Terminal.plain(path)).orElse(""));
        err.flush();
        return ExitCode.INTERRUPTED;
    }

    /** The work waits for input: what it has written is kept from the thread of the interrupt. */
    private void interruptedLate(RunOutput<R> output) {
        try {
            interrupted(output);
        } catch (IOException e) {
            err.println(
                    "demur: cannot write the output: " + Terminal.plain(Destination.problem(e)));
        }
    }

    private void report(RunOutput<R> output) {
        PrintWriter to = outputs.takeStdout() ? err : out;
        to.print(batch.text(output.shown()));
        to.flush();
        for (String field : batch.unknownFields()) {
            err.println("demur: no record has the field `%s` (--by)".formatted(field));
        }
    }

    private int exitCode(boolean filesWhole) {
        if (batch.judged() == 0) {
            err.printf("demur: no %s were read%n", batch.noun());
            return ExitCode.INPUT_UNREADABLE;
        }
        Map<String, ?> fields = batch.summary(false);
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
