package io.demur.log.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hashes of RFC 6962, section 2.1 (the same in RFC 9162): a leaf is {@code SHA-256(0x00 ‖
 * entry)}, a node {@code SHA-256(0x01 ‖ left ‖ right)}, and the empty tree {@code SHA-256("")}.
 */
public final class Merkle {

    /** The root of the tree without leaves. */
    public static final Hash EMPTY = Hash.owning(sha256().digest());

    private Merkle() {}

    /** The leaf hash of an entry. */
    public static Hash leaf(byte[] entry) {
        return leaf(entry, 0, entry.length);
    }

    /** The leaf hash of the entry that lies in part of an array. */
    public static Hash leaf(byte[] array, int offset, int length) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        digest.update(array, offset, length);
        return Hash.owning(digest.digest());
    }

    /** The hash of a node with two children. */
    public static Hash node(Hash left, Hash right) {
        byte[] input = new byte[1 + 2 * Hash.BYTES];
        input[0] = 1;
        left.copyTo(input, 1);
        right.copyTo(input, 1 + Hash.BYTES);
        return Hash.owning(sha256().digest(input));
    }

    /**
     * The root of the first {@code size} leaves.
     *
     * @throws IllegalArgumentException for a negative size
     */
    public static Hash root(long size, Subtrees subtrees) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree has no negative size: " + size);
        }
        return size == 0 ? EMPTY : range(0, size, subtrees);
    }

    /**
     * MTH(D[from:to]) of RFC 6962, where {@code from} is a multiple of the smallest power of two
     * that holds the range.
     */
    static Hash range(long from, long to, Subtrees subtrees) {
        long length = to - from;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return subtrees.hash(level, from >>> level);
        }
        long middle = from + Long.highestOneBit(length - 1);
        return node(range(from, middle, subtrees), range(middle, to, subtrees));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
