package io.demur.wire.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a caller asks of a server of models other than an answer.
 *
 * @param model that it concerns; empty where it concerns none
 * @param rest all other fields
 */
public record Operation(Kind kind, String model, Fields rest) implements Asked {

    /** What is asked. */
    public enum Kind {
        /** Load a model or keep it loaded: a call without a prompt. */
        LOAD,
        /** Unload it: the same with no time to keep it. */
        UNLOAD,
        /** Say what a model is. */
        SHOW,
        /** Fetch a model from elsewhere. */
        PULL,
        /** Send a model elsewhere. */
        PUSH,
        /** Make a model of another, or of files. */
        CREATE,
        /** Give a model another name too. */
        COPY,
        /** Remove a model. */
        DELETE
    }

    public Operation {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(model);
        Objects.requireNonNull(rest);
    }

    @Override
    public List<String> strings() {
        List<String> strings = new ArrayList<>();
        rest.strings(Escapes.undone(strings::add));
        return List.copyOf(strings);
    }

    @Override
    public List<String> references() {
        return List.of();
    }

    @Override
    public boolean hasUnread() {
        return false; // no model reads it
    }
}
