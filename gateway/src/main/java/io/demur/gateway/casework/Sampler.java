package io.demur.gateway.casework;

import io.demur.desk.Samples;
import io.demur.desk.Sampling.Drawn;
import io.demur.gateway.gate.Seen;
import io.demur.gateway.offload.Offload;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/**
 * Draws answers that people are to look at, behind their outcome and off the path of every
 * exchange: whoever gets one waits for nothing, and cannot tell. Where the store does not keep up,
 * samples are lost, and no exchange is; what a kill takes is {@linkplain #makeUp made up for}.
 */
public final class Sampler implements Seen {

    private static final System.Logger LOGGER = System.getLogger(Sampler.class.getName());

    /** What asks models for itself, such as drills, and is nobody's exchange. */
    private static final String OWN = "demur.";

    private final Samples samples;
    private final Offload offload;

    /**
     * Draws for a queue.
     *
     * @param offload where cases are opened
     */
    public Sampler(Samples samples, Offload offload) {
        this.samples = samples;
        this.offload = offload;
    }

    @Override
    public void attempted() {}

    @Override
    public void unwritten() {}

    @Override
    public void ended(Attempt attempt, Outcome outcome) {
        Drawn drawn =
                mayBeDrawn(attempt, outcome)
                        ? samples.sampling().draw(attempt, outcome.at())
                        : Drawn.NOTHING;
        if (drawn != Drawn.NOTHING) {
            var unused = offload.submit(() -> open(drawn, attempt, outcome));
        }
    }

    /**
     * Opens what runs that were killed had drawn and not opened: a kill may come between an outcome
     * and its case. Known cases are not made up for, because nobody misses them.
     *
     * @param size of the log, as it was published behind the START of this process
     */
    public void makeUp(LogReader log, long size) {
        var unused =
                offload.submit(
                        () -> {
                            try {
                                int opened = 0;
                                for (Lost each : Lost.find(log, size, samples)) {
                                    opened += each.open() ? 1 : 0;
                                }
                                return opened;
                            } catch (IOException | Malformed | StoreFailed e) {
                                LOGGER.log(
                                        Level.WARNING,
                                        "what a kill took of the samples is not made up for: {0}",
                                        e.getMessage());
                                throw new CompletionException(e);
                            }
                        });
    }

    /** Drills and probes are known already, and numbers are nothing to read. */
    static boolean mayBeDrawn(Attempt attempt, Outcome outcome) {
        return outcome.result() == Outcome.Result.ALLOW
                && !attempt.protocol().startsWith(OWN)
                && !attempt.protocol().contains("embed");
    }

    private boolean open(Drawn drawn, Attempt attempt, Outcome outcome) {
        try {
            return samples.open(drawn, attempt, outcome);
        } catch (StoreFailed e) {
            LOGGER.log(Level.WARNING, "a sample is lost: {0}", e.getMessage());
            throw new CompletionException(e);
        }
    }
}
