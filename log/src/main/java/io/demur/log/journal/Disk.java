package io.demur.log.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the writing of a log does to files. Each method that can be overridden is one call to
 * the operating system; a test overrides it to let that call fail.
 */
public class Disk {

    /** Longer than any bundle, checkpoint or anchor. */
    static final int BYTES_MAX = 32 << 20;

    /** Opens a file to read and write, empty whatever was there. */
    public FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    /** Opens a file that is there, to read and write. */
    public FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Opens a file that is there, to read it. */
    public FileChannel reading(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    /** Writes at a position, perhaps less than all. */
    public int write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        return file.write(bytes, at);
    }

    /** Reads at a position, perhaps less than all; -1 at the end. */
    public int read(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        return file.read(bytes, at);
    }

    /**
     * Makes what was written durable.
     *
     * @param metadata false for fdatasync, which leaves out what is not needed to read the file
     */
    public void force(FileChannel file, boolean metadata) throws ForceFailed {
        try {
            file.force(metadata);
        } catch (IOException e) {
            throw new ForceFailed("a file could not be made durable: " + e.getMessage(), e);
        }
    }

    /** Cuts a file off. */
    public void truncate(FileChannel file, long size) throws IOException {
        file.truncate(size);
    }

    /** Gives a file another name, in one step, in place of what bears that name. */
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes a file or an empty folder, where it is there. */
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Creates one folder. */
    public void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    /** Makes the names in a folder durable. */
    public void forceFolder(Path folder) throws ForceFailed {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new ForceFailed(
                    "`%s` could not be made durable: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Writes all of it. */
    public final void writeAll(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            int written = write(file, bytes, next);
            if (written <= 0) {
                throw new IOException("the disk took nothing of %d bytes".formatted(bytes.limit()));
            }
            next += written;
        }
    }

    /**
     * All of a small file, or nothing where it is not there.
     *
     * @throws IOException where it is longer than any that belongs to a log
     */
    public final Optional<byte[]> bytes(Path file) throws IOException {
        try (FileChannel channel = reading(file)) {
            long size = channel.size();
            if (size > BYTES_MAX) {
                throw new IOException(
                        "`%s` has %d bytes: more than %d are not read"
                                .formatted(file, size, BYTES_MAX));
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining()) {
                if (read(channel, bytes, bytes.position()) < 0) {
                    throw new EOFException("`%s` became shorter".formatted(file));
                }
            }
            return Optional.of(bytes.array());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a file in place as a whole: nobody ever sees half of it.
     *
     * @param temporary where it is written first, on the same file system
     * @param durable whether it is to be durable, with its name, when this returns
     */
    public final void replace(Path temporary, Path file, byte[] bytes, boolean durable)
            throws IOException {
        try {
            try (FileChannel channel = create(temporary)) {
                writeAll(channel, ByteBuffer.wrap(bytes), 0);
                if (durable) {
                    force(channel, true);
                }
            }
            rename(temporary, file);
        } catch (IOException e) {
            discard(temporary, e);
            throw e;
        }
        if (durable) {
            forceFolder(file.resolveSibling("."));
        }
    }

    /** Removes what is of no use after a failure, where that can be done. */
    final void discard(Path file, IOException failure) {
        try {
            delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Creates a folder and those above it, and makes their names durable. */
    public final void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.toAbsolutePath().normalize().getParent();
        if (above != null) {
            createFolders(above);
        }
        createFolder(folder);
        if (above != null) {
            forceFolder(above);
        }
    }

    /** What lies in a folder whose name ends in {@code ending}; nothing where it is not there. */
    public final List<Path> list(Path folder, String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
            files.forEach(found::add);
        } catch (NoSuchFileException e) {
            return found;
        }
        found.sort(null);
        return found;
    }
}
