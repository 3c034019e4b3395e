package io.demur.core.memory;

import java.util.Optional;

/**
 * To whom a request belongs. What was refused is remembered by both, so that neither a new
 * conversation nor, within one, another key makes it forgotten.
 *
 * @param principal who asks
 * @param conversation its key, as {@link Conversations} make it; nothing where there is none
 */
public record Whose(String principal, Optional<String> conversation) {
    public Whose {
        if (principal.isBlank() || conversation.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException("principals and conversations have names");
        }
    }

    /** A principal, outside any conversation. */
    public static Whose of(String principal) {
        return new Whose(principal, Optional.empty());
    }
}
