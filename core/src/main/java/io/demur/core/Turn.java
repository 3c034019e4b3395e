package io.demur.core;

import java.util.Objects;

/**
 * One answer of a model within a transcript, with what stood before it.
 *
 * @param index which assistant turn of the transcript, counted from 0
 */
public record Turn(int index, Request request, Response response) {
    public Turn {
        Objects.requireNonNull(request);
        Objects.requireNonNull(response);
        if (index < 0) {
            throw new IllegalArgumentException("turn `%d` is negative".formatted(index));
        }
    }
}
