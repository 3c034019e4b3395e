package io.demur.eval.run;

import io.demur.eval.run.Heard.Again;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Asks a target until it answers, within a pace, a budget and some patience; and ends the run where
 * asking on makes no sense. Safe for use by several threads.
 */
final class Questioning {

    /** So many failures one after the other, with no answer between, and the target is down. */
    static final int FAILURES_MAX = 20;

    /** Statuses that speak of what was asked, and not of who was asked. */
    private static final Set<Integer> OF_THE_REQUEST = Set.of(400, 413, 422, 451);

    private static final Duration SLICE = Duration.ofMillis(50);

    private final Target target;
    private final Pace pace;
    private final Bill bill;
    private final Patience patience;
    private final BooleanSupplier stop;
    private final AtomicReference<@Nullable Ending> ending = new AtomicReference<>();
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicInteger failures = new AtomicInteger();

    Questioning(Target target, Pace pace, Bill bill, Patience patience, BooleanSupplier stop) {
        this.target = target;
        this.pace = pace;
        this.bill = bill;
        this.patience = patience;
        this.stop = stop;
    }

    /** Why nothing further is to be asked, where that is so. */
    Optional<Ending> ending() {
        if (ending.get() == null && stop.getAsBoolean()) {
            end(new Ending.Stopped());
        }
        return Optional.ofNullable(ending.get());
    }

    /** Ends the run, unless something else has. */
    void end(Ending why) {
        ending.compareAndSet(null, why);
    }

    /**
     * What came of asking.
     *
     * @param heard an answer or a failure after all tries; nothing where the run ended first
     * @param lost what was paid at the most for tries that brought no answer
     */
    record Came(Optional<Heard> heard, Usage lost) {}

    /** Asks until there is an answer, or no sense in asking on. */
    Came ask(Asked asked) throws InterruptedException {
        Usage most = Bill.most(asked.request(), asked.sampling().tokensMax());
        Usage lost = Usage.NONE;
        Optional<Heard> unanswered = Optional.empty();
        for (int tried = 1; ending().isEmpty(); tried++) {
            if (!bill.reserve(most)) {
                end(new Ending.TooDear());
                break;
            }
            if (ending().isPresent()) { // while it waited for others
                bill.settle(most, Usage.NONE, Usage.NONE);
                break;
            }
            long began = System.nanoTime();
            Heard heard = asked(asked, most);
            switch (heard) {
                case Heard.Said said -> {
                    answered.set(true);
                    failures.set(0);
                    pace.answered();
                    return new Came(Optional.of(said), lost);
                }
                case Heard.Denied denied -> {
                    // which ended the run
                }
                case Heard.Nothing nothing -> {
                    if (nothing.mayCost()) {
                        lost = lost.plus(most);
                        // for the run's file, which has to tell what a further run may still spend
                        unanswered = Optional.of(nothing);
                    }
                    if (nothing.again() == Again.FEWER) {
                        pace.tooMuch(began);
                    }
                    if (isOver(nothing, tried)) {
                        Optional<Heard> last = unanswered;
                        return new Came(failed(nothing).or(() -> last), lost);
                    }
                    sleep(
                            patience.before(
                                    tried,
                                    nothing.after(),
                                    ThreadLocalRandom.current().nextDouble()));
                }
            }
        }
        return new Came(unanswered, lost);
    }

    /** Asks once, and settles what that cost. */
    private Heard asked(Asked asked, Usage most) throws InterruptedException {
        Usage used = Usage.NONE;
        Usage unanswered = most; // unless something better is known
        try {
            Heard heard = target.ask(asked);
            if (heard instanceof Heard.Denied denied) {
                // before those go on who wait for what this call set aside
                end(new Ending.Unusable(denied.message()));
            }
            used = used(asked, heard);
            unanswered =
                    heard instanceof Heard.Nothing nothing && nothing.mayCost() ? most : Usage.NONE;
            return heard;
        } finally {
            bill.settle(most, used, unanswered);
        }
    }

    private static Usage used(Asked asked, Heard heard) {
        return heard instanceof Heard.Said said && !said.free()
                ? said.usage().orElseGet(() -> Bill.guess(asked.request(), said.response().text()))
                : Usage.NONE;
    }

    /** What nobody has ever reached is not tried again: the address is wrong. */
    private boolean isOver(Heard.Nothing nothing, int tried) {
        boolean unreached =
                !answered.get()
                        && (nothing.failure().kind() == Failure.Kind.TRANSPORT
                                || nothing.failure().kind() == Failure.Kind.UNREADABLE);
        boolean tooLong =
                nothing.after().filter(it -> it.compareTo(Patience.WAITED_MAX) > 0).isPresent();
        return nothing.again() == Again.NEVER || tried >= patience.tries() || unreached || tooLong;
    }

    private Optional<Heard> failed(Heard.Nothing nothing) {
        Failure failure = nothing.failure();
        if (failure.kind() == Failure.Kind.MISSING) {
            return Optional.of(nothing);
        }
        Optional<Duration> tooLong =
                nothing.after().filter(it -> it.compareTo(Patience.WAITED_MAX) > 0);
        if (tooLong.isPresent()) {
            end(
                    new Ending.Unusable(
                            "%s, and wants to be left alone for %d minutes"
                                    .formatted(failure.message(), tooLong.get().toMinutes())));
            return Optional.empty();
        }
        if (failure.kind() == Failure.Kind.BLOCKED
                || (answered.get() && OF_THE_REQUEST.contains(failure.status()))) {
            return Optional.of(nothing); // the next case may well get through
        }
        if (!answered.get()) {
            end(new Ending.Unusable(failure.message()));
            return Optional.empty();
        }
        if (failures.incrementAndGet() >= FAILURES_MAX) {
            end(
                    new Ending.Unusable(
                            "%d failures one after the other, the last of them: %s"
                                    .formatted(FAILURES_MAX, failure.message())));
        }
        return Optional.of(nothing);
    }

    /** In slices, so that it ends with the run. */
    private void sleep(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - until < 0 && ending().isEmpty()) {
            Duration left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
            Thread.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }
}
