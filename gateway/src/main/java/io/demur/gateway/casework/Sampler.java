package io.demur.gateway.casework;

import io.demur.desk.Samples;
import io.demur.desk.Sampling.Drawn;
import io.demur.gateway.gate.Seen;
import io.demur.gateway.offload.Offload;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Outcome;
import io.demur.store.StoreFailed;

import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;

/**
 * Draws answers that people are to look at, behind their outcome and off the path of every
 * exchange: whoever gets one waits for nothing, and cannot tell. Where the store does not keep up,
 * samples are lost, and no exchange is.
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
        if (outcome.result() != Outcome.Result.ALLOW || !isReadable(attempt.protocol())) {
            return;
        }
        Drawn drawn = samples.sampling().draw(attempt, outcome.at());
        if (drawn != Drawn.NOTHING) {
            var unused = offload.submit(() -> open(drawn, attempt, outcome));
        }
    }

    /** Drills and probes are known already, and numbers are nothing to read. */
    private static boolean isReadable(String protocol) {
        return !protocol.startsWith(OWN) && !protocol.contains("embed");
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
