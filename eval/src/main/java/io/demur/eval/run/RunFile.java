package io.demur.eval.run;

import io.demur.core.suite.Case;
import io.demur.files.output.Json;
import io.demur.files.output.OutputFile;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A run file that is written: a line for each trial, handed to the system as a whole before the
 * next thing happens, so that nothing is lost where the process ends. Safe for use by several
 * threads.
 */
public final class RunFile implements AutoCloseable {

    private final FileOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean broken;

    private RunFile(FileOutputStream out) {
        this.out = out;
    }

    /**
     * Begins a file with what is to be asked; one that is there already is replaced. It bears its
     * name only once all of this stands in it.
     */
    public static RunFile create(Path file, Run run) throws IOException {
        try (OutputFile begun = OutputFile.create(file)) {
            write(begun.stream(), "run", HeadLine.fields(run));
            for (Case each : run.suite().cases()) {
                write(begun.stream(), "case", Map.of("case", CaseLine.fields(each)));
            }
            begun.complete();
        }
        return append(file);
    }

    /**
     * Goes on with a file.
     *
     * @param read what was read of it; what stands behind its whole lines is dropped
     */
    public static RunFile resume(Path file, RunReader.Read read) throws IOException {
        try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
            whole.setLength(read.bytes());
        }
        return append(file);
    }

    /** No channel: an interrupt of one thread would close it for all. */
    private static RunFile append(Path file) throws IOException {
        return new RunFile(new FileOutputStream(file.toFile(), true));
    }

    /** Keeps a trial; where it still lacks answers, as far as it has come. */
    void keep(Trial trial) throws IOException {
        append("trial", TrialLine.fields(trial));
    }

    /** Says that nothing is missing. */
    void finish(Instant finished) throws IOException {
        append("end", Map.of("finished", finished.toString()));
        out.getFD().sync();
    }

    private void append(String type, Map<String, ? extends @Nullable Object> fields)
            throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        write(line, type, fields);
        lock.lock();
        try {
            if (broken) {
                throw new IOException("what was written last did not get there whole");
            }
            broken = true; // half a line may stand there, and nothing may be glued to it
            out.write(line.toByteArray());
            broken = false;
        } finally {
            lock.unlock();
        }
    }

    private static void write(
            OutputStream to, String type, Map<String, ? extends @Nullable Object> fields)
            throws IOException {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("t", type);
        line.putAll(fields);
        Json.writeLine(to, line);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
