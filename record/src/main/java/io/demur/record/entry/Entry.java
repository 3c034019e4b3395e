package io.demur.record.entry;

import java.time.Instant;

/**
 * One entry of the log: what happened, never what was said. {@code docs/reference/log.md} has the
 * fields of each.
 *
 * <p>Every text in an entry is an identifier, a code or a name of the operator's; what callers and
 * models wrote stands there only as a {@link Commitment}.
 */
public sealed interface Entry
        permits Attempt,
                Outcome,
                RouteAround,
                StageSeen,
                PolicyChange,
                DrillRun,
                Review,
                Appeal,
                Report,
                Feedback,
                Access,
                AccessChange,
                Erase,
                KeyChange,
                Start,
                Stop,
                Unknown {

    /** When, to the microsecond. Never earlier than the entry before it. */
    Instant at();

    /** The same entry at another time. */
    Entry at(Instant time);
}
