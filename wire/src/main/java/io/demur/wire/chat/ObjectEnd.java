package io.demur.wire.chat;

/** Finds where an object of JSON ends that comes in pieces. For one thread. */
final class ObjectEnd {

    private int depth;
    private boolean begun;
    private boolean quoted;
    private boolean escaped;

    /** Reads the next piece. */
    void read(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            read(piece.charAt(i));
        }
    }

    private void read(char c) {
        if (escaped) {
            escaped = false;
        } else if (quoted) {
            escaped = c == '\\';
            quoted = c != '"';
        } else {
            switch (c) {
                case '"' -> quoted = true;
                case '{', '[' -> {
                    begun = true;
                    depth++;
                }
                case '}', ']' -> depth--;
                default -> {
                    // neither begins nor ends anything
                }
            }
        }
    }

    /** Whether it is whole. */
    boolean isReached() {
        return begun && depth <= 0 && !quoted;
    }
}
