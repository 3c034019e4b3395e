package io.demur.gateway.appeal;

import io.demur.gateway.judge.Judgements;
import io.demur.store.Petitions;
import io.demur.store.StoreFailed;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has a running gateway notice which appeals were upheld, by whatever process: what was refused
 * there binds it no longer. Looks every few seconds, on a thread of its own, and when it begins at
 * all that is still remembered; what it has taken in once changes nothing a second time.
 */
public final class Reopening implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Reopening.class.getName());

    /** Another machine's clock may be behind. */
    private static final Duration OVERLAP = Duration.ofHours(1);

    private final Petitions petitions;
    private final Judgements judgements;
    private final InstantSource clock;
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("demur-reopening").daemon().factory());
    private Instant since;

    private Reopening(
            Petitions petitions, Judgements judgements, Instant since, InstantSource clock) {
        this.petitions = petitions;
        this.judgements = judgements;
        this.since = since;
        this.clock = clock;
    }

    /**
     * Begins to look; what was upheld before is known when this returns.
     *
     * @param window how long refusals are remembered
     */
    public static Reopening begin(
            Petitions petitions,
            Judgements judgements,
            Duration window,
            Duration every,
            InstantSource clock)
            throws StoreFailed {
        Reopening reopening =
                new Reopening(petitions, judgements, clock.instant().minus(window), clock);
        reopening.look();
        var unused =
                reopening.looking.scheduleWithFixedDelay(
                        reopening::again,
                        every.toMillis(),
                        every.toMillis(),
                        TimeUnit.MILLISECONDS);
        return reopening;
    }

    private void again() {
        try {
            look();
        } catch (StoreFailed | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING,
                    "whether appeals were upheld is not known at the moment: {0}",
                    e.getMessage());
        }
    }

    private synchronized void look() throws StoreFailed {
        Instant begun = clock.instant();
        // what waits for the log holds later, by the time when it was decided
        boolean all = petitions.pending() == 0;
        for (Petitions.Upheld upheld : petitions.upheld(since)) {
            judgements.upheld(upheld.principal(), upheld.attempt());
            upheld.earlier().ifPresent(it -> judgements.upheld(upheld.principal(), it));
        }
        since = all ? begun.minus(OVERLAP) : since;
    }

    /** Looks no more; whoever closes the store afterwards closes it under nobody. */
    @Override
    public void close() {
        looking.shutdown();
        try {
            if (!looking.awaitTermination(10, TimeUnit.SECONDS)) {
                looking.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
