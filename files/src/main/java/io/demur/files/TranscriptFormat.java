package io.demur.files;

import io.demur.core.Problem;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A format of transcript files: how to recognise it, and how to cut it into records. To add one,
 * implement this, add it to {@link Formats}, describe it in {@code docs/reference/formats.md}, and
 * extend {@code TranscriptFormatContract} in the tests. A format whose files are JSON needs less: a
 * {@link JsonShape}.
 */
interface TranscriptFormat {

    /** What users call it in {@code --format}. */
    String name();

    /** Whether a file that begins like this is in this format; asked before any other method. */
    boolean recognises(Head head, ReadOptions options);

    /** Begins to read a file; a problem with the file as a whole is its first and last entry. */
    Opened open(Source source);

    /**
     * The entries of a file, in its order. For one thread. Cutting is cheap, because it is the part
     * that cannot be divided among threads; the work is in {@link Entry#decode}.
     */
    @FunctionalInterface
    interface Entries {
        /** The next one, or nothing at the end. */
        Optional<Entry> next() throws IOException;
    }

    /**
     * A file that is being read.
     *
     * @param what it turned out to be, for reports: the name of a format or of a JSON shape
     */
    record Opened(String what, Entries entries) {

        /** A file that cannot be read at all. */
        static Opened failed(String what, Problem problem) {
            Iterator<Entry> only = List.of(Entry.of(problem)).iterator();
            return new Opened(
                    what, () -> only.hasNext() ? Optional.of(only.next()) : Optional.empty());
        }
    }

    /**
     * An open file.
     *
     * @param name as the user named it
     * @param window its bytes, uncompressed and without a byte order mark
     */
    record Source(String name, Head head, ByteWindow window, ReadOptions options) {

        /** What stands for a data set that no record names: the file's name without its ending. */
        String stem() {
            return head.stem().isEmpty() ? name : head.stem();
        }
    }
}
