package io.demur.eval.run;

import io.demur.core.Message;
import io.demur.core.Request;
import io.demur.core.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A system prompt under which cases are asked.
 *
 * @param name what it is called; empty for the one of a run that sets none
 * @param system what it says; nothing where only what the cases say holds
 */
public record Variant(String name, Optional<String> system) {

    /** Cases as they stand. */
    public static final Variant PLAIN = new Variant("", Optional.empty());

    public Variant {
        Objects.requireNonNull(name);
        Objects.requireNonNull(system);
    }

    /** A request under it. Where the request has a system prompt, this one comes before it. */
    public Request over(Request request) {
        if (system.isEmpty()) {
            return request;
        }
        List<Message> messages = new ArrayList<>(request.messages());
        boolean own = !messages.isEmpty() && messages.getFirst().role() == Role.SYSTEM;
        String said = own ? system.get() + "\n\n" + messages.removeFirst().text() : system.get();
        messages.addFirst(new Message(Role.SYSTEM, said));
        return new Request(messages);
    }
}
