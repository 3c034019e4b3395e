package io.demur.eval.run;

import io.demur.core.Request;
import io.demur.core.suite.Case;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Asks what a run still lacks: each trial on a virtual thread of its own, of which there are as
 * many as the target's pace allows, each answer judged and kept as it comes. For one run.
 */
public final class Runner {

    /** By what a trial is known. */
    private record Key(String variant, int epoch, String id) {
        static Key of(Trial trial) {
            return new Key(trial.variant(), trial.epoch(), trial.of().id());
        }
    }

    /**
     * One trial that is missing.
     *
     * @param answered the answers that it has
     * @param lost what it may have cost beside them
     */
    private record Missing(Case of, int epoch, Variant variant, List<Round> answered, Usage lost) {}

    /** Takes what is missing, one by one. */
    private interface Taker {
        /** Takes a trial; false where no further one is wanted. */
        boolean take(Missing trial) throws InterruptedException;
    }

    private final Run run;
    private final Map<Key, Trial> before = new HashMap<>();
    private final Judges judges;
    private final Pace pace;
    private final Questioning questioning;
    private final Watcher watcher;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

    /**
     * @param run with the trials that it has
     * @param begun trials that have some answers and lack others
     * @param stop asked often; once it says true, nothing further is asked
     */
    public Runner(
            Run run,
            List<Trial> begun,
            Target target,
            Judges judges,
            Pace pace,
            Bill bill,
            Patience patience,
            Watcher watcher,
            InstantSource clock,
            BooleanSupplier stop) {
        this.run = run;
        this.judges = judges;
        this.pace = pace;
        this.watcher = watcher;
        this.clock = clock;
        this.questioning = new Questioning(target, pace, bill, patience, stop);
        for (Trial trial : run.trials()) {
            before.put(Key.of(trial), trial);
        }
        for (Trial trial : begun) {
            before.put(Key.of(trial), trial);
        }
        bill.add(run, begun);
    }

    /** What the missing trials will take. */
    public Effort effort() {
        Effort[] effort = {Effort.NONE};
        int tokensMax = run.plan().sampling().tokensMax();
        try {
            missing(
                    it -> {
                        effort[0] =
                                effort[0].plus(
                                        it.of(), it.variant(), it.answered().size(), tokensMax);
                        return true;
                    });
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // nothing here waits
        }
        return effort[0];
    }

    /**
     * Asks, and returns once nothing is under way any more.
     *
     * @param file gets each trial as it is done, and the end where nothing is missing
     * @throws IOException where the file cannot be written; what could be is there
     */
    public Ending run(RunFile file) throws IOException, InterruptedException {
        missing(
                it -> {
                    pace.enter();
                    if (questioning.ending().isPresent() || broken.get() != null) {
                        pace.leave();
                        return false;
                    }
                    Thread.ofVirtual()
                            .name("trial " + it.of().id())
                            .start(() -> onThread(it, file));
                    return true;
                });
        pace.awaitNone();
        rethrow();
        Optional<Ending> ending = questioning.ending();
        if (ending.isPresent()) {
            return ending.get();
        }
        file.finish(now());
        return new Ending.Whole();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** What failed is missing too: it may go better now. */
    private void missing(Taker each) throws InterruptedException {
        for (Variant variant : run.plan().variants()) {
            for (int epoch = 1; epoch <= run.plan().epochs(); epoch++) {
                for (Case of : run.suite().cases()) {
                    Trial had = before.get(new Key(variant.name(), epoch, of.id()));
                    boolean whole = had != null && had.isDone() && had.failure().isEmpty();
                    List<Round> answered = had == null ? List.of() : had.rounds();
                    Usage lost = had == null ? Usage.NONE : had.lost();
                    if (!whole && !each.take(new Missing(of, epoch, variant, answered, lost))) {
                        return;
                    }
                }
            }
        }
    }

    private void onThread(Missing trial, RunFile file) {
        try {
            trial(trial, file);
        } catch (InterruptedException e) {
            questioning.end(new Ending.Stopped());
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            // for the thread that waits for all
            broken.compareAndSet(null, e);
        } finally {
            pace.leave();
        }
    }

    /** The story of one trial: each push follows the model's own answer. */
    private void trial(Missing missing, RunFile file) throws IOException, InterruptedException {
        Case of = missing.of();
        int epoch = missing.epoch();
        List<Round> rounds = new ArrayList<>(missing.answered());
        Usage lost = missing.lost();
        Sampling sampling = sampling(epoch);
        while (true) {
            Request request = Trial.request(of, missing.variant(), rounds);
            Questioning.Came came =
                    questioning.ask(new Asked(of, epoch, rounds.size(), request, sampling));
            lost = lost.plus(came.lost());
            if (came.heard().isEmpty()) {
                return;
            }
            Optional<Failure> failure = Optional.empty();
            if (came.heard().get() instanceof Heard.Said said) {
                rounds.add(judges.round(request, said));
            } else if (came.heard().get() instanceof Heard.Nothing nothing) {
                failure = Optional.of(nothing.failure());
            }
            Trial trial = new Trial(of, epoch, missing.variant().name(), rounds, failure, lost);
            file.keep(trial);
            if (trial.isDone()) {
                watcher.done(trial);
                return;
            }
        }
    }

    /** Samples of one case differ, and the same run asks the same again. */
    private Sampling sampling(int epoch) {
        Sampling plan = run.plan().sampling();
        OptionalLong seed =
                plan.seed().isPresent()
                        ? OptionalLong.of(plan.seed().getAsLong() + epoch - 1)
                        : OptionalLong.empty();
        return new Sampling(plan.temperature(), seed, plan.tokensMax());
    }

    private void rethrow() throws IOException {
        Throwable failure = broken.get();
        if (failure == null) {
            return;
        }
        switch (failure) {
            case IOException e -> throw e;
            case UncheckedIOException e -> throw e;
            case RuntimeException e -> throw new IllegalStateException("a trial failed", e);
            default -> throw new IllegalStateException("a trial failed", failure);
        }
    }
}
