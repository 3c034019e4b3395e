package io.demur.gateway.casework;

import io.demur.desk.Samples;
import io.demur.desk.Sampling.Drawn;
import io.demur.gateway.gate.Seen;
import io.demur.gateway.offload.Offload;
import io.demur.log.LogReader;
import io.demur.log.note.Malformed;
import io.demur.record.entry.Attempt;
import io.demur.record.entry.Entry;
import io.demur.record.entry.EntryCodec;
import io.demur.record.entry.Outcome;
import io.demur.record.entry.Start;
import io.demur.store.StoreFailed;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/**
 * Draws answers that people are to look at, behind their outcome and off the path of every
 * exchange: whoever gets one waits for nothing, and cannot tell. Where the store does not keep up,
 * samples are lost, and no exchange is; what a kill takes is {@linkplain #makeUp made up for}.
 */
public final class Sampler implements Seen {

    private static final System.Logger LOGGER = System.getLogger(Sampler.class.getName());

    /** So many of the last entries are looked through for what a kill took: more than can wait. */
    private static final int LAST = 2_048;

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

    /**
     * Draws once more from what the process before this one answered last: it may have been killed
     * between an outcome and its case. What has its case gets no other; known cases are not made up
     * for, because nobody misses them.
     *
     * @param size of the log, as it was published behind the START of this process
     */
    public void makeUp(LogReader log, long size) {
        var unused =
                offload.submit(
                        () -> {
                            try {
                                for (Answered each : answered(log, size)) {
                                    if (!samples.isThere(each.attempt().id())) {
                                        ended(each.attempt(), each.outcome());
                                    }
                                }
                            } catch (IOException | Malformed | StoreFailed e) {
                                LOGGER.log(
                                        Level.WARNING,
                                        "what a kill took of the samples is not made up for: {0}",
                                        e.getMessage());
                            }
                            return true;
                        });
    }

    private record Answered(Attempt attempt, Outcome outcome) {}

    /** What the process before this one has ended since it began. */
    private static List<Answered> answered(LogReader log, long size) throws IOException, Malformed {
        Map<String, Attempt> begun = new HashMap<>();
        List<List<Answered>> runs = new ArrayList<>(List.of(List.of(), new ArrayList<>()));
        log.entries(
                Math.max(0, size - LAST),
                size,
                size,
                (index, bytes) -> {
                    switch (EntryCodec.read(bytes)) {
                        case Start start -> {
                            runs.removeFirst();
                            runs.add(new ArrayList<>());
                        }
                        case Attempt attempt -> begun.put(attempt.id(), attempt);
                        case Outcome outcome -> {
                            Attempt of = begun.remove(outcome.attempt());
                            if (of != null) {
                                runs.getLast().add(new Answered(of, outcome));
                            }
                        }
                        case Entry other -> {}
                    }
                });
        return runs.getFirst();
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
