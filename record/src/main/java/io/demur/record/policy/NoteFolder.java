package io.demur.record.policy;

import io.demur.core.Problem;
import io.demur.log.journal.Disk;
import io.demur.log.note.Malformed;
import io.demur.log.note.Note;
import io.demur.log.note.NoteSignature;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of statements: {@code <digest>.note}. */
final class NoteFolder {

    private static final String FIX = "put it back from a copy of the folder";

    private final Path folder;
    private final Disk disk = new Disk();

    NoteFolder(Path folder) {
        this.folder = folder;
    }

    /** A statement, and who signed it; nothing of that is believed yet. */
    record Signed(Statement statement, Note note) {}

    Path path() {
        return folder;
    }

    /** The file of a statement, as messages name it. */
    String name(String digest) {
        return folder.resolve(digest + ".note").toString();
    }

    /** The statement of a digest; nothing where there is any problem. */
    Optional<Signed> read(String digest, List<Problem> problems) {
        return read(digest, FIX, problems);
    }

    /**
     * The same.
     *
     * @param fix what to do where the file is lost, or is another
     */
    Optional<Signed> read(String digest, String fix, List<Problem> problems) {
        String name = name(digest);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(folder.resolve(digest + ".note"))) {
            bytes = in.readNBytes(Note.BYTES_MAX + 1);
        } catch (NoSuchFileException e) {
            problems.add(
                    PolicyProblem.FILE.in(
                            name, "the log names this statement, and its file is missing", fix));
            return Optional.empty();
        } catch (IOException e) {
            problems.add(
                    PolicyProblem.FILE.in(
                            name,
                            "the statement cannot be read: %s".formatted(e.getMessage()),
                            "make the file readable for this program"));
            return Optional.empty();
        }
        if (bytes.length == 0) {
            problems.add(PolicyProblem.MALFORMED.in(name, "the file is empty", fix));
            return Optional.empty();
        }
        Optional<Signed> signed = parse(bytes, name, fix, problems);
        if (signed.isPresent() && !signed.get().statement().digest().equals(digest)) {
            problems.add(
                    PolicyProblem.MALFORMED.in(
                            name,
                            "the file holds another statement, `%s`"
                                    .formatted(signed.get().statement().digest()),
                            fix));
            return Optional.empty();
        }
        return signed;
    }

    /** Reads a note and the statement in it; nothing where there is any problem. */
    static Optional<Signed> parse(byte[] bytes, String name, String fix, List<Problem> problems) {
        Note note;
        try {
            note = Note.parse(bytes);
        } catch (Malformed e) {
            problems.add(
                    PolicyProblem.MALFORMED.in(
                            name,
                            "this is no signed statement: %s".formatted(e.getMessage()),
                            fix));
            return Optional.empty();
        }
        try {
            return Optional.of(new Signed(Statement.parse(note.text()), note));
        } catch (Malformed e) {
            problems.add(
                    PolicyProblem.MALFORMED.in(
                            name,
                            "this note is signed, and no statement of a policy: %s"
                                    .formatted(e.getMessage()),
                            fix));
            return Optional.empty();
        }
    }

    /**
     * Writes a note under its digest, with the signatures that its file has already. It is on disk,
     * with its name, when this returns.
     *
     * @param trust whose signatures are checked before they are kept
     */
    void write(Signed signed, Trust trust) throws IOException {
        String digest = signed.statement().digest();
        Note note = only(signed.note(), trust, true);
        Optional<Signed> there = read(digest, new ArrayList<>());
        if (there.isPresent()) {
            for (NoteSignature signature : only(there.get().note(), trust, false).signatures()) {
                boolean known =
                        note.signatures().stream()
                                .anyMatch(
                                        it ->
                                                it.keyId() == signature.keyId()
                                                        && it.name().equals(signature.name()));
                if (!known && note.signatures().size() < Note.SIGNATURES_MAX) {
                    Note more = note.with(signature);
                    // what is longer could not be read again
                    note = more.bytes().length <= Note.BYTES_MAX ? more : note;
                }
            }
        }
        disk.createFolders(folder);
        disk.replace(
                folder.resolve(digest + ".new"),
                folder.resolve(digest + ".note"),
                note.bytes(),
                true);
    }

    /** Without false signatures, and on demand without those of keys that do not count. */
    private static Note only(Note note, Trust trust, boolean counting) {
        List<NoteSignature> kept =
                note.signatures().stream()
                        .filter(
                                signature -> {
                                    try {
                                        return !trust.signers(
                                                                new Note(
                                                                        note.text(),
                                                                        List.of(signature)))
                                                        .isEmpty()
                                                || !counting;
                                    } catch (Malformed e) {
                                        return false;
                                    }
                                })
                        .distinct()
                        .toList();
        return kept.isEmpty() ? note : new Note(note.text(), kept);
    }
}
