package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.SigningKey;
import io.demur.log.note.Text;
import io.demur.log.note.VerifierKey;

import java.util.Collection;
import java.util.Set;

/**
 * A signed statement of what the log holds: origin, size, root (C2SP tlog-checkpoint v1.0.0).
 *
 * @param note the note as it was read or signed, with all its signatures
 */
public record Checkpoint(TreeHead head, Note note) {

    /** Signs a tree head. */
    public static Checkpoint sign(TreeHead head, SigningKey key) {
        return new Checkpoint(head, Note.sign(head.text(), key));
    }

    /**
     * Reads a checkpoint, whoever signed it. Lines of extension are allowed and ignored.
     *
     * @throws Malformed where the bytes are not one
     */
    public static Checkpoint parse(byte[] bytes) throws Malformed {
        Note note = Note.parse(bytes);
        String[] lines = note.text().substring(0, note.text().length() - 1).split("\n", -1);
        if (lines.length < 3) {
            throw new Malformed("a checkpoint has three lines: origin, size, root");
        }
        for (String line : lines) {
            if (line.isEmpty()) {
                throw new Malformed("an empty line in a checkpoint");
            }
        }
        long size = Text.decimal(lines[1]);
        Hash root = Hash.fromBase64(lines[2]);
        if (size == 0 && !root.equals(Merkle.EMPTY)) {
            throw new Malformed("size 0 with a root that is not the empty tree's");
        }
        return new Checkpoint(new TreeHead(lines[0], size, root), note);
    }

    /**
     * Reads a checkpoint that must bear a valid signature of one of the keys, under its own origin.
     *
     * @param keys the log's keys, whose names are its origin
     * @throws Malformed where it is not one, or not theirs
     */
    public static Checkpoint open(byte[] bytes, Collection<VerifierKey> keys) throws Malformed {
        Checkpoint checkpoint = parse(bytes);
        checkpoint.signedBy(keys);
        return checkpoint;
    }

    /**
     * Which of the keys signed this checkpoint; at least one of them is its log's.
     *
     * @param keys the log's keys, whose names are its origin, and any others such as witnesses'
     * @throws Malformed where the log's is not among them, or a known key's signature is false
     */
    public Set<VerifierKey> signedBy(Collection<VerifierKey> keys) throws Malformed {
        Set<VerifierKey> signers = note.signers(keys);
        if (signers.stream().noneMatch(this::isLogKey)) {
            throw new Malformed(
                    "no known key has signed this checkpoint of `%s`"
                            .formatted(Text.shown(head.origin())));
        }
        return signers;
    }

    /** Whether a key is of the kind and name that this checkpoint's log signs with. */
    boolean isLogKey(VerifierKey key) {
        return key.type() == VerifierKey.Type.ED25519 && key.name().equals(head.origin());
    }

    /** The bytes of the whole note. */
    public byte[] bytes() {
        return note.bytes();
    }
}
