package io.demur.log;

import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;

/**
 * What a log holds at one size: the text of a checkpoint without its signatures.
 *
 * @param origin the log's name: not empty, one line
 * @param size how many entries
 * @param root the Merkle root over them
 */
public record TreeHead(String origin, long size, Hash root) {

    public TreeHead {
        if (origin.isEmpty() || origin.contains("\n")) {
            throw new IllegalArgumentException("`%s` cannot be an origin".formatted(origin));
        }
        if (size < 0) {
            throw new IllegalArgumentException("a log has no negative size: " + size);
        }
        if (size == 0 && !root.equals(Merkle.EMPTY)) {
            throw new IllegalArgumentException("an empty log has the root of the empty tree");
        }
    }

    /** The three lines of the checkpoint. */
    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
