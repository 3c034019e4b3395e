package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.Listener;
import io.demur.files.Input;
import io.demur.files.output.JsonLines;
import io.demur.files.output.RowWriter;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the results of a run go as they come: rows and problems to their files, problems and
 * progress to the terminal, the first rows worth showing to memory.
 *
 * <p>Locks itself, because an interrupt may close it from another thread than the one that writes.
 * What comes after that is dropped.
 *
 * @param <R> what is said about one answer or request
 */
final class RunOutput<R> implements Listener<R>, AutoCloseable {

    /** How many problems of one file are printed; a file of another kind would fill the screen. */
    private static final int PRINTED_MAX = 100;

    private final PrintWriter err;
    private final Progress progress;
    private final long bytesTotal;
    private final Batch<R> batch;
    private final int show;
    private final @Nullable Destination rowsTo;
    private final @Nullable RowWriter rows;
    private final @Nullable Destination problemsTo;
    private final @Nullable RowWriter problems;
    private final @Nullable Destination summaryTo;
    private final List<Destination> opened = new ArrayList<>();
    private final List<R> shown = new ArrayList<>();
    private final Map<String, Long> problemsOf = new LinkedHashMap<>();
    private int printedMax = PRINTED_MAX;
    private long bytesBefore;
    private long bytesHere;
    private long judged;
    private boolean filesWhole = true;
    private boolean closed;

    /**
     * Opens the outputs, all of them before anything is read: what cannot be written is known at
     * once.
     *
     * @param show how many of the rows worth showing to remember
     */
    RunOutput(
            Batch<R> batch,
            PrintWriter err,
            Progress progress,
            List<Input> inputs,
            int show,
            Outputs outputs)
            throws IOException {
        this.batch = batch;
        this.err = err;
        this.progress = progress;
        this.show = show;
        this.bytesTotal =
                inputs.stream().allMatch(i -> i.bytes().isPresent())
                        ? inputs.stream().mapToLong(i -> i.bytes().orElse(0)).sum()
                        : 0;
        this.rowsTo = open(outputs.rows(), opened);
        this.rows = rowsTo == null ? null : RowWriter.forName(rowsTo.name(), rowsTo.stream());
        this.problemsTo = open(outputs.problems(), opened);
        this.problems = problemsTo == null ? null : new JsonLines(problemsTo.stream());
        this.summaryTo = open(outputs.summary(), opened);
    }

    /** Opens one output; where that fails, those that are open already are removed again. */
    private static @Nullable Destination open(Optional<String> name, List<Destination> opened)
            throws IOException {
        if (name.isEmpty()) {
            return null;
        }
        try {
            Destination destination = Destination.open(name.get());
            opened.add(destination);
            return destination;
        } catch (IOException e) {
            opened.forEach(Destination::close);
            throw e;
        }
    }

    /** Prints the first problem alone: the run stops there. */
    void printOne() {
        printedMax = 1;
    }

    /** The next file begins. */
    synchronized void next() {
        bytesBefore += bytesHere;
        bytesHere = 0;
    }

    @Override
    public synchronized void row(R row) throws IOException {
        if (closed) {
            return;
        }
        judged++;
        if (rows != null) {
            rows.write(batch.fields(row));
        }
        if (shown.size() < show && batch.isShown(row)) {
            shown.add(row);
        }
    }

    @Override
    public synchronized void problem(Problem problem) throws IOException {
        if (closed) {
            return;
        }
        if (problems != null) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("file", problem.where().file());
            row.put("line", problem.where().line());
            row.put("column", problem.where().column());
            row.put("code", problem.code());
            row.put("message", problem.message());
            problems.write(row);
        }
        filesWhole &= problem.where().line() > 0;
        if (problemsOf.merge(problem.where().file(), 1L, Long::sum) <= printedMax) {
            progress.clear();
            err.println(Terminal.plain(problem));
        }
    }

    @Override
    public synchronized void progress(long bytes) {
        bytesHere = bytes;
        progress.at(bytesBefore + bytes, bytesTotal, judged);
    }

    /** Whether every file could be read, some of its records apart. */
    synchronized boolean filesWhole() {
        return filesWhole;
    }

    /** Says how many problems were not printed. */
    synchronized void sayHidden() {
        progress.clear();
        problemsOf.forEach(
                (file, count) -> {
                    if (count > printedMax) {
                        err.printf(
                                "%s: %,d more problems (--problems FILE.jsonl writes all)%n",
                                Terminal.plain(file), count - printedMax);
                    }
                });
    }

    /** The first rows worth showing, as many as were asked for. */
    synchronized List<R> shown() {
        return List.copyOf(shown);
    }

    /** Gives rows and problems their names, and last the summary, which speaks of them. */
    synchronized void complete(String summary) throws IOException {
        flush();
        if (rowsTo != null) {
            rowsTo.complete();
        }
        completeProblems();
        writeSummary(summary);
    }

    /** Gives the problems their name, where a run ends at one of them. */
    synchronized void completeProblems() throws IOException {
        if (problemsTo != null && problems != null) {
            problems.flush();
            problemsTo.complete();
        }
    }

    /**
     * Keeps what was written so far.
     *
     * @param summary which says that it is partial
     * @return where the rows are, where they went to a file
     */
    synchronized Optional<Path> keepPartial(String summary) throws IOException {
        if (closed) {
            return Optional.empty();
        }
        closed = true;
        flush();
        if (problemsTo != null) {
            problemsTo.keepPartial();
        }
        writeSummary(summary);
        return rowsTo == null ? Optional.empty() : rowsTo.keepPartial();
    }

    private void writeSummary(String summary) throws IOException {
        if (summaryTo != null) {
            summaryTo.stream().write(summary.getBytes(StandardCharsets.UTF_8));
            summaryTo.complete();
        }
    }

    private void flush() throws IOException {
        if (rows != null) {
            rows.flush();
        }
        if (problems != null) {
            problems.flush();
        }
    }

    /** Removes files that were neither completed nor kept. */
    @Override
    public synchronized void close() {
        progress.clear();
        closed = true;
        opened.forEach(Destination::close);
    }
}
