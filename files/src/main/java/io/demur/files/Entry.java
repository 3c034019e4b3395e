package io.demur.files;

import io.demur.core.Problem;
import io.demur.core.Where;

/**
 * One record of a file, cut out but not yet decoded, or a problem in its place. Immutable; {@link
 * #decode} may run on any thread.
 */
public final class Entry {

    /** Turns the bytes of a record into a transcript; pure, and safe for use by many threads. */
    @FunctionalInterface
    interface Decoder {
        Decoded decode(Where where, byte[] record);
    }

    private static final byte[] NOTHING = {};

    private final Where where;
    private final byte[] record;
    private final Decoder decoder;

    Entry(Where where, byte[] record, Decoder decoder) {
        this.where = where;
        this.record = record;
        this.decoder = decoder;
    }

    /** A problem that stands where a record should. */
    static Entry of(Problem problem) {
        return new Entry(
                problem.where(), NOTHING, (where, none) -> new Decoded.Unreadable(problem));
    }

    /** Where the record begins; line 0 for a problem with the file as a whole. */
    public Where where() {
        return where;
    }

    /** How long the record is, in bytes of the uncompressed file. */
    public int sizeBytes() {
        return record.length;
    }

    byte[] record() {
        return record;
    }

    /** Reads the record. Never throws on what it holds. */
    public Decoded decode() {
        try {
            return decoder.decode(where, record);
        } catch (RuntimeException e) {
            // A defect of ours must not cost the user the other rows, nor hide.
            return new Decoded.Unreadable(
                    ProblemCode.READER_FAILED.at(where, "the reader failed: `%s`".formatted(e)));
        }
    }
}
