package io.demur.log.vectors;

import io.demur.log.Checkpoint;
import io.demur.log.NaiveLog;
import io.demur.log.NaiveTree;
import io.demur.log.TestKeys;
import io.demur.log.TreeHead;
import io.demur.log.merkle.Hash;
import io.demur.log.merkle.Merkle;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Checkpoints and cosignatures, well and badly made. */
class CheckpointVectorsTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final SigningKey OTHER = TestKeys.of("example.com/other", 2);
    private static final SigningKey WITNESS = TestKeys.of("witness.example/w1", 3);

    /** A key for cosignatures that bears the log's name. */
    private static final VerifierKey COSIGNER = Cosignature.verifier(KEY);

    private static final VerifierKey WITNESS_KEY = Cosignature.verifier(WITNESS);

    @Test
    void checkpoints() {
        List<byte[]> entries = NaiveLog.entries(3);
        String root = Hash.of(new NaiveTree(entries).mth(0, 3)).base64();
        String good = "example.com/log\n3\n" + root + "\n";
        Vectors v =
                new Vectors(
                                "checkpoints.json",
                                "checkpoints (C2SP tlog-checkpoint), each signed with `key`: valid"
                                        + " where it is one of the log `example.com/log`",
                                bytes -> Checkpoint.open(bytes, List.of(KEY.verifier(), COSIGNER)))
                        .with("key", KEY.verifier().toString())
                        .with("cosigner", COSIGNER.toString());
        v.accepts("three entries", signed(good));
        v.accepts("no entries", signed("example.com/log\n0\n" + Merkle.EMPTY.base64() + "\n"));
        v.accepts("lines of extension", signed(good + "extension\nanother\n"));
        v.accepts("the largest size", signed(good.replace("\n3\n", "\n9223372036854775807\n")));
        v.rejects("two lines", "no root", signed("example.com/log\n3\n"));
        v.rejects("no origin", "an empty line", signed(good.replace("example.com/log", "")));
        v.rejects(
                "another origin",
                "signed under a name that is not the origin",
                signed(good.replace("/log", "/lag")));
        v.rejects("an empty line of extension", "an empty line", signed(good + "\nextension\n"));
        v.rejects("a leading zero", "a size has one form", signed(good.replace("\n3\n", "\n03\n")));
        v.rejects("a plus sign", "a size has one form", signed(good.replace("\n3\n", "\n+3\n")));
        v.rejects(
                "a negative size", "a size has one form", signed(good.replace("\n3\n", "\n-3\n")));
        v.rejects(
                "a size of 2^63",
                "larger than is read",
                signed(good.replace("\n3\n", "\n9223372036854775808\n")));
        v.rejects(
                "a size of 2^64",
                "larger than can be",
                signed(good.replace("\n3\n", "\n18446744073709551616\n")));
        v.rejects(
                "a size in hexadecimal",
                "a size has one form",
                signed(good.replace("\n3\n", "\n0x3\n")));
        v.rejects(
                "Arabic-Indic digits",
                "a size has one form",
                signed(good.replace("\n3\n", "\n\u0663\n")));
        v.rejects(
                "a space behind the size",
                "a size has one form",
                signed(good.replace("\n3\n", "\n3 \n")));
        v.rejects(
                "a root of 31 bytes",
                "a hash has 32",
                signed(good.replace(root, Base64.getEncoder().encodeToString(new byte[31]))));
        v.rejects(
                "a root in hexadecimal", "not base64", signed(good.replace(root, "00".repeat(32))));
        v.rejects(
                "left-over bits in the root",
                "two spellings of one root",
                signed(good.replace(root, NoteVectorsTest.leftover(root))));
        v.rejects(
                "no entries and a root",
                "not the empty tree's root",
                signed(good.replace("\n3\n", "\n0\n")));
        v.rejects(
                "signed by another key",
                "not signed by the log",
                Note.sign(good, OTHER).toString());
        v.rejects(
                "signed by another key under the log's name",
                "not signed by the log",
                Note.sign(good, TestKeys.of("example.com/log", 9)).toString());
        v.rejects(
                "cosigned under the log's name, and not signed",
                "`cosigner` is of a type that no log signs with",
                new Note(
                                good,
                                List.of(
                                        Cosignature.sign(
                                                NoteVectorsTest.bytes(good), KEY, Instant.EPOCH)))
                        .toString());
        v.check();
    }

    @Test
    void cosignatures() {
        byte[] text = NoteVectorsTest.bytes("example.com/log\n0\n" + Merkle.EMPTY.base64() + "\n");
        TreeHead head = new TreeHead("example.com/log", 0, Merkle.EMPTY);
        Note note = Checkpoint.sign(head, KEY).note();
        NoteSignature good = Cosignature.sign(text, WITNESS, Instant.ofEpochSecond(1_679_315_147));
        NoteSignature later = Cosignature.sign(text, WITNESS, Instant.ofEpochSecond(1_679_315_148));
        NoteSignature bare = WITNESS.sign(text);
        byte[] overdue = good.bytes().clone();
        overdue[7] ^= 1;
        byte[] negative = good.bytes().clone();
        negative[0] |= (byte) 0x80;
        int id = WITNESS_KEY.id();
        Vectors v =
                new Vectors(
                                "cosignatures.json",
                                "checkpoints with Ed25519 cosignatures (C2SP tlog-cosignature,"
                                        + " cosignature/v1): valid where `witness` has cosigned",
                                bytes -> {
                                    if (!Checkpoint.parse(bytes)
                                            .note()
                                            .signers(List.of(WITNESS_KEY))
                                            .contains(WITNESS_KEY)) {
                                        throw new Malformed("not cosigned");
                                    }
                                })
                        .with("witness", WITNESS_KEY.toString());
        v.accepts("cosigned", note.with(good).toString());
        v.accepts("cosigned at two times", note.with(good).with(later).toString());
        v.accepts(
                "at the epoch",
                note.with(Cosignature.sign(text, WITNESS, Instant.EPOCH)).toString());
        v.rejects("not cosigned", "the log's signature alone", note.toString());
        v.rejects(
                "another time",
                "the time is signed too",
                note + NoteVectorsTest.line(WITNESS_KEY.name(), id, overdue));
        v.rejects(
                "a time of 2^63 and more",
                "times end at 2^63 - 1",
                note + NoteVectorsTest.line(WITNESS_KEY.name(), id, negative));
        byte[] before = NoteVectorsTest.bytes("cosignature/v1\ntime -5\n" + head.text());
        v.rejects(
                "a time before the epoch that is signed as such",
                "times begin at 0",
                note
                        + NoteVectorsTest.line(
                                WITNESS_KEY.name(),
                                id,
                                ByteBuffer.allocate(72)
                                        .putLong(-5)
                                        .put(WITNESS.sign(before).bytes())
                                        .array()));
        v.rejects(
                "no time",
                "64 bytes instead of 72",
                note + NoteVectorsTest.line(WITNESS_KEY.name(), id, bare.bytes()));
        v.rejects(
                "an ordinary signature of the same key",
                "of type 0x01, which says nothing of consistency",
                note.with(bare).toString());
        v.rejects(
                "an ordinary signature after a time, under the cosignature's id",
                "not the message that is cosigned",
                note
                        + NoteVectorsTest.line(
                                WITNESS_KEY.name(),
                                id,
                                ByteBuffer.allocate(72)
                                        .put(new byte[8])
                                        .put(bare.bytes())
                                        .array()));
        v.rejects(
                "cosigned over another checkpoint",
                "not this text",
                note
                        + Cosignature.sign(
                                        NoteVectorsTest.bytes("example.com/log\n1\n"),
                                        WITNESS,
                                        Instant.EPOCH)
                                .line());
        v.rejects(
                "a byte more",
                "73 bytes",
                note
                        + NoteVectorsTest.cut(
                                new NoteSignature(WITNESS_KEY.name(), id, good.bytes()), 73));
        v.rejects(
                "cosigned by the same key under another name",
                "another witness",
                note.with(
                                Cosignature.sign(
                                        text, TestKeys.of("witness.example/w2", 3), Instant.EPOCH))
                        .toString());
        v.check();
    }

    private static String signed(String text) {
        return Note.sign(text, KEY).toString();
    }
}
