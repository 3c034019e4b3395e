package io.demur.core;

import java.util.Objects;

/**
 * What came back from a model.
 *
 * @param text the reply as its reader was shown it. All offsets that Demur gives are UTF-16 offsets
 *     into this string. Where a provider puts a refusal's words into a field of their own and
 *     leaves the content empty, those words
 * @param stop why the reply ended
 */
public record Response(String text, StopReason stop) {
    public Response {
        Objects.requireNonNull(text);
        Objects.requireNonNull(stop);
    }

    /** A reply of which only the text is known. */
    public static Response of(String text) {
        return new Response(text, StopReason.UNSTATED);
    }
}
