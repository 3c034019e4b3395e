package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Transcript;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Everything that a file gives, read to its end. */
record Reading(
        String format,
        List<Entry> entries,
        List<Transcript> transcripts,
        List<Problem> unreadable,
        List<Problem> warnings) {

    static Reading of(Input input, ReadOptions options) {
        List<Entry> entries = new ArrayList<>();
        List<Transcript> transcripts = new ArrayList<>();
        List<Problem> unreadable = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        try (TranscriptFile file = TranscriptFile.open(input, options)) {
            for (Optional<Entry> e = file.next(); e.isPresent(); e = file.next()) {
                entries.add(e.get());
                switch (e.get().decode()) {
                    case Decoded.Read read -> {
                        transcripts.addAll(read.transcripts());
                        warnings.addAll(read.warnings());
                    }
                    case Decoded.Unreadable bad -> unreadable.add(bad.problem());
                }
            }
            return new Reading(file.format(), entries, transcripts, unreadable, warnings);
        }
    }

    static Reading of(byte[] bytes, ReadOptions options) {
        return of(Input.of("test", () -> new ByteArrayInputStream(bytes)), options);
    }

    static Reading of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8), ReadOptions.AUTO);
    }

    static Reading of(String text, ReadOptions options) {
        return of(text.getBytes(StandardCharsets.UTF_8), options);
    }

    /** The one transcript of a file that holds one. */
    Transcript only() {
        if (transcripts.size() != 1 || !unreadable.isEmpty()) {
            throw new AssertionError(transcripts.size() + " transcripts; unreadable " + unreadable);
        }
        return transcripts.getFirst();
    }

    /** The one problem of a file that holds nothing else. */
    Problem onlyProblem() {
        if (unreadable.size() != 1 || !transcripts.isEmpty()) {
            throw new AssertionError(transcripts.size() + " transcripts; unreadable " + unreadable);
        }
        return unreadable.getFirst();
    }

    List<String> ids() {
        return transcripts.stream().map(Transcript::id).toList();
    }

    /** What two readings of the same content must have in common. */
    List<Object> content() {
        return List.of(
                format,
                transcripts,
                unreadable,
                warnings,
                entries.stream().map(Entry::where).toList());
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** A stream that gives at most so many bytes at once. */
    static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(piece, length));
            }

            @Override
            public int available() {
                return 0;
            }
        };
    }
}
