package io.demur.log;

import io.demur.log.journal.Disk;
import io.demur.log.journal.ForceFailed;

import org.jspecify.annotations.Nullable;

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
    private boolean forceFailed;

    /** What a failed force has lost though it reads well: where it begins and ends. */
    private final Map<Path, long[]> holes = new HashMap<>();

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

    /** Whether a file or a folder could not be made durable. */
    synchronized boolean forceFailed() {
        return forceFailed;
    }

    /** Whether a loss of power would leave a file as it is. */
    synchronized boolean isDurable(Path file) throws IOException {
        Long length = durable.get(file);
        return length != null && length == Files.size(file) && !namesNotDurable.contains(file);
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
        long[] hole = holes.get(open.get(file));
        if (hole != null && at < hole[1] && at + bytes.remaining() > hole[0]) {
            holes.remove(open.get(file)); // written anew
        }
        return super.write(file, bytes, at);
    }

    @Override
    public synchronized int read(FileChannel file, ByteBuffer bytes, long at) throws IOException {
        call("read", false);
        return super.read(file, bytes, at);
    }

    @Override
    public synchronized void force(FileChannel file, boolean metadata) throws ForceFailed {
        Path path = open.get(file);
        try {
            call("force", false);
            if (path != null) {
                durable.put(path, file.size());
            }
        } catch (IOException e) {
            forceFailed = true;
            loses(file, path);
            throw new ForceFailed("a file could not be made durable", e);
        }
    }

    /** What the system could not write it takes for written, and says so no second time. */
    private void loses(FileChannel file, @Nullable Path path) {
        try {
            long from = path == null ? 0 : durable.getOrDefault(path, 0L);
            if (path != null && fault != Fault.POWER && file.size() > from) {
                holes.put(path, new long[] {from, file.size()});
            }
        } catch (IOException e) {
            throw new AssertionError(e);
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
        long[] hole = holes.remove(from);
        holes.remove(to);
        if (hole != null) {
            holes.put(to, hole);
        }
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
        holes.remove(file);
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
            forceFailed = true;
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
        for (Map.Entry<Path, long[]> each : holes.entrySet()) {
            if (Files.exists(each.getKey())) {
                int lost = (int) (each.getValue()[1] - each.getValue()[0]);
                try (FileChannel file = FileChannel.open(each.getKey(), StandardOpenOption.WRITE)) {
                    file.write(ByteBuffer.allocate(lost), each.getValue()[0]);
                }
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
