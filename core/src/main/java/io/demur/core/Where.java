package io.demur.core;

import java.util.Objects;

/**
 * A place in an input.
 *
 * @param file as the user named it; {@code -} for standard input
 * @param line counted from 1; 0 for the file as a whole
 * @param column counted from 1, in characters; 0 for the line as a whole
 */
public record Where(String file, long line, long column) {
    public Where {
        Objects.requireNonNull(file);
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("`%d:%d` is no place".formatted(line, column));
        }
    }

    /** A line as a whole. */
    public static Where line(String file, long line) {
        return new Where(file, line, 0);
    }

    /** A file as a whole. */
    public static Where file(String file) {
        return new Where(file, 0, 0);
    }

    /** {@code file:line:column}, as far as they are known. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (line > 0 && column > 0 ? ":" + column : "");
    }
}
