package io.demur.log.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.log.Checkpoint;
import io.demur.log.LogReader;
import io.demur.log.NaiveLog;
import io.demur.log.NaiveTree;
import io.demur.log.Receipt;
import io.demur.log.TestKeys;
import io.demur.log.merkle.Consistency;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Inclusion;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Malformed;
import io.demur.log.note.SigningKey;
import io.demur.testkit.Golden;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Roots and proofs for every size up to 600, proofs that prove nothing, and receipts. */
class ProofVectorsTest {

    private static final int SIZES = 600;
    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);

    private final NaiveTree tree = new NaiveTree(NaiveLog.entries(SIZES));

    @Test
    void rootsAndProofsOfEverySize() throws Exception {
        StringBuilder out = new StringBuilder("{\n \"about\": ");
        out.append(
                Vectors.quoted(
                        "RFC 6962 trees over the entries {\"n\":0}, {\"n\":1}, ... as ASCII. For"
                                + " each size: the root, SHA-256 over the inclusion paths of leaf"
                                + " 0 to size - 1 one after the other, and SHA-256 over the"
                                + " consistency proofs from size 1 to size, likewise; a path is"
                                + " its hashes one after the other"));
        out.append(",\n \"sizes\": [\n");
        for (int size = 0; size <= SIZES; size++) {
            MessageDigest inclusion = MessageDigest.getInstance("SHA-256");
            MessageDigest consistency = MessageDigest.getInstance("SHA-256");
            for (int i = 0; i < size; i++) {
                tree.path(i, size).forEach(inclusion::update);
                tree.proof(i + 1, size).forEach(consistency::update);
            }
            HexFormat hex = HexFormat.of();
            out.append(
                    "  {\"size\": %d, \"root\": \"%s\", \"inclusion\": \"%s\","
                            .concat(" \"consistency\": \"%s\"}%s\n")
                            .formatted(
                                    size,
                                    hex.formatHex(tree.mth(0, size)),
                                    hex.formatHex(inclusion.digest()),
                                    hex.formatHex(consistency.digest()),
                                    size < SIZES ? "," : ""));
        }
        Golden.check(
                "log/src/test/resources/vectors/merkle.json", out.append(" ]\n}\n").toString());
    }

    private final List<String> proofs = new ArrayList<>();

    @Test
    void proofsThatProveAndThatDoNot() {
        for (int[] of : new int[][] {{0, 1}, {0, 2}, {1, 3}, {2, 3}, {6, 7}, {5, 8}, {255, 300}}) {
            inclusions(of[0], of[1]);
        }
        for (int[] of : new int[][] {{1, 1}, {1, 2}, {2, 3}, {3, 7}, {4, 7}, {6, 8}, {256, 300}}) {
            consistencies(of[0], of[1]);
        }
        Golden.check(
                "log/src/test/resources/vectors/proofs.json",
                """
                {
                 "about": "inclusion (index, size) and consistency (old, size) \
                as RFC 9162 has them",
                 "cases": [
                  %s
                 ]
                }
                """
                        .formatted(String.join(",\n  ", proofs)));
    }

    private void inclusions(int index, int size) {
        List<Hash> path = hashes(tree.path(index, size));
        Hash leaf = Hash.of(tree.mth(index, index + 1));
        Hash root = Hash.of(tree.mth(0, size));
        inclusion("holds", true, leaf, index, size, path, root);
        inclusion("index = size", false, leaf, size, size, path, root);
        inclusion("index beyond size", false, leaf, size + 5, size, path, root);
        inclusion("size 0", false, leaf, index, 0, path, root);
        inclusion("the sibling's index", false, leaf, index ^ 1, size, path, root);
        inclusion(
                "root of another size",
                false,
                leaf,
                index,
                size,
                path,
                Hash.of(tree.mth(0, size + 1)));
        inclusion("a leaf for the root", false, leaf, index, size + 1, path, leaf);
        inclusion("a node for a leaf", false, Merkle.node(leaf, leaf), index, size, path, root);
        inclusion("a hash left over", false, leaf, index, size, with(path, root), root);
        inclusion("the leaf in its own path", false, leaf, index, size, with(path, leaf), root);
        if (!path.isEmpty()) {
            inclusion(
                    "the last hash missing",
                    false,
                    leaf,
                    index,
                    size,
                    path.subList(0, path.size() - 1),
                    root);
            inclusion(
                    "the first hash missing",
                    false,
                    leaf,
                    index,
                    size,
                    path.subList(1, path.size()),
                    root);
            inclusion("no path", false, leaf, index, size, List.of(), root);
        }
        if (path.size() > 1) {
            inclusion("from the root down", false, leaf, index, size, path.reversed(), root);
        }
    }

    private void consistencies(int old, int size) {
        List<Hash> path = hashes(tree.proof(old, size));
        Hash before = Hash.of(tree.mth(0, old));
        Hash root = Hash.of(tree.mth(0, size));
        consistency("holds", true, old, size, path, before, root);
        consistency("from nothing", false, 0, size, List.of(), Merkle.EMPTY, root);
        consistency("shrunk", false, size + 1, size, path, root, before);
        consistency("a hash left over", false, old, size, with(path, root), before, root);
        consistency(
                "another old root", false, old, size, path, Hash.of(tree.mth(1, old + 1)), root);
        consistency("another root", false, old, size, path, before, Hash.of(tree.mth(1, size + 1)));
        if (old < size) {
            consistency("the old root for the new", false, old, size, path, before, before);
            consistency("equal sizes, other roots", false, size, size, List.of(), before, root);
            consistency("no path", false, old, size, List.of(), before, root);
            consistency(
                    "the last hash missing",
                    false,
                    old,
                    size,
                    path.subList(0, path.size() - 1),
                    before,
                    root);
            consistency(
                    "the first hash missing",
                    false,
                    old,
                    size,
                    path.subList(1, path.size()),
                    before,
                    root);
        }
    }

    private void inclusion(
            String name,
            boolean holds,
            Hash leaf,
            long index,
            long size,
            List<Hash> path,
            Hash root) {
        add(
                "inclusion",
                name,
                holds,
                "\"leaf\": \"%s\", \"index\": %d".formatted(leaf, index),
                size,
                path,
                root,
                Inclusion.fault(leaf, index, size, path, root));
    }

    private void consistency(
            String name,
            boolean holds,
            long old,
            long size,
            List<Hash> path,
            Hash before,
            Hash root) {
        add(
                "consistency",
                name,
                holds,
                "\"oldRoot\": \"%s\", \"old\": %d".formatted(before, old),
                size,
                path,
                root,
                Consistency.fault(old, size, path, before, root));
    }

    private void add(
            String kind,
            String name,
            boolean holds,
            String of,
            long size,
            List<Hash> path,
            Hash root,
            Optional<String> fault) {
        assertEquals(holds, fault.isEmpty(), kind + ": " + name + " " + of);
        String hashes = String.join(", ", path.stream().map("\"%s\""::formatted).toList());
        proofs.add(
                "{\"kind\": \"%s\", \"name\": \"%s\", \"valid\": %b, %s, \"size\": %d,\n"
                        .concat("   \"root\": \"%s\", \"path\": [%s]}")
                        .formatted(kind, name, holds, of, size, root, hashes));
    }

    @Test
    void receipts() throws Exception {
        List<byte[]> entries = NaiveLog.entries(300);
        NaiveLog log = NaiveLog.of(entries, KEY);
        Checkpoint checkpoint =
                Checkpoint.open(log.read("checkpoint").orElseThrow(), List.of(KEY.verifier()));
        byte[] entry = entries.get(270);
        Receipt made = Receipt.of(entry, 270, checkpoint, 300, new LogReader(log));
        String good = new String(made.bytes(), StandardCharsets.UTF_8);
        String extra = good.lines().toList().get(1);
        String first = good.lines().toList().get(3);
        String second = good.lines().toList().get(4);
        String root = checkpoint.head().root().base64();
        String lone =
                new String(
                        Receipt.of(
                                        entries.getFirst(),
                                        0,
                                        Checkpoint.sign(
                                                NaiveLog.head(entries.subList(0, 1), KEY), KEY),
                                        1,
                                        new LogReader(NaiveLog.of(entries.subList(0, 1), KEY)))
                                .bytes(),
                        StandardCharsets.UTF_8);
        Vectors v =
                new Vectors(
                                "receipts.json",
                                "receipts (C2SP tlog-proof): valid where the entry {\"n\":270} is"
                                        + " proven to be in the log of `key`, at whatever index the"
                                        + " receipt says; where there is an extra line it has to be"
                                        + " that entry too",
                                bytes -> {
                                    Receipt receipt = Receipt.parse(bytes);
                                    Optional<String> fault = receipt.fault(entry);
                                    if (receipt.extra().isPresent()) {
                                        fault =
                                                fault.or(
                                                        () ->
                                                                receipt.fault(
                                                                        receipt.extra()
                                                                                .get()
                                                                                .bytes()));
                                    }
                                    if (fault.isPresent()) {
                                        throw new Malformed(fault.get());
                                    }
                                    receipt.checkpoint().signedBy(List.of(KEY.verifier()));
                                })
                        .with("key", KEY.verifier().toString());
        v.accepts("with the entry in it", good);
        v.accepts("without", good.replace(extra + "\n", ""));
        v.accepts(
                "with a second signature",
                good + TestKeys.of("a.example", 5).sign(new byte[0]).line());
        v.rejects("of another entry", "the path speaks for {\"n\":0}", lone);
        v.rejects("empty", "no first line", "");
        v.rejects("another version", "not v1", good.replace("@v1", "@v2"));
        v.rejects("a blank before the version", "not the first line", " " + good);
        v.rejects("no index", "no index line", good.replace("index 270\n", ""));
        v.rejects(
                "two indices", "not a hash", good.replace("index 270\n", "index 270\nindex 270\n"));
        v.rejects(
                "index before extra",
                "not a hash",
                good.replace(extra + "\nindex 270\n", "index 270\n" + extra + "\n"));
        v.rejects("two extras", "no index line", good.replace(extra, extra + "\n" + extra));
        v.rejects("extra that is no base64", "not base64", good.replace(extra, "extra ???"));
        v.rejects(
                "extra without padding",
                "not base64 as it is written",
                good.replace(extra, "extra YQ"));
        v.rejects(
                "another extra than the entry",
                "the path does not speak for it",
                good.replace(extra, "extra e30="));
        v.rejects(
                "a leading zero", "an index has one form", good.replace("index 270", "index 0270"));
        v.rejects("a sign", "an index has one form", good.replace("index 270", "index +270"));
        v.rejects("two blanks", "an index has one form", good.replace("index 270", "index  270"));
        v.rejects(
                "2^64 - 1",
                "larger than is read",
                good.replace("index 270", "index 18446744073709551615"));
        v.rejects("another index", "the path is another's", good.replace("index 270", "index 271"));
        v.rejects("index = size", "not below the size", good.replace("index 270", "index 300"));
        v.rejects("a hash missing", "the path is too short", good.replace(first + "\n", ""));
        v.rejects(
                "two hashes swapped",
                "the path leads elsewhere",
                good.replace(first + "\n" + second, second + "\n" + first));
        v.rejects(
                "a hash left over",
                "the path is too long",
                good.replace("\n\nexample", "\n" + root + "\n\nexample"));
        v.rejects(
                "a hash of 31 bytes",
                "a hash has 32",
                good.replace(first, Base64.getEncoder().encodeToString(new byte[31])));
        v.rejects(
                "left-over bits in a hash",
                "two spellings of one hash",
                good.replace(first, NoteVectorsTest.leftover(first)));
        v.rejects(
                "64 hashes",
                "no tree is so high",
                good.replace(first, (first + "\n").repeat(64).trim()));
        v.rejects("no blank line", "no checkpoint", good.replace("\n\nexample", "\nexample"));
        v.rejects(
                "two blank lines",
                "the checkpoint begins with an empty line",
                good.replace("\n\nexample", "\n\n\nexample"));
        v.rejects("no checkpoint", "cut off", good.substring(0, good.indexOf("\n\n") + 2));
        v.rejects("not signed", "no signature", good.substring(0, good.lastIndexOf("\n\n") + 2));
        v.rejects("another size", "the signature is false", good.replace("\n300\n", "\n301\n"));
        v.rejects(
                "another root",
                "the signature is false",
                good.replace(root, Merkle.EMPTY.base64()));
        v.rejects("carriage returns", "control characters", good.replace("\n", "\r\n"));
        v.rejects("something behind", "not a signature line", good + "x\n");
        v.check();
    }

    private static List<Hash> with(List<Hash> path, Hash hash) {
        List<Hash> longer = new ArrayList<>(path);
        longer.add(hash);
        return longer;
    }

    private static List<Hash> hashes(List<byte[]> path) {
        return path.stream().map(Hash::of).toList();
    }
}
