package io.demur.gateway.casework;

import io.demur.desk.Samples;
import io.demur.desk.Sampling.Drawn;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.record.entry.Stop;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An answer that was drawn by a process that was killed before it had, perhaps, opened the case.
 *
 * @param run the draw of that process, which has counted what that one answered
 */
record Lost(Samples run, Attempt attempt, Outcome outcome) {

    /**
     * From so many entries back a run is counted, so that its share is what it was: several times
     * the exchanges over which a share falls. What it drew in the first half of these is left
     * alone, unless the run began there: its count is short. How far back what waited lies depends
     * on its share, and on what else was written meanwhile. Cases are never deleted, so that what
     * was decided, and whose exchange was erased, is not opened again.
     */
    private static final long COUNTED = 65_536;

    /** Opens its case, unless it has one. */
    boolean open() throws StoreFailed {
        return !run.isThere(attempt.id()) && run.open(Drawn.SAMPLE, attempt, outcome);
    }

    /**
     * Draws once more as those processes did that ended without a STOP: by the same lot, at the
     * same share.
     *
     * @param size of the log, which ends in a run that goes on and is left alone
     */
    static List<Lost> find(LogReader log, long size, Samples samples)
            throws IOException, Malformed {
        Runs runs = new Runs(samples, size <= COUNTED ? 0 : size - COUNTED / 2);
        log.entries(
                Math.max(0, size - COUNTED),
                size,
                size,
                (index, bytes) -> runs.next(index, EntryCodec.read(bytes)));
        return runs.killed;
    }

    /** Goes through a log. */
    private static final class Runs {

        private final List<Lost> killed = new ArrayList<>();
        private final List<Lost> last = new ArrayList<>();
        private final Map<String, Attempt> open = new HashMap<>();
        private final long settled;
        private boolean begun;
        private Samples run;

        /**
         * From the beginning of a log, or from somewhere within a run.
         *
         * @param settled where a count that began within a run is as good as whole
         */
        Runs(Samples samples, long settled) {
            this.settled = settled;
            run = samples.anew();
        }

        void next(long index, Entry entry) {
            begun |= entry instanceof Start || index >= settled;
            switch (entry) {
                case Start start -> {
                    killed.addAll(last);
                    begin();
                }
                case Stop stop -> begin();
                case Attempt attempt -> open.put(attempt.id(), attempt);
                case Outcome outcome -> {
                    Attempt of = open.remove(outcome.attempt());
                    if (of != null && draws(of, outcome) && begun) {
                        last.add(new Lost(run, of, outcome));
                    }
                }
                case Entry other -> {}
            }
        }

        private void begin() {
            last.clear();
            run = run.anew();
        }

        /** Counts it too. */
        private boolean draws(Attempt attempt, Outcome outcome) {
            return Sampler.mayBeDrawn(attempt, outcome)
                    && run.sampling().draw(attempt, outcome.at()) == Drawn.SAMPLE;
        }
    }
}
