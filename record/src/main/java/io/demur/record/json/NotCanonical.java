package io.demur.record.json;

/** Bytes that are not canonical JSON; the message says what is wrong and at which byte. */
public final class NotCanonical extends Exception {

    private static final long serialVersionUID = 1;

    private final int at;

    NotCanonical(String message, int at) {
        super("%s at byte %d".formatted(message, at));
        this.at = at;
    }

    /** The first byte that is wrong. */
    public int at() {
        return at;
    }
}
