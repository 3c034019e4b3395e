package io.demur.record.keys;

import io.demur.log.journal.Disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of a ring of keys: for their owner alone, whole or not there, and durable. */
final class KeyFolder {

    private static final Set<PosixFilePermission> OWNERS =
            PosixFilePermissions.fromString("rwx------");

    /** The ending of what is being written, and of what is being destroyed. */
    private static final String UNFINISHED = ".new";

    private static final String ROTATE = "rotate the keys";

    private final Path folder;
    private final Disk disk;

    KeyFolder(Path folder) {
        this(folder, new Disk());
    }

    KeyFolder(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    Path path() {
        return folder;
    }

    /** Makes the folder, where it is not there yet. */
    void make() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().resolve("..").normalize();
            Files.createDirectories(parent);
            try {
                Files.createDirectory(folder, attributes("rwx------"));
            } catch (FileAlreadyExistsException e) {
                return; // by another process, just now
            }
            disk.forceFolder(parent);
        }
    }

    /** The names of all files of the ring's keys; that of reporters is none of the ring. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.key")) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.remove(ReportersKey.PRIVATE);
        names.sort(String::compareTo);
        return names;
    }

    /**
     * Refuses a folder or a file that others than its owner may read or write.
     *
     * @throws IOException saying which, and how to mend it
     */
    void checkClosed() throws IOException {
        checkClosed(folder, "700", ROTATE);
        for (String name : names()) {
            checkClosed(folder.resolve(name), "600", ROTATE);
        }
    }

    static void checkClosed(Path path, String mode, String otherwise) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view == null) {
            return; // a file system without modes has no others to keep out this way
        }
        Set<PosixFilePermission> found;
        try {
            found = view.readAttributes().permissions();
        } catch (NoSuchFileException e) {
            return; // another process has just destroyed it
        }
        if (!OWNERS.containsAll(found)) {
            throw new IOException(
                    "`%s` is open to others (%s): `chmod %s %s` closes it; if others were on this"
                            .concat(" machine, ")
                            .formatted(path, PosixFilePermissions.toString(found), mode, path)
                            .concat(otherwise));
        }
    }

    byte[] read(String name) throws IOException {
        try (InputStream in =
                Files.newInputStream(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(KeyFile.BYTES_MAX + 1);
        }
    }

    /**
     * All keys, by their ids.
     *
     * @throws IOException where a file is no key, or not the one that its name says
     */
    Map<String, KeyFile> keys() throws IOException {
        Map<String, KeyFile> keys = new LinkedHashMap<>();
        for (String name : names()) {
            try {
                KeyFile file = KeyFile.parse(read(name));
                if (!name.equals(KeyFile.name(file.key()))) {
                    throw new IllegalArgumentException(
                            "its name should be `%s`".formatted(KeyFile.name(file.key())));
                }
                if (file.key().purpose() == Key.Purpose.LOG) {
                    NoteKeys.check(file);
                }
                keys.put(file.key().id(), file);
            } catch (NoSuchFileException e) {
                // another process has just destroyed it: then it is no key any more
            } catch (IllegalArgumentException e) {
                throw new IOException("`%s`: %s".formatted(folder.resolve(name), e.getMessage()));
            }
        }
        return keys;
    }

    /** Writes a file whole: under another name first, which it loses once it is on disk. */
    void write(String name, byte[] bytes, boolean secret) throws IOException {
        Path temporary = folder.resolve(name + UNFINISHED);
        Files.deleteIfExists(temporary);
        // so that it is for its owner alone before there is anything in it
        Files.createFile(temporary, attributes(secret ? "rw-------" : "rw-r--r--"));
        try (FileChannel file = disk.create(temporary)) {
            disk.writeAll(file, ByteBuffer.wrap(bytes), 0);
            disk.force(file, true);
        }
        disk.rename(temporary, folder.resolve(name));
        disk.forceFolder(folder);
    }

    /** Writes over some bytes of a file, within its first sector: so all of them or none. */
    void patch(String name, int at, byte[] bytes) throws IOException {
        try (FileChannel file = disk.open(folder.resolve(name))) {
            disk.writeAll(file, ByteBuffer.wrap(bytes), at);
            disk.force(file, true);
        }
    }

    /**
     * Writes zeros over a file, and removes it; first it loses its name, so that no crash leaves a
     * key full of zeros. A medium or a file system that writes elsewhere than it was told to may
     * still hold the old bytes.
     */
    void destroy(String name) throws IOException {
        Path left = folder.resolve(name + UNFINISHED);
        disk.rename(folder.resolve(name), left);
        disk.forceFolder(folder);
        erase(left);
    }

    private void erase(Path file) throws IOException {
        try (FileChannel channel = disk.open(file)) {
            disk.writeAll(channel, ByteBuffer.allocate((int) channel.size()), 0);
            disk.force(channel, true);
        }
        disk.delete(file);
        disk.forceFolder(folder);
    }

    /** Whether a process that ended in the middle of writing or destroying a key left any of it. */
    boolean isSwept() throws IOException {
        return disk.list(folder, ".key" + UNFINISHED).isEmpty();
    }

    /** Destroys what is left. Only under the lock: another process may be writing it. */
    void sweep() throws IOException {
        for (Path file : disk.list(folder, ".key" + UNFINISHED)) {
            erase(file);
        }
    }

    private FileAttribute<?>[] attributes(String mode) {
        return attributes(folder, mode);
    }

    /** The mode of a file that is about to be made, where its file system has modes. */
    static FileAttribute<?>[] attributes(Path file, String mode) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
                }
                : new FileAttribute<?>[0];
    }
}
