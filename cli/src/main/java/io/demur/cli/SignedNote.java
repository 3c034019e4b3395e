package io.demur.cli;

import io.demur.files.policy.TrustFile;
import io.demur.files.yaml.YamlDocument;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;
import io.demur.log.note.VerifierKey;
import io.demur.record.policy.Principal;
import io.demur.record.policy.Statement;
import io.demur.record.policy.Trust;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A statement on policies in a file of its own, as it goes from one who signs to the next.
 *
 * @param file as the user named it
 */
record SignedNote(Path file, Note note, Statement statement) {

    /** The ending of such files. */
    static final String ENDING = ".note";

    /**
     * Reads a file.
     *
     * @throws PolicyFailure where it holds none, saying what it holds instead
     */
    static SignedNote read(Path file) throws PolicyFailure, IOException {
        byte[] bytes = bytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        Note note;
        try {
            note = Note.parse(bytes);
        } catch (Malformed e) {
            throw isDocument(text) ? unsigned(file, text) : wrong(file, e);
        }
        try {
            return new SignedNote(file, note, Statement.parse(note.text()));
        } catch (Malformed e) {
            throw wrong(file, e);
        }
    }

    /** The bytes of a file that a person named; not more than any document or note has. */
    static byte[] bytes(Path file) throws PolicyFailure, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlDocument.BYTES_MAX + 1);
            if (bytes.length > YamlDocument.BYTES_MAX) {
                throw PolicyFailure.of(
                        "`%s` has more than %,d bytes".formatted(file, YamlDocument.BYTES_MAX));
            }
            return bytes;
        }
    }

    private static boolean isDocument(String text) {
        return TrustFile.isTrust(text) || text.lines().anyMatch(line -> line.startsWith("policy:"));
    }

    private static PolicyFailure unsigned(Path file, String text) {
        return PolicyFailure.of(
                "`%s` is %s that nobody has signed; `demur policy sign %s` makes the note of it"
                        .formatted(
                                file,
                                TrustFile.isTrust(text)
                                        ? "a list of who may sign"
                                        : "a policy document",
                                file));
    }

    private static PolicyFailure wrong(Path file, Malformed why) {
        return PolicyFailure.of(
                "`%s` is no signed statement on a policy: %s".formatted(file, why.getMessage()));
    }

    /**
     * Those of the people that trust names whose signatures it bears, each once.
     *
     * @throws PolicyFailure where a signature bears the name of a key and is not that key's
     */
    List<Principal> signers(Trust trust) throws PolicyFailure {
        Collection<VerifierKey> known =
                trust.principals().stream().flatMap(it -> it.keys().stream()).toList();
        Set<VerifierKey> signed;
        try {
            signed = note.signers(known);
        } catch (Malformed e) {
            throw PolicyFailure.of(
                    "`%s`: %s: the text was changed after it was signed, or the signature was"
                            .formatted(file, e.getMessage())
                            .concat("; have it signed anew with `demur policy sign`"));
        }
        List<Principal> people = new ArrayList<>();
        for (Principal person : trust.principals()) {
            if (person.keys().stream().anyMatch(signed::contains)) {
                people.add(person);
            }
        }
        return people;
    }

    /** The names in signatures of keys that trust does not name. */
    Set<String> strangers(Trust trust) {
        Set<String> names = new LinkedHashSet<>();
        for (NoteSignature signature : note.signatures()) {
            boolean known =
                    trust.principals().stream()
                            .flatMap(it -> it.keys().stream())
                            .anyMatch(
                                    key ->
                                            key.name().equals(signature.name())
                                                    && key.id() == signature.keyId());
            if (!known) {
                names.add(signature.name());
            }
        }
        return names;
    }
}
