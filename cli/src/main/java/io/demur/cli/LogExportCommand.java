package io.demur.cli;

import io.demur.files.Input;
import io.demur.files.output.CsvRows;
import io.demur.log.LogReader;
import io.demur.log.LogRefused;
import io.demur.log.note.Malformed;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code demur log export}: entries for other programs. */
@Command(
        name = "export",
        description = "Writes entries of the log as JSON lines or CSV.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
final class LogExportCommand implements Callable<Integer> {

    /** The columns of CSV; the last one has the whole entry. */
    private static final List<String> COLUMNS =
            List.of(
                    "id",
                    "attempt",
                    "principal",
                    "subject",
                    "project",
                    "purpose",
                    "protocol",
                    "model",
                    "model_class",
                    "result",
                    "decision",
                    "origin",
                    "hazard",
                    "reason",
                    "rules",
                    "judges",
                    "harm_ppm",
                    "released_bytes",
                    "tokens_in",
                    "tokens_out",
                    "took_us",
                    "added_us");

    @Mixin private DataOptions data = new DataOptions();
    @Mixin private EntryFilter filter = new EntryFilter();

    /** What is written. */
    enum Format {
        JSONL,
        CSV
    }

    @Option(
            names = "--format",
            paramLabel = "jsonl|csv",
            defaultValue = "jsonl",
            description = "What to write (default: jsonl).")
    private Format format = Format.JSONL;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            defaultValue = Input.STDIN,
            description = "Where to write it (default: standard output).")
    private String out = Input.STDIN;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        return Guarded.run(spec, this::export);
    }

    private int export() throws IOException, LogRefused, Malformed {
        Installation installation = new Installation(data.folder());
        LogReader reader = installation.reader();
        long size = reader.checkpoint(installation.vkeys()).head().size();
        try (Destination destination = Destination.open(out)) {
            write(reader, size, destination.stream());
            destination.complete();
        } catch (IOException e) {
            Objects.requireNonNull(spec)
                    .commandLine()
                    .getErr()
                    .println("demur: " + Terminal.plain(Destination.problem(e)));
            return ExitCode.INTERNAL;
        }
        return ExitCode.OK;
    }

    /** Writes what is wanted, with flat memory. */
    void write(LogReader reader, long size, OutputStream to) throws IOException, Malformed {
        CsvRows csv = new CsvRows(to);
        try {
            filter.read(
                    reader,
                    0,
                    size,
                    line -> {
                        try {
                            if (format == Format.CSV) {
                                csv.write(row(line));
                            } else {
                                byte[] bytes = line.jsonRow().getBytes(StandardCharsets.UTF_8);
                                to.write(bytes);
                                to.write('\n');
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        csv.flush();
        to.flush();
    }

    private static Map<String, String> row(EntryLine line) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("index", Long.toString(line.index()));
        row.put("time", line.at().map(Instant::toString).orElse(""));
        row.put("type", line.type());
        for (String column : COLUMNS) {
            row.put(column, harmless(line.fields().getOrDefault(column, "")));
        }
        row.put("entry", line.json().orElse(""));
        row.put("problem", line.problem().map(LogExportCommand::harmless).orElse(""));
        return row;
    }

    /**
     * A spreadsheet takes a cell that begins like this for a formula; an apostrophe makes it text.
     */
    private static String harmless(String cell) {
        return !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
    }
}
