package io.demur.gateway.upstream;

import io.demur.wire.chat.Failure;
import io.demur.wire.chat.Reply;

import java.util.Objects;

/** What came of asking a server for a {@code T}. */
public sealed interface Given<T> {

    /** That. */
    record Value<T>(T value) implements Given<T> {
        public Value {
            Objects.requireNonNull(value);
        }
    }

    /** The provider refuses: a word to the caller like any answer, and no failure. */
    record Declined<T>(Reply reply) implements Given<T> {
        public Declined {
            Objects.requireNonNull(reply);
        }
    }

    /** It failed. */
    record Failed<T>(Failure failure) implements Given<T> {
        public Failed {
            Objects.requireNonNull(failure);
        }
    }
}
