package io.demur.log.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.demur.log.NaiveLog;
import io.demur.log.NaiveTree;
import io.demur.testkit.Property;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The tree agrees with the definition of RFC 6962, and its proofs prove nothing else. */
class MerkleTest {

    private static final int SIZES = 600;

    /** The entries and roots that the authors of Certificate Transparency test with. */
    private static final List<String> EIGHT =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private final List<byte[]> entries = NaiveLog.entries(SIZES);
    private final NaiveTree naive = new NaiveTree(entries);
    private final Subtrees subtrees = subtrees(entries);

    @Test
    void eightLeavesHaveTheirKnownRoots() {
        List<byte[]> eight = EIGHT.stream().map(hex -> HexFormat.of().parseHex(hex)).toList();
        for (int size = 0; size <= 8; size++) {
            Hash root = Merkle.root(size, subtrees(eight));
            assertEquals(ROOTS.get(size), root.toString());
        }
    }

    @Test
    void rootsOfEverySizeAreThoseOfTheDefinition() {
        for (int size = 0; size <= SIZES; size++) {
            assertEquals(Hash.of(naive.mth(0, size)), Merkle.root(size, subtrees));
        }
    }

    @Test
    void inclusionOfEveryLeafInEverySize() {
        for (int size = 1; size <= SIZES; size++) {
            Hash root = Hash.of(naive.mth(0, size));
            for (int index = 0; index < size; index++) {
                List<Hash> path = Inclusion.path(index, size, subtrees);
                assertEquals(hashes(naive.path(index, size)), path);
                Hash leaf = Merkle.leaf(entries.get(index));
                assertEquals(Optional.empty(), Inclusion.fault(leaf, index, size, path, root));
            }
        }
    }

    @Test
    void consistencyOfEveryPairOfSizes() {
        for (int size = 1; size <= SIZES; size++) {
            Hash root = Hash.of(naive.mth(0, size));
            for (int old = 1; old <= size; old++) {
                List<Hash> path = Consistency.path(old, size, subtrees);
                assertEquals(hashes(naive.proof(old, size)), path);
                Hash before = Hash.of(naive.mth(0, old));
                assertEquals(Optional.empty(), Consistency.fault(old, size, path, before, root));
            }
        }
    }

    @Test
    void noOtherIndexSizeOrPathIsProven() {
        Property.check(
                300,
                gen -> {
                    int size = gen.between(1, SIZES);
                    int index = gen.between(0, size - 1);
                    Hash leaf = Merkle.leaf(entries.get(index));
                    Hash root = Hash.of(naive.mth(0, size));
                    List<Hash> path = Inclusion.path(index, size, subtrees);
                    int other = gen.between(-2, 2 * SIZES);
                    if (other != index) {
                        assertFault(Inclusion.fault(leaf, other, size, path, root));
                    }
                    // another size may have a path of the same shape: then it is the same claim
                    assertFault(Inclusion.fault(leaf, index, index, path, root));
                    assertFault(Inclusion.fault(leaf, -1, size, path, root));
                    for (List<Hash> wrong : damaged(path, root)) {
                        assertFault(Inclusion.fault(leaf, index, size, wrong, root));
                    }
                    int old = gen.between(1, size);
                    Hash before = Hash.of(naive.mth(0, old));
                    List<Hash> proof = Consistency.path(old, size, subtrees);
                    for (List<Hash> wrong : damaged(proof, root)) {
                        assertFault(Consistency.fault(old, size, wrong, before, root));
                    }
                    assertFault(Consistency.fault(old, size, proof, before, leaf));
                    assertFault(Consistency.fault(old, size, proof, Merkle.EMPTY, root));
                    assertFault(Consistency.fault(0, size, proof, Merkle.EMPTY, root));
                    assertFault(Consistency.fault(size + 1, size, proof, before, root));
                });
    }

    /** The path longer, shorter, out of order, and with a bit flipped. */
    private static List<List<Hash>> damaged(List<Hash> path, Hash root) {
        List<List<Hash>> wrong = new ArrayList<>();
        List<Hash> longer = new ArrayList<>(path);
        longer.add(root);
        wrong.add(longer);
        List<Hash> before = new ArrayList<>(path);
        before.addFirst(root);
        wrong.add(before);
        if (!path.isEmpty()) {
            wrong.add(path.subList(1, path.size()));
            wrong.add(path.subList(0, path.size() - 1));
            byte[] flipped = path.getFirst().bytes();
            flipped[0] ^= 1;
            List<Hash> changed = new ArrayList<>(path);
            changed.set(0, Hash.of(flipped));
            wrong.add(changed);
        }
        if (path.size() > 1) {
            assertNotEquals(path, path.reversed());
            wrong.add(path.reversed());
        }
        return wrong;
    }

    private static void assertFault(Optional<String> fault) {
        assertTrue(fault.isPresent(), "a false proof was taken for a true one");
    }

    private static List<Hash> hashes(List<byte[]> path) {
        return path.stream().map(Hash::of).toList();
    }

    private static Subtrees subtrees(List<byte[]> entries) {
        NaiveTree tree = new NaiveTree(entries);
        return (level, index) ->
                Hash.of(tree.mth((int) (index << level), (int) ((index + 1) << level)));
    }
}
