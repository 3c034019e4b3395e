package io.demur.core;

import java.util.Objects;

/**
 * One message of a conversation.
 *
 * @param role who speaks
 * @param text what is said; the text parts of a multi-part message, joined by blank lines
 */
public record Message(Role role, String text) {
    public Message {
        Objects.requireNonNull(role);
        Objects.requireNonNull(text);
    }
}
