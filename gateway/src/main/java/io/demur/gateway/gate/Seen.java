package io.demur.gateway.gate;

import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;

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
                first.ended(attempt, outcome);
                other.ended(attempt, outcome);
            }
        };
    }
}
