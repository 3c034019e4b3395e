package io.demur.gateway.gate;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

import java.util.Optional;

/**
 * Is told what the gate has put on disk. Told by the thread that writes the log: it waits for
 * nothing. What it does wrong harms no exchange.
 */
public interface Seen {

    /** Looks at nothing. */
    Seen NOTHING =
            new Seen() {
                @Override
                public void attempted() {}

                @Override
                public void unwritten() {}

                @Override
                public void ended(Attempt attempt, Outcome outcome) {}
            };

    /** An attempt is on disk. */
    void attempted();

    /** An attempt or an outcome could not be written. */
    void unwritten();

    /** An outcome is on disk. */
    void ended(Attempt attempt, Outcome outcome);

    /**
     * The same.
     *
     * @param request by which the caller knows the request, where it says so
     */
    default void ended(Attempt attempt, Outcome outcome, Optional<String> request) {
        ended(attempt, outcome);
    }

    /** Tells both. */
    default Seen and(Seen other) {
        Seen first = this;
        return new Seen() {
            @Override
            public void attempted() {
                first.attempted();
                other.attempted();
            }

            @Override
            public void unwritten() {
                first.unwritten();
                other.unwritten();
            }

            @Override
            public void ended(Attempt attempt, Outcome outcome) {
                ended(attempt, outcome, Optional.empty());
            }

            @Override
            public void ended(Attempt attempt, Outcome outcome, Optional<String> request) {
                first.ended(attempt, outcome, request);
                other.ended(attempt, outcome, request);
            }
        };
    }
}
