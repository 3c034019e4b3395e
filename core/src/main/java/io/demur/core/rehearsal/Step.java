package io.demur.core.rehearsal;

import io.demur.core.StopReason;

import java.time.Duration;
import java.util.Objects;

/**
 * What the rehearsal model does next. A performance is any number of steps and then one of {@link
 * Stop}, {@link Failed}, {@link BrokeOff} and {@link Stalled}.
 */
public sealed interface Step {

    /** More of the text. */
    record Text(String piece) implements Step {
        public Text {
            Objects.requireNonNull(piece);
        }
    }

    /** More of what it thinks before it answers. */
    record Reasoning(String piece) implements Step {
        public Reasoning {
            Objects.requireNonNull(piece);
        }
    }

    /** More of the words of a refusal that has a field of its own. */
    record Declined(String piece) implements Step {
        public Declined {
            Objects.requireNonNull(piece);
        }
    }

    /**
     * It begins to call a tool.
     *
     * @param index counted from 0
     */
    record ToolBegan(int index, String name) implements Step {
        public ToolBegan {
            Objects.requireNonNull(name);
        }
    }

    /** More of a tool's arguments, which are JSON text once they are whole. */
    record ToolPiece(int index, String arguments) implements Step {
        public ToolPiece {
            Objects.requireNonNull(arguments);
        }
    }

    /** Nothing comes for a while. */
    record Pause(Duration time) implements Step {
        public Pause {
            Objects.requireNonNull(time);
        }
    }

    /** The tokens of the call, about four characters each. */
    record Counted(long input, long output) implements Step {}

    /** The answer is over. */
    record Stop(StopReason reason) implements Step {
        public Stop {
            Objects.requireNonNull(reason);
        }
    }

    /**
     * The server answers with an error; as the first step, instead of an answer.
     *
     * @param status the HTTP status
     */
    record Failed(int status, String message) implements Step {
        public Failed {
            Objects.requireNonNull(message);
        }
    }

    /** The connection ends in the middle of the answer. */
    record BrokeOff() implements Step {}

    /** Nothing comes any more, and the connection stays. */
    record Stalled() implements Step {}

    /** Whether nothing follows. */
    default boolean isLast() {
        return switch (this) {
            case Stop stop -> true;
            case Failed failed -> true;
            case BrokeOff broken -> true;
            case Stalled stalled -> true;
            case Text text -> false;
            case Reasoning reasoning -> false;
            case Declined declined -> false;
            case ToolBegan began -> false;
            case ToolPiece piece -> false;
            case Pause pause -> false;
            case Counted counted -> false;
        };
    }
}
