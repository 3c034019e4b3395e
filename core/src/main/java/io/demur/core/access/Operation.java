package io.demur.core.access;

import java.util.Locale;
import java.util.Optional;

/** What a key can be used for. */
public enum Operation {
    /** To ask a model for text: chats and completions, in whatever protocol. */
    CHAT,
    /** To have a model turn text into vectors. */
    EMBED,
    /** To see which models there are. */
    MODELS,
    /** To see what the gateway counts. */
    METRICS,
    /** To have the gateway drill its models, each drill at the price of an answer. */
    DRILL,
    /** To see what waits for people, and to decide it in the name of the key's principal. */
    REVIEW;

    /** As it is written in commands, documents and entries. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written so. */
    public static Optional<Operation> of(String word) {
        for (Operation each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
