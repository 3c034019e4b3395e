package io.demur.log.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Proofs that a tree has only grown: RFC 9162, section 2.1.4. */
public final class Consistency {

    private Consistency() {}

    /**
     * The proof that the first {@code oldSize} leaves are still the same. Empty where either tree
     * is empty or both are of one size.
     *
     * @throws IllegalArgumentException unless {@code 0 <= oldSize <= size}
     */
    public static List<Hash> path(long oldSize, long size, Subtrees subtrees) {
        if (oldSize < 0 || oldSize > size) {
            throw new IllegalArgumentException("no tree grows %d to %d".formatted(oldSize, size));
        }
        List<Hash> path = new ArrayList<>();
        if (oldSize == 0 || oldSize == size) {
            return path;
        }
        long from = 0;
        long to = size;
        while (to != oldSize) {
            long middle = from + Long.highestOneBit(to - from - 1);
            if (oldSize <= middle) {
                path.add(Merkle.range(middle, to, subtrees));
                to = middle;
            } else {
                path.add(Merkle.range(from, middle, subtrees));
                from = middle;
            }
        }
        if (from != 0) {
            path.add(Merkle.range(from, to, subtrees));
        }
        return path.reversed();
    }

    /**
     * Checks a proof. Between an empty tree and another there is nothing to prove: such a pair is
     * always at fault here, and who allows it (as a witness does that sees a log first) says so
     * beforehand.
     *
     * @return what is wrong with it; nothing where it holds
     */
    public static Optional<String> fault(
            long oldSize, long size, List<Hash> path, Hash oldRoot, Hash root) {
        if (oldSize <= 0 || size < oldSize) {
            return Optional.of("sizes %d and %d are no pair".formatted(oldSize, size));
        }
        if (oldSize == size) {
            if (!path.isEmpty()) {
                return Optional.of("the path is longer than it can be");
            }
            return oldRoot.equals(root) ? Optional.empty() : Optional.of("two roots for one size");
        }
        // a complete old tree is its own first node, and is left out of the path
        boolean complete = Long.bitCount(oldSize) == 1;
        if (path.isEmpty()) {
            return Optional.of("the path is shorter than it can be");
        }
        Hash first = complete ? oldRoot : path.getFirst();
        long node = oldSize - 1;
        long last = size - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        Hash before = first;
        Hash now = first;
        for (Hash hash : complete ? path : path.subList(1, path.size())) {
            if (last == 0) {
                return Optional.of("the path is longer than the tree is high");
            }
            if ((node & 1) == 1 || node == last) {
                before = Merkle.node(hash, before);
                now = Merkle.node(hash, now);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                now = Merkle.node(now, hash);
            }
            node >>>= 1;
            last >>>= 1;
        }
        if (last != 0) {
            return Optional.of("the path is shorter than the tree is high");
        }
        if (!before.equals(oldRoot)) {
            return Optional.of("the path does not lead to the old root");
        }
        return now.equals(root)
                ? Optional.empty()
                : Optional.of("the path does not lead to the root");
    }
}
