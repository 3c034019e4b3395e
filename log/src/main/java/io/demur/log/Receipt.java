package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Inclusion;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.Text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proof in one file that an entry is in a log, to be checked without the log: C2SP tlog-proof,
 * {@code .tlog-proof}.
 *
 * <p>Reading one says nothing of it. It proves something of an entry where {@link #fault} finds
 * nothing and the checkpoint's signatures are those of keys that are trusted ({@link
 * Checkpoint#open}, {@link TrustPolicy#fault}).
 *
 * @param extra anything; signed by nobody. Ours hold the entry, which the path then speaks for or
 *     does not
 * @param index of the entry
 * @param path from the entry's sibling up to the child of the root
 */
public record Receipt(Optional<Extra> extra, long index, List<Hash> path, Checkpoint checkpoint) {

    /** The longest receipt that is read: the longest entry in base64, and a checkpoint. */
    public static final int BYTES_MAX = 1_000_000;

    private static final String FIRST = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    /** A tree of 2^63 entries is 63 hashes high. */
    private static final int PATH_MAX = 63;

    /** Bytes that come with a receipt. */
    public static final class Extra {
        private final byte[] bytes;

        private Extra(byte[] bytes) {
            this.bytes = bytes;
        }

        /** A copy of the bytes. */
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Extra that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    public Receipt {
        path = List.copyOf(path);
        if (index < 0) {
            throw new IllegalArgumentException("no entry has index " + index);
        }
        if (path.size() > PATH_MAX) {
            throw new IllegalArgumentException("no tree is %d hashes high".formatted(path.size()));
        }
    }

    /**
     * The receipt of an entry, with the entry in it.
     *
     * @param checkpoint covers the entry
     * @param published the size whose tiles are read: that of the log's newest checkpoint
     * @throws IllegalArgumentException where it does not
     * @throws IOException where the log's files cannot be read
     */
    public static Receipt of(
            byte[] entry, long index, Checkpoint checkpoint, long published, LogReader reader)
            throws IOException {
        List<Hash> path = reader.inclusion(index, checkpoint.head().size(), published);
        return new Receipt(Optional.of(new Extra(entry.clone())), index, path, checkpoint);
    }

    /**
     * Reads a receipt. Every rule of the format is kept; nothing is verified.
     *
     * @throws Malformed where the bytes are none
     */
    public static Receipt parse(byte[] bytes) throws Malformed {
        if (bytes.length > BYTES_MAX) {
            throw new Malformed("a receipt of %d bytes is too long".formatted(bytes.length));
        }
        String whole = Text.utf8(bytes);
        int blank = whole.indexOf("\n\n");
        if (blank < 0) {
            throw new Malformed("no blank line between path and checkpoint");
        }
        List<String> lines = List.of(whole.substring(0, blank).split("\n", -1));
        if (!lines.getFirst().equals(FIRST)) {
            throw new Malformed("the first line is not `%s`".formatted(FIRST));
        }
        int next = 1;
        Optional<Extra> extra = Optional.empty();
        if (lines.size() > next && lines.get(next).startsWith(EXTRA)) {
            extra = Optional.of(new Extra(Text.base64(lines.get(next).substring(EXTRA.length()))));
            next++;
        }
        if (lines.size() <= next || !lines.get(next).startsWith(INDEX)) {
            throw new Malformed("line %d does not begin with `index `".formatted(next + 1));
        }
        long index = Text.decimal(lines.get(next).substring(INDEX.length()));
        List<String> hashes = lines.subList(next + 1, lines.size());
        if (hashes.size() > PATH_MAX) {
            throw new Malformed("a path of %d hashes is too long".formatted(hashes.size()));
        }
        List<Hash> path = new ArrayList<>();
        for (String line : hashes) {
            path.add(Hash.fromBase64(line));
        }
        Checkpoint checkpoint =
                Checkpoint.parse(whole.substring(blank + 2).getBytes(StandardCharsets.UTF_8));
        return new Receipt(extra, index, path, checkpoint);
    }

    /** The bytes of the file. */
    public byte[] bytes() {
        StringBuilder out = new StringBuilder(FIRST).append('\n');
        extra.ifPresent(
                with ->
                        out.append(EXTRA)
                                .append(Base64.getEncoder().encodeToString(with.bytes))
                                .append('\n'));
        out.append(INDEX).append(index).append('\n');
        path.forEach(hash -> out.append(hash.base64()).append('\n'));
        out.append('\n').append(checkpoint.note());
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Checks that the entry is where the receipt says, under the root of its checkpoint. Who signed
     * that checkpoint is another question.
     *
     * @return what is wrong; nothing where the path holds
     */
    public Optional<String> fault(byte[] entry) {
        return fault(Merkle.leaf(entry));
    }

    /** The same, where only the hash of the entry's leaf is known. */
    public Optional<String> fault(Hash leaf) {
        TreeHead head = checkpoint.head();
        return Inclusion.fault(leaf, index, head.size(), path, head.root());
    }
}
