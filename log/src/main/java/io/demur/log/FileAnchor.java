package io.demur.log;

import io.demur.log.journal.Claim;
import io.demur.log.journal.Claimed;
import io.demur.log.journal.Disk;
import io.demur.log.merkle.Hash;
import io.demur.log.note.Malformed;
import io.demur.log.note.Text;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An anchor in a file of its own: the three lines of a tree head. While a log has it, a file beside
 * it, whose name ends in {@code .lock}, is locked, so that a copy of the log on the same machine is
 * refused at once.
 */
public final class FileAnchor implements Anchor {

    private final Disk disk;
    private final Path file;
    private @Nullable Claim claim;

    /** An anchor in the given file, which is created, with its folder, when it is first written. */
    public FileAnchor(Path file) {
        this(file, new Disk());
    }

    FileAnchor(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    @Override
    public synchronized Optional<TreeHead> last() throws IOException {
        Optional<byte[]> bytes = disk.bytes(file);
        return bytes.isEmpty() ? Optional.empty() : Optional.of(parse(bytes.get()));
    }

    private TreeHead parse(byte[] bytes) throws IOException {
        try {
            String[] lines = Text.utf8(bytes).split("\n", -1);
            if (lines.length != 4 || !lines[3].isEmpty()) {
                throw new Malformed("a tree head has three lines: origin, size, root");
            }
            return new TreeHead(lines[0], Text.decimal(lines[1]), Hash.fromBase64(lines[2]));
        } catch (Malformed | IllegalArgumentException e) {
            throw new IOException("the anchor `%s`: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    public synchronized void remember(TreeHead head) throws IOException {
        byte[] bytes = head.text().getBytes(StandardCharsets.UTF_8);
        createFolder();
        disk.replace(file.resolveSibling(file.getFileName() + ".new"), file, bytes, true);
    }

    @Override
    public synchronized void hold() throws IOException, LogRefused {
        createFolder();
        try {
            claim = Claim.on(file.resolveSibling(file.getFileName() + ".lock"));
        } catch (Claimed e) {
            throw new LogRefused(
                    """
                    the anchor `%s` is in use by %s: another copy of this log is being written. \
                    Stop it, or give this one a name and a key of its own\
                    """
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    @Override
    public synchronized void release() throws IOException {
        if (claim != null) {
            claim.release(true);
            claim = null;
        }
    }

    private void createFolder() throws IOException {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder != null) {
            disk.createFolders(folder);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
