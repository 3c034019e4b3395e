package io.demur.eval.run;

import io.demur.core.Problem;
import io.demur.core.Where;
import io.demur.core.suite.Case;
import io.demur.files.JsonLine;
import io.demur.files.ProblemCode;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads a run file, whole or as far as it came. A last line that is not whole is passed over; all
 * else that is wrong with it is said at once.
 */
public final class RunReader {

    /**
     * What a file holds.
     *
     * @param run with all trials that are done
     * @param begun trials of several rounds that have some answers and lack others
     * @param bytes how long its whole lines are together
     */
    public record Read(Run run, List<Trial> begun, long bytes) {
        public Read {
            Objects.requireNonNull(run);
            begun = List.copyOf(begun);
        }
    }

    /** By what a trial is known. */
    private record Key(String variant, int epoch, String id) {}

    private final String file;
    private final List<Problem> problems;
    private Optional<Told> head = Optional.empty();
    private int expected;
    private final Map<String, Case> cases = new HashMap<>();
    private final List<Case> inOrder = new ArrayList<>();
    private final Map<Key, Trial> trials = new HashMap<>();
    private Optional<Instant> finished = Optional.empty();
    private long line;
    private long bytes;

    private RunReader(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a file.
     *
     * @param problems gets what is wrong with it
     * @return nothing where anything is
     */
    public static Optional<Read> read(Path file, List<Problem> problems) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(file.toString(), in, problems);
        }
    }

    /**
     * The same of a file that is open.
     *
     * @param name for problems
     */
    static Optional<Read> read(String name, InputStream in, List<Problem> problems)
            throws IOException {
        int before = problems.size();
        RunReader reader = new RunReader(name, problems);
        reader.lines(in);
        if (problems.size() == before) {
            reader.checkWhole();
        }
        return problems.size() > before ? Optional.empty() : reader.made();
    }

    private void lines(InputStream in) throws IOException {
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                line++;
                bytes += open.size() + 1;
                if (!line(open.toByteArray())) {
                    return;
                }
                open.reset();
            } else {
                open.write(b);
            }
        }
    }

    /** Takes a line; false where it makes no sense to read on. */
    private boolean line(byte[] text) {
        try {
            Told told = new Told(JsonLine.read(text));
            String type = told.has("t") ? told.text("t") : "";
            if (line == 1 && !type.equals("run")) {
                throw new IllegalArgumentException("it does not begin as a run");
            }
            switch (type) {
                case "run" -> {
                    expected = HeadLine.cases(told);
                    head = Optional.of(told);
                }
                case "case" -> add(CaseLine.read(told.object("case")));
                case "trial" -> add(TrialLine.read(told, this::known));
                case "end" -> finished = Optional.of(Instant.parse(told.text("finished")));
                default -> {
                    // of a later version, which says what it adds where that matters
                }
            }
            return true;
        } catch (IllegalArgumentException | DateTimeException e) {
            ProblemCode code =
                    line == 1 ? ProblemCode.FORMAT_UNKNOWN : ProblemCode.RECORD_MALFORMED;
            String message = String.valueOf(e.getMessage());
            problems.add(
                    Problem.at(
                            Where.line(file, line),
                            code.code(),
                            line == 1 ? "this is no run file: " + message : message));
            return line > 1;
        }
    }

    private void add(Case each) {
        if (cases.put(each.id(), each) != null) {
            throw new IllegalArgumentException("case `%s` stands here twice".formatted(each.id()));
        }
        inOrder.add(each);
    }

    private void add(Trial trial) {
        trials.put(new Key(trial.variant(), trial.epoch(), trial.of().id()), trial);
    }

    private Case known(String id) {
        Case found = cases.get(id);
        if (found == null) {
            throw new IllegalArgumentException("there is no case `%s` in this run".formatted(id));
        }
        return found;
    }

    private void checkWhole() {
        if (head.isEmpty() || inOrder.size() != expected) {
            problems.add(
                    Problem.at(
                            Where.file(file),
                            ProblemCode.FORMAT_UNKNOWN.code(),
                            head.isEmpty()
                                    ? "this is no run file: it has no whole line"
                                    : "`%d` cases stand where `%d` were announced"
                                            .formatted(inOrder.size(), expected)));
        }
    }

    private Optional<Read> made() {
        Run begun;
        try {
            begun = HeadLine.read(head.orElseThrow(), inOrder);
        } catch (IllegalArgumentException | DateTimeException e) {
            problems.add(
                    Problem.at(
                            Where.line(file, 1),
                            ProblemCode.RECORD_MALFORMED.code(),
                            String.valueOf(e.getMessage())));
            return Optional.empty();
        }
        List<Trial> sorted = new ArrayList<>(trials.values());
        sorted.sort(order(begun));
        return Optional.of(
                new Read(
                        new Run(
                                begun.id(),
                                begun.suite(),
                                begun.suiteDigest(),
                                begun.plan(),
                                begun.started(),
                                finished,
                                sorted.stream().filter(Trial::isDone).toList()),
                        sorted.stream().filter(it -> !it.isDone()).toList(),
                        bytes));
    }

    private static Comparator<Trial> order(Run run) {
        Map<String, Integer> variants = new HashMap<>();
        run.plan().variants().forEach(it -> variants.put(it.name(), variants.size()));
        Map<String, Integer> places = new HashMap<>();
        run.suite().cases().forEach(it -> places.put(it.id(), places.size()));
        return Comparator.<Trial>comparingInt(it -> variants.getOrDefault(it.variant(), 0))
                .thenComparingInt(Trial::epoch)
                .thenComparingInt(it -> places.getOrDefault(it.of().id(), 0));
    }
}
