package io.demur.core;

import java.util.Objects;
import java.util.Optional;

/**
 * Something wrong with what a user gave us. Problems are collected and reported together, not
 * thrown one by one.
 *
 * @param code a reason code of {@code docs/reference/problems.md}, such as {@code json-truncated}
 * @param message what was found and what would be right: lower case, no final period, the user's
 *     input in backticks
 * @param where where it was found
 * @param fix what to do about it, where that is known
 */
public record Problem(String code, String message, Where where, Optional<String> fix) {
    public Problem {
        Objects.requireNonNull(code);
        Objects.requireNonNull(message);
        Objects.requireNonNull(where);
        Objects.requireNonNull(fix);
    }

    public static Problem at(Where where, String code, String message) {
        return new Problem(code, message, where, Optional.empty());
    }

    /** The same problem with a way out of it. */
    public Problem withFix(String what) {
        return new Problem(code, message, where, Optional.of(what));
    }

    /** One line for a terminal: place, message, fix. */
    @Override
    public String toString() {
        return where + ": " + message + fix.map(f -> " (" + f + ")").orElse("");
    }
}
