package io.demur.core;

import java.util.Objects;

/**
 * A stretch of a response and what it does.
 *
 * @param start UTF-16 offset of its first character in {@link Response#text()}
 * @param end UTF-16 offset after its last character; greater than {@code start}
 * @param act what the stretch does
 */
public record Evidence(int start, int end, Act act) {
    public Evidence {
        Objects.requireNonNull(act);
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("span `%d..%d` is empty".formatted(start, end));
        }
    }
}
