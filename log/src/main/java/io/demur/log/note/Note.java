package io.demur.log.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A signed note: text, and who signed it (C2SP signed-note v1.0.0). Reading one says nothing of its
 * signatures; {@link #signers} checks them. Immutable.
 *
 * @param text ends in a newline
 * @param signatures at least one
 */
public record Note(String text, List<NoteSignature> signatures) {

    /** The longest note that is read; a policy of many pages is far shorter. */
    public static final int BYTES_MAX = 1_000_000;

    /** How many signatures are read at most. The format asks for 16. */
    public static final int SIGNATURES_MAX = 100;

    private static final String DASH = "\u2014 ";

    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("a note's text ends in a newline");
        }
        if (signatures.isEmpty()) {
            throw new IllegalArgumentException("a note has a signature");
        }
    }

    /** Signs a text with one key. */
    public static Note sign(String text, SigningKey key) {
        return new Note(text, List.of(key.sign(text.getBytes(StandardCharsets.UTF_8))));
    }

    /**
     * Reads a note. Every rule of the format is kept; no signature is checked.
     *
     * @throws Malformed where the bytes are not a note
     */
    public static Note parse(byte[] bytes) throws Malformed {
        if (bytes.length > BYTES_MAX) {
            throw new Malformed("a note of %d bytes is too long".formatted(bytes.length));
        }
        String whole = Text.utf8(bytes);
        for (int i = 0; i < whole.length(); i++) {
            if (whole.charAt(i) < ' ' && whole.charAt(i) != '\n') {
                throw new Malformed("a control character at %d".formatted(i));
            }
        }
        int blank = whole.lastIndexOf("\n\n");
        if (blank < 0) {
            throw new Malformed("no blank line between text and signatures");
        }
        String lines = whole.substring(blank + 2);
        if (lines.isEmpty() || !lines.endsWith("\n")) {
            throw new Malformed("the note does not end in a signature and a newline");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (String line : lines.substring(0, lines.length() - 1).split("\n", -1)) {
            signatures.add(signature(line));
        }
        if (signatures.size() > SIGNATURES_MAX) {
            throw new Malformed("%d signatures are too many".formatted(signatures.size()));
        }
        return new Note(whole.substring(0, blank + 1), signatures);
    }

    /**
     * Reads one signature line, without its newline.
     *
     * @throws Malformed where it is none
     */
    public static NoteSignature signature(String line) throws Malformed {
        String[] parts = line.startsWith(DASH) ? line.substring(2).split(" ", -1) : new String[0];
        if (parts.length != 2 || !VerifierKey.isName(parts[0])) {
            throw new Malformed("`%s` is not a signature line".formatted(Text.shown(line)));
        }
        byte[] all = Text.base64(parts[1]);
        if (all.length < 5) {
            throw new Malformed("`%s`: too short for a signature".formatted(Text.shown(line)));
        }
        return new NoteSignature(
                parts[0], ByteBuffer.wrap(all).getInt(), Arrays.copyOfRange(all, 4, all.length));
    }

    /**
     * Which of the given keys signed this note. Signatures of other keys are passed over, as the
     * format asks.
     *
     * <p>A key may sign twice (a witness does that, at two times); each of its signatures has to
     * hold.
     *
     * @throws Malformed where a signature bears the name and id of a given key and is not that
     *     key's: nothing of such a note is to be believed
     */
    public Set<VerifierKey> signers(Collection<VerifierKey> keys) throws Malformed {
        Set<VerifierKey> found = new LinkedHashSet<>();
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        for (NoteSignature signature : signatures) {
            for (VerifierKey key : keys) {
                if (!key.name().equals(signature.name()) || key.id() != signature.keyId()) {
                    continue;
                }
                if (!Cosignature.holds(key, message, signature.bytes())) {
                    throw new Malformed("the signature of `%s` is false".formatted(key.name()));
                }
                found.add(key);
            }
        }
        return found;
    }

    /** The same note with one more signature; the same note where that is there already. */
    public Note with(NoteSignature signature) {
        if (signatures.contains(signature)) {
            return this;
        }
        List<NoteSignature> more = new ArrayList<>(signatures);
        more.add(signature);
        return new Note(text, more);
    }

    /** The bytes of the whole note. */
    public byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The whole note. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature.line()));
        return out.toString();
    }
}
