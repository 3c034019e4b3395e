package io.demur.wire.chat;

import java.util.Objects;

/** Whether and which tool the model is to call. */
public sealed interface ToolChoice {
    /** As it likes. */
    record Auto() implements ToolChoice {}

    /** No tool. */
    record None() implements ToolChoice {}

    /** Any of them, but one at least. */
    record Required() implements ToolChoice {}

    /** This one. */
    record Named(String name) implements ToolChoice {
        public Named {
            Objects.requireNonNull(name);
        }
    }
}
