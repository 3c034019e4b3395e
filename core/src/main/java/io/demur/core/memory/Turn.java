package io.demur.core.memory;

import io.demur.core.Message;
import io.demur.core.Role;

import java.util.List;
import java.util.Objects;

/**
 * One message of a history, with all of it that a later request must repeat to count as the same.
 *
 * @param text what it says
 * @param rest everything else that can be read in it, in its order: names and arguments of tool
 *     calls, what tools gave back, reasoning, documents, references to images. What is left out
 *     here may be exchanged unseen, so a gateway hands in all strings of the message as it came
 */
public record Turn(Role role, String text, List<String> rest) {
    public Turn {
        Objects.requireNonNull(role);
        Objects.requireNonNull(text);
        rest = List.copyOf(rest);
    }

    /** A message that is nothing but its text. */
    public static Turn of(Message message) {
        return new Turn(message.role(), message.text(), List.of());
    }
}
