package io.demur.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one process at a time has for itself. It holds the process's id as long as it is
 * claimed, and nothing once it was let go of in good order.
 */
public final class Claim {

    private static final int TEXT_MAX = 32;

    /**
     * What this process has. Asked before the file is opened: to close any handle of a file lets go
     * of all locks that the process has on it.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path key;
    private final FileChannel channel;
    private final boolean clean;

    private Claim(Path key, FileChannel channel, boolean clean) {
        this.key = key;
        this.channel = channel;
        this.clean = clean;
    }

    /**
     * Claims a file, and creates it where it is not there.
     *
     * @throws Claimed where another has it
     */
    public static Claim on(Path file) throws IOException, Claimed {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path key = folder == null ? file : folder.toRealPath().resolve(file.getFileName());
        if (!OURS.add(key)) {
            throw new Claimed("this process itself");
        }
        FileChannel channel = null;
        boolean done = false;
        try {
            channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            String before = text(channel);
            if (lock == null) {
                throw new Claimed(before.isEmpty() ? "another process" : "process " + before);
            }
            byte[] id =
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(id), 0);
            channel.truncate(id.length);
            done = true;
            return new Claim(key, channel, before.isEmpty());
        } finally {
            if (!done) {
                OURS.remove(key);
                if (channel != null) {
                    channel.close();
                }
            }
        }
    }

    /** Whether who had it before let go of it in good order, or nobody had it. */
    public boolean clean() {
        return clean;
    }

    /**
     * Lets go of it.
     *
     * @param inOrder whether the next may rely on all that was written
     */
    public void release(boolean inOrder) throws IOException {
        try (channel) {
            if (inOrder) {
                channel.truncate(0);
            }
        } finally {
            OURS.remove(key);
        }
    }

    private static String text(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(TEXT_MAX);
        channel.read(bytes, 0);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
    }
}
