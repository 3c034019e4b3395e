package io.demur.wire;

/** Bytes that are no JSON value; the message says what was found, in the words of a user. */
public final class MalformedJson extends Exception {

    private static final long serialVersionUID = 1;

    /** What is wrong with them. */
    public enum Kind {
        /** They end in the middle of a value. */
        TRUNCATED,
        /** They break the grammar of JSON. */
        INVALID,
        /** They are no well-formed UTF-8. */
        NOT_UTF8,
        /** They hold a NUL byte. */
        NUL,
        /** They go beyond what is read: nesting of 1,000 levels, numbers of 1,000 digits. */
        LIMIT
    }

    private final Kind kind;
    private final int offset;

    MalformedJson(Kind kind, String message, int offset) {
        super(message);
        this.kind = kind;
        this.offset = offset;
    }

    public Kind kind() {
        return kind;
    }

    /** The byte at which it shows, counted from the first that was given; -1 where unknown. */
    public int offset() {
        return offset;
    }

    /** Never null, unlike that of other exceptions. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
