package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.Row;
import io.demur.eval.Scoring;
import io.demur.files.Input;
import io.demur.files.output.JsonLines;
import io.demur.files.output.OutputFile;
import io.demur.files.output.RowWriter;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the results of a scoring run go as they come: rows and problems to their files, problems
 * and progress to the terminal, the words of the first refusals to memory.
 *
 * <p>Locks itself, because an interrupt may close it from another thread than the one that writes.
 * What comes after that is dropped.
 */
final class ScoreOutput implements Scoring.Listener, AutoCloseable {

    /** How many problems of one file are printed; a file of another kind would fill the screen. */
    private static final int PRINTED_MAX = 100;

    private final PrintWriter err;
    private final Progress progress;
    private final long bytesTotal;
    private final int show;
    private final @Nullable OutputFile rowFile;
    private final @Nullable RowWriter rows;
    private final @Nullable OutputFile problemFile;
    private final @Nullable RowWriter problems;
    private final List<Row> shown = new ArrayList<>();
    private final Map<String, Long> problemsOf = new LinkedHashMap<>();
    private long bytesBefore;
    private long bytesHere;
    private long responses;
    private boolean filesWhole = true;
    private boolean closed;

    /**
     * Opens the files.
     *
     * @param rowsTo a path, {@code -} for standard output, or nothing
     */
    ScoreOutput(
            PrintWriter err,
            Progress progress,
            List<Input> inputs,
            int show,
            @Nullable String rowsTo,
            @Nullable Path problemsTo)
            throws IOException {
        this.err = err;
        this.progress = progress;
        this.show = show;
        this.bytesTotal =
                inputs.stream().allMatch(i -> i.bytes().isPresent())
                        ? inputs.stream().mapToLong(i -> i.bytes().orElse(0)).sum()
                        : 0;
        this.problemFile = problemsTo == null ? null : OutputFile.create(problemsTo);
        this.problems = problemFile == null ? null : new JsonLines(problemFile.stream());
        if (rowsTo == null) {
            this.rowFile = null;
            this.rows = null;
        } else if (rowsTo.equals(Input.STDIN)) {
            this.rowFile = null;
            this.rows =
                    new JsonLines(
                            new BufferedOutputStream(
                                    new FileOutputStream(FileDescriptor.out), 1 << 16));
        } else {
            this.rowFile = OutputFile.create(Path.of(rowsTo));
            this.rows = RowWriter.forName(rowsTo, rowFile.stream());
        }
    }

    /** The next file begins. */
    synchronized void next() {
        bytesBefore += bytesHere;
        bytesHere = 0;
    }

    @Override
    public synchronized void row(Row row) throws IOException {
        if (closed) {
            return;
        }
        responses++;
        if (rows != null) {
            rows.write(row.fields());
        }
        if (shown.size() < show && row.refused()) {
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
        if (problemsOf.merge(problem.where().file(), 1L, Long::sum) <= PRINTED_MAX) {
            progress.clear();
            err.println(problem);
        }
    }

    @Override
    public synchronized void progress(long bytes) {
        bytesHere = bytes;
        progress.at(bytesBefore + bytes, bytesTotal, responses);
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
                    if (count > PRINTED_MAX) {
                        err.printf(
                                "%s: %,d more problems (--problems FILE.jsonl writes all)%n",
                                file, count - PRINTED_MAX);
                    }
                });
    }

    /** The first refusals, as many as were asked for. */
    synchronized List<Row> shown() {
        return List.copyOf(shown);
    }

    /** Gives the files their names. */
    synchronized void complete() throws IOException {
        flush();
        if (rowFile != null) {
            rowFile.complete();
        }
        if (problemFile != null) {
            problemFile.complete();
        }
    }

    /**
     * Keeps what was written so far.
     *
     * @return where the rows are
     */
    synchronized Optional<Path> keepPartial() throws IOException {
        flush();
        closed = true;
        if (problemFile != null) {
            problemFile.keepPartial();
        }
        return rowFile == null ? Optional.empty() : Optional.of(rowFile.keepPartial());
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
        if (rowFile != null) {
            rowFile.close();
        }
        if (problemFile != null) {
            problemFile.close();
        }
    }
}
