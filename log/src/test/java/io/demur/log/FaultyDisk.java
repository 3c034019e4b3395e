package io.demur.log;

import io.demur.log.journal.Disk;
import io.demur.log.journal.ForceFailed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A disk of which one call fails, or that fills up, or that loses power. It makes nothing durable
 * (which would only take time), and remembers what was to be.
 */
class FaultyDisk extends Disk {

    /** What happens at the call that was chosen. */
    enum Fault {
        /** It fails, and the next succeeds. */
        ONCE,
        /** It fails, and so does the next. */
        TWICE,
        /** If it writes, it writes half, and what is left fails; otherwise as {@link #ONCE}. */
        SHORT,
        /** From then on nothing can be written, until the disk is healed. */
        FULL,
        /** From then on nothing works at all; {@link #losePower} says what is left. */
        POWER
    }

    private final Map<FileChannel, Path> open = new HashMap<>();
    private final Map<Path, Long> durable = new HashMap<>();
    private final Set<Path> namesNotDurable = new HashSet<>();
    private Fault fault = Fault.ONCE;
    private int failAt = -1;
    private int calls;
    private boolean shortened;
    private boolean hit;
    private final List<String> history = new ArrayList<>();

    /** From now on calls are counted, and the one of this number, from 0, fails. */
    synchronized void arm(Fault how, int at) {
        fault = how;
        failAt = at;
        calls = 0;
        hit = false;
    }

    /** From now on nothing fails. */
    synchronized void heal() {
        failAt = -1;
        shortened = false;
    }

    /** Whether the call that was to fail was made. */
    synchronized boolean hit() {
        return hit;
    }

    /** The call that failed first. */
    synchronized String failed() {
        return history.isEmpty() ? "nothing" : history.getFirst();
    }

    private void call(String name, boolean writes) throws IOException {
        if (failAt < 0) {
            return;
        }
        int number = calls++;
        boolean now =
                switch (fault) {
                    case ONCE, SHORT -> number == failAt;
                    case TWICE -> number == failAt || number == failAt + 1;
                    case FULL -> number >= failAt && writes;
                    case POWER -> number >= failAt;
                };
        if (now) {
            hit = true;
            history.add(name);
            throw new IOException("no " + name + " at call " + number);
        }
    }

    @Override
    public synchronized FileChannel create(Path file) throws IOException {
        call("create", true);
        return opened(file, super.create(file), 0);
    }

    @Override
    public synchronized FileChannel open(Path file) throws IOException {
        call("open", false);
        return opened(file, super.open(file), Files.size(file));
    }

    @Override
    public synchronized FileChannel reading(Path file) throws IOException {
        call("open to read", false);
        FileChannel channel = super.reading(file);
        open.put(channel, file);
        return channel;
    }

    private FileChannel opened(Path file, FileChannel channel, long length) {
        open.put(channel, file);
        durable.putIfAbsent(file, length);
        if (length == 0) {
            durable.put(file, 0L);
            namesNotDurable.add(file);
        }
        return channel;
    }

    @Override
    public synchronized int write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        if (shortened) {
            shortened = false;
            throw new IOException("no room for the rest");
        }
        if (fault == Fault.SHORT && calls == failAt && bytes.remaining() > 1) {
            calls++;
            hit = true;
            shortened = true;
            history.add("write");
            return super.write(file, bytes.slice(0, bytes.remaining() / 2), at);
        }
        call("write", true);
        return super.write(file, bytes, at);
    }

    @Override
    public synchronized int read(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        call("read", false);
        return super.read(file, bytes, at);
    }

    @Override
    public synchronized void force(FileChannel file, boolean metadata) throws ForceFailed {
        try {
            call("force", false);
            Path path = open.get(file);
            if (path != null) {
                durable.put(path, file.size());
            }
        } catch (IOException e) {
            throw new ForceFailed("a file could not be made durable", e);
        }
    }

    @Override
    public synchronized void truncate(FileChannel file, long size) throws IOException {
        call("truncate", false);
        super.truncate(file, size);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        call("rename", true);
        boolean replaces = Files.exists(to);
        super.rename(from, to);
        open.replaceAll((channel, path) -> path.equals(from) ? to : path);
        Long length = durable.remove(from);
        durable.put(to, length == null ? 0 : length);
        namesNotDurable.remove(from);
        if (!replaces) {
            namesNotDurable.add(to);
        }
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        call("delete", false);
        super.delete(file);
        durable.remove(file);
        namesNotDurable.remove(file);
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        call("create a folder", true);
        super.createFolder(folder);
    }

    @Override
    public synchronized void forceFolder(Path folder) throws ForceFailed {
        try {
            call("force a folder", false);
            Path normal = folder.normalize();
            namesNotDurable.removeIf(file -> normal.equals(file.normalize().getParent()));
        } catch (IOException e) {
            throw new ForceFailed("a folder could not be made durable", e);
        }
    }

    /**
     * Takes away what was not durable, by chance: files whose names were not, and of others what
     * was written since, or puts rubbish in its place.
     */
    synchronized void losePower(SplittableRandom random) throws IOException {
        for (Path file : namesNotDurable) {
            if (random.nextInt(2) == 0) {
                Files.deleteIfExists(file);
            }
        }
        for (Map.Entry<Path, Long> each : durable.entrySet()) {
            Path file = each.getKey();
            if (!Files.exists(file) || Files.size(file) <= each.getValue()) {
                continue;
            }
            long lost = Files.size(file) - each.getValue();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                if (random.nextInt(3) > 0) {
                    channel.truncate(each.getValue() + random.nextLong(lost));
                } else {
                    byte[] rubbish = new byte[(int) random.nextLong(lost) + 1];
                    random.nextBytes(rubbish);
                    channel.write(ByteBuffer.wrap(rubbish), each.getValue());
                }
            }
        }
    }
}
