package io.demur.eval.run;

import io.demur.core.Problem;
import io.demur.core.suite.Case;
import io.demur.files.output.Json;
import io.demur.files.output.OutputFile;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A run file that is written: a line for each trial, handed to the system as a whole before the
 * next thing happens, so that nothing is lost where the process ends. One process at a time has it;
 * the system lets go of it however that process ends. Safe for use by several threads.
 */
public final class RunFile implements AutoCloseable {

    private final String name;
    private final RandomAccessFile whole;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean broken;

    private RunFile(String name, RandomAccessFile whole) {
        this.name = name;
        this.whole = whole;
    }

    /**
     * Begins a file with what is to be asked. It bears its name only once all of this stands in it.
     *
     * @return nothing where a file of that name is there, which stays as it is
     */
    public static Optional<RunFile> create(Path file, Run run) throws IOException {
        try (OutputFile begun = OutputFile.create(file)) {
            write(begun.stream(), "run", HeadLine.fields(run));
            for (Case each : run.suite().cases()) {
                write(begun.stream(), "case", Map.of("case", CaseLine.fields(each)));
            }
            if (!begun.completeUnlessThere()) {
                return Optional.empty();
            }
        }
        return open(file);
    }

    /**
     * Opens a file to go on with it.
     *
     * @return nothing where somebody else has it
     */
    public static Optional<RunFile> open(Path file) throws IOException {
        // Not a channel: an interrupt of one thread would close it for all.
        RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw");
        boolean ours = false;
        try {
            ours = whole.getChannel().tryLock() != null;
            whole.seek(whole.length());
        } catch (OverlappingFileLockException byThisProcess) {
            // which is somebody else too
        } finally {
            if (!ours) {
                whole.close();
            }
        }
        return ours ? Optional.of(new RunFile(file.toString(), whole)) : Optional.empty();
    }

    /**
     * Reads what it holds. What stands behind its whole lines is dropped.
     *
     * @param problems gets what is wrong with it
     * @return nothing where anything is
     */
    public Optional<RunReader.Read> read(List<Problem> problems) throws IOException {
        whole.seek(0);
        // Not by its name: to close any handle of a file lets go of the locks on it.
        InputStream in = new BufferedInputStream(new FileInputStream(whole.getFD()), 1 << 16);
        Optional<RunReader.Read> read = RunReader.read(name, in, problems);
        if (read.isPresent()) {
            whole.setLength(read.get().bytes());
        }
        whole.seek(whole.length());
        return read;
    }

    /** Keeps a trial; where it still lacks answers, as far as it has come. */
    void keep(Trial trial) throws IOException {
        append("trial", TrialLine.fields(trial));
    }

    /** Says that nothing is missing. */
    public void finish(Instant finished) throws IOException {
        append("end", Map.of("finished", finished.toString()));
        whole.getFD().sync();
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
            whole.write(line.toByteArray());
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
        whole.close();
    }
}
