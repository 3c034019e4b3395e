package io.demur.cli;

import io.demur.core.Problem;
import io.demur.eval.Listener;
import io.demur.eval.teach.Lesson;
import io.demur.files.ProblemCode;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints what is wrong with files as they are read, the first hundred of each, and remembers
 * whether anything was. Not safe for use by several threads.
 */
final class ProblemPrinter implements Listener<Lesson> {

    /** A file of another kind would fill the screen. */
    private static final int PRINTED_MAX = 100;

    private final PrintWriter err;
    private final Map<String, Long> problemsOf = new HashMap<>();
    private boolean filesWhole = true;

    ProblemPrinter(PrintWriter err) {
        this.err = err;
    }

    /** Prints what is wrong with one file. */
    static void print(PrintWriter err, List<Problem> problems) {
        ProblemPrinter printer = new ProblemPrinter(err);
        problems.forEach(printer::problem);
        printer.sayHidden();
    }

    @Override
    public void row(Lesson row) {
        // nothing is said of rows while files are read
    }

    @Override
    public void problem(Problem problem) {
        filesWhole &= problem.where().line() > 0 || ProblemCode.onlyTells(problem);
        if (problemsOf.merge(problem.where().file(), 1L, Long::sum) <= PRINTED_MAX) {
            err.println(Terminal.plain(problem));
        }
    }

    @Override
    public void progress(long bytes) {
        // what is read is soon done; the judges are quick
    }

    /** Whether every file could be read, some of its records apart. */
    boolean filesWhole() {
        return filesWhole;
    }

    /** Says how many problems were not printed. */
    void sayHidden() {
        problemsOf.forEach(
                (file, count) -> {
                    if (count > PRINTED_MAX) {
                        err.printf(
                                "%s: %,d more problems%n",
                                Terminal.plain(file), count - PRINTED_MAX);
                    }
                });
        err.flush();
    }
}
