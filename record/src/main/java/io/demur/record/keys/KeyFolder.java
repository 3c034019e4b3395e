package io.demur.record.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of a ring of keys: for their owner alone, whole or not there, and durable. */
final class KeyFolder {

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    KeyFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /** Makes the folder, where it is not there yet. */
    void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().resolve("..").normalize();
            Files.createDirectories(parent);
            Files.createDirectory(folder, attributes("rwx------"));
            force(parent);
        }
    }

    /** The names of all files of keys. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.sort(String::compareTo);
        return names;
    }

    /**
     * Refuses a folder or a file that others than its owner may read or write.
     *
     * @throws IOException saying which, and how to mend it
     */
    void checkClosed() throws IOException {
        checkClosed(folder, "700");
        for (String name : names()) {
            checkClosed(folder.resolve(name), "600");
        }
    }

    private static void checkClosed(Path path, String mode) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without modes has no others to keep out this way
        }
        Set<PosixFilePermission> found = view.readAttributes().permissions();
        if (!OWNERS.containsAll(found)) {
            throw new IOException(
                    "`%s` is open to others (%s): `chmod %s %s` closes it; if others were on this"
                            .concat(" machine, rotate the keys")
                            .formatted(path, PosixFilePermissions.toString(found), mode, path));
        }
    }

    byte[] read(String name) throws IOException {
        try (InputStream in =
                Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(KeyFile.BYTES_MAX + 1);
        }
    }

    /** Writes a file whole: under another name first, which it loses once it is on disk. */
    void write(String name, byte[] bytes, boolean secret) throws IOException {
        Path temporary = folder.resolve(name + ".new");
        Files.deleteIfExists(temporary);
        Set<StandardOpenOption> create =
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel file =
                FileChannel.open(
                        temporary, create, attributes(secret ? "rw-------" : "rw-r--r--"))) {
            writeFully(file, ByteBuffer.wrap(bytes), 0);
            file.force(true);
        }
        Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /** Writes over some bytes of a file, within its first sector: so all of them or none. */
    void patch(String name, int at, byte[] bytes) throws IOException {
        try (FileChannel file = FileChannel.open(folder.resolve(name), StandardOpenOption.WRITE)) {
            writeFully(file, ByteBuffer.wrap(bytes), at);
            file.force(true);
        }
    }

    /**
     * Writes zeros over a file, and removes it. A medium or a file system that writes elsewhere
     * than it was told to may still hold the old bytes.
     */
    void destroy(String name) throws IOException {
        Path file = folder.resolve(name);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            writeFully(channel, ByteBuffer.allocate((int) channel.size()), 0);
            channel.force(true);
        }
        Files.delete(file);
        force(folder);
    }

    /** Destroys what a process that ended in the middle of writing a key has left. */
    void sweep() throws IOException {
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key.new")) {
            files.forEach(file -> left.add(String.valueOf(file.getFileName())));
        }
        for (String name : left) {
            destroy(name);
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            next += file.write(bytes, next);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private FileAttribute<?>[] attributes(String mode) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
