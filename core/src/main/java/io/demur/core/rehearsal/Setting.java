package io.demur.core.rehearsal;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the rehearsal model is told beside the conversation.
 *
 * @param cues what it is to do where the conversation says nothing of it, such as {@code
 *     refuse-policy+slow}; may be empty
 * @param tools those it may call
 * @param calling whether it is to
 * @param shape of the answer, where it is to be JSON
 * @param tokensMax the longest answer, about four characters each
 */
public record Setting(
        String cues, List<Offer> tools, Calling calling, Optional<Shape> shape, long tokensMax) {

    /** Nothing beside the conversation. */
    public static final Setting PLAIN =
            new Setting("", List.of(), Calling.CUED, Optional.empty(), Long.MAX_VALUE);

    /** Whether tools are called. */
    public enum Calling {
        /** On cue. */
        CUED,
        /** The first of them, whatever is asked. */
        ALWAYS,
        /** Not even on cue. */
        NEVER
    }

    /** A tool that is offered. */
    public record Offer(String name, Shape arguments) {
        public Offer {
            Objects.requireNonNull(name);
            Objects.requireNonNull(arguments);
        }
    }

    public Setting {
        Objects.requireNonNull(cues);
        tools = List.copyOf(tools);
        Objects.requireNonNull(calling);
        Objects.requireNonNull(shape);
        if (tokensMax < 1) {
            throw new IllegalArgumentException(
                    "`%d` tokens are no answer: at least 1".formatted(tokensMax));
        }
    }

    /** The same with other cues. */
    public Setting withCues(String other) {
        return new Setting(other, tools, calling, shape, tokensMax);
    }
}
