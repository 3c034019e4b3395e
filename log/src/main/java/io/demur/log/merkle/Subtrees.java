package io.demur.log.merkle;

/** Where the hashes of complete subtrees come from: tiles, or a list of leaves in a test. */
@FunctionalInterface
public interface Subtrees {

    /**
     * The root of the complete subtree over the leaves from {@code index << level} on, {@code 1 <<
     * level} of them.
     *
     * @param level 0 for leaves, at most 62
     */
    Hash hash(int level, long index);
}
