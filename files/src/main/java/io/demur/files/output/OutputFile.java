package io.demur.files.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that bears its name only once it is complete. Until then it is {@code NAME.N.partial}
 * beside it, with the first number that is free; a crash, a kill or a full disk leaves no
 * half-written file under the final name, and leaves a file that was there before untouched.
 *
 * <p>What is no regular file (a pipe, a terminal, {@code /dev/null}) is written to directly. Not
 * safe for use by several threads.
 */
public final class OutputFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int LINKS_MAX = 40;

    private final Path target;
    private final Path partial;
    private final OutputStream out;
    private boolean open = true;

    private OutputFile(Path target, Path partial, OutputStream out) {
        this.target = target;
        this.partial = partial;
        this.out = out;
    }

    /** Begins to write a file. Folders are not created. */
    public static OutputFile create(Path named) throws IOException {
        Path target = behindLinks(named);
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new OutputFile(target, target, buffered(Files.newOutputStream(target)));
        }
        for (int n = 1; ; n++) {
            Path partial = target.resolveSibling(target.getFileName() + "." + n + ".partial");
            try {
                OutputStream raw =
                        Files.newOutputStream(
                                partial, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
                return new OutputFile(target, partial, buffered(raw));
            } catch (FileAlreadyExistsException taken) {
                // by another run, or kept by an interrupted one
            }
        }
    }

    /** What a link points at, so that the link stays one, even where nothing is there yet. */
    private static Path behindLinks(Path named) throws IOException {
        Path path = named;
        for (int links = 0; Files.isSymbolicLink(path) && links < LINKS_MAX; links++) {
            path = path.resolveSibling(Files.readSymbolicLink(path));
        }
        return path;
    }

    private static OutputStream buffered(OutputStream raw) {
        return new BufferedOutputStream(raw, BUFFER_BYTES);
    }

    /** Where to write. Closing it is this class's business. */
    public OutputStream stream() {
        return out;
    }

    /** Gives the file its name. Nothing may be written afterwards. */
    public void complete() throws IOException {
        out.close();
        open = false;
        if (!partial.equals(target)) {
            move();
        }
    }

    private void move() throws IOException {
        try {
            Files.move(
                    partial,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Gives the file its name where nobody else has. Nothing may be written afterwards.
     *
     * @return false where something of that name is there, also if it came while this was written;
     *     it stays as it is, and what was written is removed when this is closed
     */
    public boolean completeUnlessThere() throws IOException {
        out.close();
        if (partial.equals(target)) {
            return false;
        }
        try {
            Files.createLink(target, partial); // the partial name goes when this is closed
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
            return moveUnlessThere();
        }
    }

    /** Takes the name with an empty file, and puts what was written in its place. */
    private boolean moveUnlessThere() throws IOException {
        try {
            Files.createFile(target);
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
        boolean moved = false;
        try {
            move();
            moved = true;
        } finally {
            if (!moved) {
                Files.deleteIfExists(target);
            }
        }
        return true;
    }

    /**
     * Keeps what was written so far, under its partial name.
     *
     * @return that name
     */
    public Path keepPartial() throws IOException {
        out.close();
        open = false;
        return partial;
    }

    /** Removes what was written, unless it was completed or kept. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        try {
            out.close();
        } catch (IOException alreadyLost) {
            // what cannot be flushed is removed below
        }
        if (!partial.equals(target)) {
            try {
                Files.deleteIfExists(partial);
            } catch (IOException stays) {
                // its name says that it is partial
            }
        }
    }
}
