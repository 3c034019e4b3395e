package io.demur.cli;

import io.demur.files.Input;
import io.demur.files.output.OutputFile;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One place for results: a file, which bears its name only once it is complete, or standard output.
 */
final class Destination implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final String name;
    private final @Nullable OutputFile file;
    private final OutputStream stream;

    private Destination(String name, @Nullable OutputFile file, OutputStream stream) {
        this.name = name;
        this.file = file;
        this.stream = stream;
    }

    /**
     * Begins to write.
     *
     * @param name a path, or {@link Input#STDIN} for standard output
     */
    static Destination open(String name) throws IOException {
        if (name.equals(Input.STDIN)) {
            OutputStream out = new FileOutputStream(FileDescriptor.out);
            return new Destination(name, null, new BufferedOutputStream(out, BUFFER_BYTES));
        }
        OutputFile file = OutputFile.create(Path.of(name));
        return new Destination(name, file, file.stream());
    }

    /** As the user named it. */
    String name() {
        return name;
    }

    OutputStream stream() {
        return stream;
    }

    /** Everything is written: a file gets its name. */
    void complete() throws IOException {
        stream.flush();
        if (file != null) {
            file.complete();
        }
    }

    /**
     * Keeps what was written so far.
     *
     * @return where it is, for a file
     */
    Optional<Path> keepPartial() throws IOException {
        stream.flush();
        return file == null ? Optional.empty() : Optional.of(file.keepPartial());
    }

    /** Removes a file that was neither completed nor kept. */
    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    /** What went wrong with an output, in the user's words. */
    static String problem(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            Path folder = Path.of(missing.getFile()).toAbsolutePath().getParent();
            return "the folder `%s` does not exist".formatted(folder);
        }
        if (e instanceof AccessDeniedException denied) {
            return "writing `%s` is not allowed".formatted(denied.getFile());
        }
        if (e instanceof FileSystemException other && other.getReason() != null) {
            return "`%s`: %s".formatted(other.getFile(), other.getReason());
        }
        return String.valueOf(e.getMessage());
    }
}
