package io.demur.log.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.demur.log.TestKeys;
import io.demur.log.note.Cosignature;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.SigningKey;
import io.demur.log.note.VerifierKey;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Notes and keys, well and badly made. */
class NoteVectorsTest {

    private static final SigningKey KEY = TestKeys.of("example.com/log", 1);
    private static final SigningKey OTHER = TestKeys.of("example.com/other", 2);
    private static final SigningKey WITNESS = TestKeys.of("witness.example/w1", 3);
    private static final VerifierKey WITNESS_KEY = Cosignature.verifier(WITNESS);
    private static final String TEXT = "first line\n\nthird line\n";

    @Test
    void theNoteThatGoDocumentsIsRead() throws Malformed {
        VerifierKey peter =
                VerifierKey.parse(
                        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        String note =
                """
                If you think cryptography is the answer to your problem,
                then you don't know what your problem is.

                \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFY\
                C2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
                """;
        Note read = Note.parse(note.getBytes(StandardCharsets.UTF_8));
        assertEquals(Set.of(peter), read.signers(List.of(peter)));
    }

    @Test
    void notes() {
        Note good = Note.sign(TEXT, KEY);
        String signature = good.signatures().getFirst().line();
        String base64 = signature.substring(signature.lastIndexOf(' ') + 1, signature.length() - 1);
        String stranger = Note.sign(TEXT, OTHER).signatures().getFirst().line();
        String text = TEXT + "\n";
        Vectors v =
                new Vectors(
                                "notes.json",
                                "signed notes (C2SP signed-note): valid where the note is well"
                                        + " formed and `key` has signed it",
                                bytes -> {
                                    Note note = Note.parse(bytes);
                                    if (note.signers(List.of(KEY.verifier())).isEmpty()) {
                                        throw new Malformed("not signed by the key");
                                    }
                                })
                        .with("key", KEY.verifier().toString());
        v.accepts("one signature", text + signature);
        v.accepts("a signature of an unknown key before", text + stranger + signature);
        v.accepts("a signature of an unknown key behind", text + signature + stranger);
        v.accepts("the same signature twice", text + signature + signature);
        v.accepts("sixteen signatures", text + stranger.repeat(15) + signature);
        v.accepts(
                "the name of the key with another id: another key",
                text + line(KEY.verifier().name(), 7, new byte[64]) + signature);
        v.accepts(
                "the id of the key with another name: another key",
                text + line("example.com/x", KEY.verifier().id(), new byte[64]) + signature);
        v.accepts(
                "an unknown signature of one byte",
                text + line("short.example", 7, new byte[1]) + signature);
        v.accepts(
                "an unknown key with a control character above U+001F in its name",
                text + line("a\u007fb", 7, new byte[64]) + signature);
        v.accepts("a text of one empty line", Note.sign("\n", KEY).toString());
        v.accepts("letters outside ASCII", Note.sign("über \uD83D\uDE00\n", KEY).toString());
        v.rejects("empty", "no text", "");
        v.rejects("text alone", "no signature", text);
        v.rejects(
                "no blank line",
                "no blank line before the signatures",
                TEXT.trim() + "\n" + signature);
        v.rejects("no newline at the end", "cut off", text + signature.trim());
        v.rejects(
                "two blank lines",
                "the signature block begins with an empty line",
                text + "\n" + signature);
        v.rejects(
                "a blank line behind",
                "no signature after the last blank line",
                text + signature + "\n");
        v.rejects(
                "carriage returns", "control characters", (text + signature).replace("\n", "\r\n"));
        v.rejects("a tab in the text", "a control character", Note.sign("a\tb\n", KEY).toString());
        v.rejects("a NUL in the text", "a control character", Note.sign("a\0b\n", KEY).toString());
        v.rejects("not UTF-8", "an invalid byte", bytes(text + signature, 0, 0xFF));
        v.rejects("an overlong encoding", "not UTF-8", bytes(text + signature, 0, 0xC0, 1, 0x80));
        v.rejects(
                "a hyphen instead of the dash",
                "not a signature line",
                text + signature.replace('\u2014', '-'));
        v.rejects(
                "an en dash", "not a signature line", text + signature.replace('\u2014', '\u2013'));
        v.rejects(
                "two spaces",
                "not a signature line",
                text + signature.replace(" example", "  example"));
        v.rejects(
                "a third word",
                "not a signature line",
                text + signature.replace(base64, base64 + " x"));
        v.rejects("no name", "not a signature line", text + "\u2014  " + base64 + "\n");
        v.rejects(
                "a plus in a name",
                "not a key's name",
                text + line("a+b", 7, new byte[64]) + signature);
        v.rejects(
                "a no-break space in a name",
                "not a key's name",
                text + line("a\u00A0b", 7, new byte[64]) + signature);
        v.rejects(
                "a next-line character in a name",
                "not a key's name",
                text + line("a\u0085b", 7, new byte[64]) + signature);
        v.rejects("no base64", "not base64", text + signature.replace(base64, "!!!!"));
        v.rejects(
                "base64 without padding",
                "not base64 as it is written",
                text + signature.replace("=", ""));
        v.rejects(
                "base64 for URLs",
                "another alphabet",
                text
                        + line("a", 0xFBFFBFFF, new byte[64]).replace('+', '-').replace('/', '_')
                        + signature);
        v.rejects(
                "left-over bits in base64",
                "two spellings of one signature",
                text + leftover(signature));
        v.rejects(
                "a signature of an id alone",
                "too short",
                text + line("a.example", 7, new byte[0]) + signature);
        v.rejects(
                "another text",
                "the signature is false",
                text.replace("first", "First") + signature);
        v.rejects(
                "a blank line less in the text",
                "the signature is false",
                text.replace("\n\nt", "\nt") + signature);
        v.rejects(
                "a flipped bit in the signature",
                "the signature is false",
                text + flipped(good.signatures().getFirst(), 9));
        v.rejects(
                "a signature cut to 63 bytes",
                "the signature is false",
                text + cut(good.signatures().getFirst(), 63));
        v.rejects(
                "65 bytes of signature",
                "the signature is false",
                text + cut(good.signatures().getFirst(), 65));
        v.rejects("an unknown key alone", "not signed by the key", text + stranger);
        v.rejects(
                "a true and a false signature of the key",
                "one is false",
                text + signature + flipped(good.signatures().getFirst(), 9));
        v.rejects("101 signatures", "more than are read", text + stranger.repeat(100) + signature);
        v.check();
    }

    @Test
    void keys() {
        VerifierKey key = KEY.verifier();
        String text = key.toString();
        String[] parts = text.split("\\+", 3);
        Vectors v =
                new Vectors(
                        "vkeys.json",
                        "verifier keys (C2SP signed-note, \"vkey\") of types 0x01 and 0x04",
                        bytes -> VerifierKey.parse(new String(bytes, StandardCharsets.UTF_8)));
        v.accepts("a log's key", text);
        v.accepts("a witness's key", WITNESS_KEY.toString());
        v.accepts("a key with a plus in its base64", plus().toString());
        v.rejects("empty", "no parts", "");
        v.rejects("no name", "a name is not empty", "+" + parts[1] + "+" + parts[2]);
        v.rejects("two parts", "three parts", parts[0] + "+" + parts[1]);
        v.rejects("a space in the name", "not a key's name", text.replace("example", "ex ample"));
        v.rejects("another name", "the id is of name and key", text.replace("/log", "/lag"));
        v.rejects("another id", "the id is of name and key", parts[0] + "+00000000+" + parts[2]);
        v.rejects(
                "a short id",
                "eight digits",
                parts[0] + "+" + parts[1].substring(1) + "+" + parts[2]);
        v.rejects(
                "31 bytes",
                "a key has 32",
                parts[0] + "+" + parts[1] + "+" + Base64.getEncoder().encodeToString(new byte[32]));
        v.rejects(
                "an unknown type",
                "type 0x7f",
                parts[0]
                        + "+"
                        + parts[1]
                        + "+"
                        + Base64.getEncoder().encodeToString(bytes("\u007f" + "k".repeat(32))));
        v.rejects("a newline behind", "not base64", text + "\n");
        v.check();
    }

    private static VerifierKey plus() {
        for (int seed = 10; ; seed++) {
            VerifierKey key = TestKeys.of("example.com/plus", seed).verifier();
            if (key.toString().chars().filter(c -> c == '+').count() > 2) {
                return key;
            }
        }
    }

    static String line(String name, int id, byte[] bytes) {
        return new NoteSignature(name, id, bytes).line();
    }

    private static String flipped(NoteSignature signature, int at) {
        byte[] bytes = signature.bytes().clone();
        bytes[at] ^= 1;
        return line(signature.name(), signature.keyId(), bytes);
    }

    static String cut(NoteSignature signature, int length) {
        return line(signature.name(), signature.keyId(), Arrays.copyOf(signature.bytes(), length));
    }

    /** The same bytes in another spelling: a bit set that the padding leaves unused. */
    static String leftover(String base64) {
        int at = base64.indexOf('=') - 1;
        char last = base64.charAt(at);
        return base64.substring(0, at) + (char) (last + 1) + base64.substring(at + 1);
    }

    static byte[] bytes(String text, int... changes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < changes.length; i += 2) {
            bytes[changes[i]] = (byte) changes[i + 1];
        }
        return bytes;
    }
}
