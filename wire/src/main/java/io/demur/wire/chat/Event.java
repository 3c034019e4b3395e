package io.demur.wire.chat;

import io.demur.core.StopReason;
import io.demur.core.compose.Statement;
import io.demur.wire.WellFormed;

import java.util.Objects;
import java.util.Optional;

/**
 * A piece of an answer, as it comes. Every answer is {@link Began}, any number of pieces, and then
 * {@link Stop} or {@link Failed}, after which nothing comes; what failed at once has no beginning.
 */
public sealed interface Event {

    /**
     * The answer begins.
     *
     * @param id as the server numbers it; may be empty
     * @param model as the server names it; may be empty
     * @param fingerprint what the server says of the version of it, where it does; no caller is
     *     told
     */
    record Began(String id, String model, Optional<String> fingerprint) implements Event {

        /** One of whose version nothing is said. */
        public Began(String id, String model) {
            this(id, model, Optional.empty());
        }

        public Began {
            id = WellFormed.of(id);
            model = WellFormed.of(model);
            fingerprint = fingerprint.map(WellFormed::of);
        }
    }

    /** More of the text. */
    record Text(String delta) implements Event {
        public Text {
            delta = WellFormed.of(delta);
        }
    }

    /** More of what the model thinks before it answers. */
    record Reasoning(String delta) implements Event {
        public Reasoning {
            delta = WellFormed.of(delta);
        }
    }

    /** The provider's seal over the reasoning so far, to be shown to it again. */
    record Signature(String value) implements Event {
        public Signature {
            value = WellFormed.of(value);
        }
    }

    /** Reasoning that only the provider can read, to be shown to it again. */
    record Redacted(String data) implements Event {
        public Redacted {
            data = WellFormed.of(data);
        }
    }

    /** More of the words of a refusal that has a field of its own. */
    record Refusal(String delta) implements Event {
        public Refusal {
            delta = WellFormed.of(delta);
        }
    }

    /**
     * The model begins to call a tool.
     *
     * @param index counted from 0 in the order in which they begin
     */
    record ToolBegan(int index, String id, String name) implements Event {
        public ToolBegan {
            id = WellFormed.of(id);
            name = WellFormed.of(name);
        }
    }

    /** More of the arguments of a call of a tool, which are JSON text once they are whole. */
    record ToolDelta(int index, String arguments) implements Event {
        public ToolDelta {
            arguments = WellFormed.of(arguments);
        }
    }

    /** The tokens so far. The last one counts. */
    record Counted(Usage usage) implements Event {
        public Counted {
            Objects.requireNonNull(usage);
        }
    }

    /**
     * The answer is over.
     *
     * @param sequence the stop sequence that the model came to, where the server says
     * @param refusal what the provider signalled, where it refused
     * @param retraction what of the text should be taken back, where an answer was blocked late
     * @param statement why this gateway keeps something back, where it does
     */
    record Stop(
            StopReason reason,
            Optional<String> sequence,
            Optional<ProviderRefusal> refusal,
            Optional<Retraction> retraction,
            Optional<Statement> statement)
            implements Event {

        /** One behind which nothing is kept back. */
        public Stop(
                StopReason reason,
                Optional<String> sequence,
                Optional<ProviderRefusal> refusal,
                Optional<Retraction> retraction) {
            this(reason, sequence, refusal, retraction, Optional.empty());
        }

        public Stop {
            if (reason instanceof StopReason.Failed) {
                throw new IllegalArgumentException("what failed has not stopped");
            }
            Objects.requireNonNull(sequence);
            Objects.requireNonNull(refusal);
            Objects.requireNonNull(retraction);
            Objects.requireNonNull(statement);
        }

        public static Stop of(StopReason reason) {
            return new Stop(
                    reason,
                    Optional.empty(),
                    ProviderRefusal.of(reason, Optional.empty()),
                    Optional.empty());
        }
    }

    /** The answer broke off, or never came. */
    record Failed(Failure failure) implements Event {
        public Failed {
            Objects.requireNonNull(failure);
        }
    }

    /**
     * Text that left and should not have.
     *
     * @param start the first character (UTF-16) of the answer's text
     * @param end behind the last one
     */
    record Retraction(int start, int end) {
        public Retraction {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException(
                        "`%d` to `%d` is no stretch of text".formatted(start, end));
            }
        }
    }

    /** Whether nothing may follow. */
    default boolean isLast() {
        return this instanceof Stop || this instanceof Failed;
    }
}
