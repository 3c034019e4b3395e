package io.demur.log.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proofs that a leaf is in a tree: RFC 9162, section 2.1.3. */
public final class Inclusion {

    private Inclusion() {}

    /**
     * The proof for one leaf: from its sibling up to the child of the root.
     *
     * @throws IllegalArgumentException unless {@code 0 <= index < size}
     */
    public static List<Hash> path(long index, long size, Subtrees subtrees) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf %d of %d".formatted(index, size));
        }
        List<Hash> path = new ArrayList<>();
        long from = 0;
        long to = size;
        while (to - from > 1) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (index < middle) {
                path.add(Merkle.range(middle, to, subtrees));
                to = middle;
            } else {
                path.add(Merkle.range(from, middle, subtrees));
                from = middle;
            }
        }
        return path.reversed();
    }

    /**
     * Checks a proof.
     *
     * @return what is wrong with it; nothing where it holds
     */
    public static Optional<String> fault(
            Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || size < 0) {
            return Optional.of("a negative index or size");
        }
        if (index >= size) {
            return Optional.of("index %d is not below the tree's size %d".formatted(index, size));
        }
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash sibling : path) {
            if (last == 0) {
                return Optional.of("the path is longer than the tree is high");
            }
            if ((node & 1) == 1 || node == last) {
                hash = Merkle.node(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = Merkle.node(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            return Optional.of("the path is shorter than the tree is high");
        }
        return hash.equals(root)
                ? Optional.empty()
                : Optional.of("the path does not lead to the root");
    }
}
