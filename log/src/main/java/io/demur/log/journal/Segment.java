package io.demur.log.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * One file of the journal: a header, then frames.
 *
 * @param first the index of its first entry, also where it has none yet; its name as well
 */
record Segment(Path file, long first) {

    /** Ends the name of each. */
    static final String ENDING = ".journal";

    /** How long the header is. */
    static final int HEADER = 64;

    private static final long MAGIC = 0x44454d55524a4e4cL; // DEMURJNL
    private static final int VERSION = 1;

    /** The segment of the given first index. */
    static Segment of(Path folder, long first) {
        return new Segment(
                folder.resolve(String.format(Locale.ROOT, "%016d", first) + ENDING), first);
    }

    /**
     * The segment that a file is by its name.
     *
     * @throws Damage where it is none
     */
    static Segment named(Path folder, String name) throws Damage {
        String digits = name.substring(0, name.length() - ENDING.length());
        if (digits.length() == 16 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return of(folder, Long.parseLong(digits));
        }
        throw new Damage("`%s` is not the name of a part of a journal".formatted(name));
    }

    /** The bytes of a header. */
    static ByteBuffer header(String origin, long first, long mark) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.putLong(MAGIC).putInt(VERSION).put(hash(origin)).putLong(first).putLong(mark);
        return header.putInt(crc(header.duplicate().flip())).flip();
    }

    /**
     * Reads the header.
     *
     * @return the mark that each frame begins with
     * @throws Damage where it is not the header of this segment of this log
     */
    long mark(Disk disk, FileChannel channel, String origin) throws IOException, Damage {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        while (header.hasRemaining()) {
            if (disk.read(channel, header, header.position()) < 0) {
                throw new Damage("`%s` is shorter than its header".formatted(file));
            }
        }
        header.flip();
        int sum = crc(header.duplicate().limit(HEADER - Integer.BYTES));
        if (sum != header.getInt(HEADER - Integer.BYTES) || header.getLong() != MAGIC) {
            throw new Damage("the header of `%s` is damaged".formatted(file));
        }
        int version = header.getInt();
        if (version != VERSION) {
            throw new Damage(
                    "`%s` has version %d, and 1 is what is known here".formatted(file, version));
        }
        byte[] hash = new byte[32];
        header.get(hash);
        if (!Arrays.equals(hash, hash(origin))) {
            throw new Damage("`%s` belongs to another log than `%s`".formatted(file, origin));
        }
        if (header.getLong() != first) {
            throw new Damage("`%s` bears the name of another part".formatted(file));
        }
        return header.getLong();
    }

    static int crc(ByteBuffer... parts) {
        CRC32C crc = new CRC32C();
        for (ByteBuffer part : parts) {
            crc.update(part);
        }
        return (int) crc.getValue();
    }

    private static byte[] hash(String origin) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(origin.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
