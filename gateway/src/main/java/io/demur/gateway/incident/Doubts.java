package io.demur.gateway.incident;

import io.demur.core.incident.Resemblance;
import io.demur.core.incident.SameRequest.Opinion;
import io.demur.gateway.offload.Offload;
import io.demur.store.AskedPairs.Known;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Has a judge say what likeness leaves in doubt: behind the reply, on a thread of its own, one pair
 * at a time, and none twice. Whatever goes wrong is counted, and leaves it at what likeness says:
 * that nothing was found. What waits when the process ends is in the store, and comes again.
 */
final class Doubts implements AutoCloseable {

    /** Of so many refused requests at most it is asked for one later request, the likeliest. */
    static final int PAIRS_MAX = 2;

    /** UTF-16 units of a text; longer ones are not asked of. */
    static final int TEXT_MAX = 1 << 15;

    /** After a failure nothing is asked for so long, twice as long after the next one, */
    static final Duration REST = Duration.ofMinutes(1);

    /** and so long at most. */
    static final Duration REST_MAX = Duration.ofHours(1);

    private static final System.Logger LOGGER = System.getLogger(Doubts.class.getName());

    private static final int ROOM = 64;

    /** What another gateway began so long ago has no answer that is still to come. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);

    private final RouteArounds of;
    private final Arbiter arbiter;
    private final Offload asking = new Offload("incidents-judge", 1, ROOM);
    private volatile Resting resting = Resting.NONE;
    private boolean troubled;

    /** Until when nothing is asked, and how long that is. */
    private record Resting(Instant until, Duration length) {
        static final Resting NONE = new Resting(Instant.MIN, Duration.ZERO);

        Resting longer(Instant now) {
            Duration next = length.isZero() ? REST : length.multipliedBy(2);
            Duration most = next.compareTo(REST_MAX) > 0 ? REST_MAX : next;
            return new Resting(now.plus(most), most);
        }
    }

    /** What is made of one pair. */
    private enum Said {
        SAME,
        NOT_SAME,
        /** Somebody else is at it. */
        WAIT
    }

    Doubts(RouteArounds of, Arbiter arbiter) {
        this.of = of;
        this.arbiter = arbiter;
    }

    /**
     * Takes over one that was found to be like nothing, where it may be like something; whether it
     * did. Whoever is told that it did not has to say that it was compared.
     */
    boolean take(Comparing what, Footprint later) {
        List<Resemblance> doubtful =
                of.refused.doubtful(later.sent()).stream().limit(PAIRS_MAX).toList();
        if (doubtful.isEmpty()) {
            return false;
        }
        if (isResting()) {
            of.counts.unjudged("resting");
            return false;
        }
        boolean taken = !asking.submit(() -> run(what, later, doubtful)).isCompletedExceptionally();
        if (!taken) {
            of.counts.unjudged("full");
        }
        return taken;
    }

    private boolean isResting() {
        return of.now().isBefore(resting.until());
    }

    private boolean run(Comparing what, Footprint later, List<Resemblance> doubtful) {
        try {
            try {
                settle(what, later, doubtful);
                return true;
            } catch (IOException | RuntimeException | Error e) {
                LOGGER.log(
                        Level.ERROR,
                        "`{0}` is not put to the judge: {1}",
                        what.attempt(),
                        e.getClass().getName());
                of.counts.unjudged("failed");
                of.prints.compared(what.attempt());
            }
        } catch (StoreFailed | StoreRefused e) {
            of.leave(what.attempt());
        }
        return false;
    }

    private void settle(Comparing what, Footprint later, List<Resemblance> doubtful)
            throws StoreFailed, StoreRefused, IOException {
        List<Footprint> before = Following.sent(of, later);
        for (Resemblance each : doubtful) {
            Optional<Footprint> refused =
                    of.prints.find(each.refused().attempt()).flatMap(Footprint::of);
            if (refused.isEmpty() || Repeat.of(later, refused.get(), before, false).isPresent()) {
                continue;
            }
            switch (said(what, later, refused.get())) {
                case SAME -> {
                    what.open(refused.get(), each.by(arbiter.judge().id()), "record");
                    return;
                }
                case NOT_SAME -> {}
                case WAIT -> {
                    return; // it is taken up again, if nobody settles it
                }
            }
        }
        of.prints.compared(what.attempt());
    }

    private Said said(Comparing what, Footprint later, Footprint refused)
            throws StoreFailed, IOException {
        if (!arbiter.isKept(refused) || !arbiter.isKept(later)) {
            return unjudged("not-kept");
        }
        if (isResting()) {
            return unjudged("resting");
        }
        return switch (arbiter.pairs().begin(later.attempt(), refused.attempt(), max())) {
            case Known.Fresh fresh -> asked(what, later, refused);
            case Known.Said known -> known.same() ? Said.SAME : Said.NOT_SAME;
            case Known.Open open ->
                    open.since().plus(UNDER_WAY).isAfter(of.now())
                            ? Said.WAIT
                            : unjudged("interrupted");
            case Known.Spent spent -> unjudged("spent");
            case Known.Gone gone -> unjudged("not-kept");
        };
    }

    private int max() {
        return arbiter.perDayMax();
    }

    private Said asked(Comparing what, Footprint later, Footprint refused)
            throws StoreFailed, IOException {
        Optional<String> before = arbiter.text(refused);
        Optional<String> now = what.text().map(Arbiter::shown);
        if (now.isEmpty()) {
            now = arbiter.text(later);
        }
        if (before.isEmpty() || now.isEmpty()) {
            return unjudged("not-kept");
        }
        if (before.get().length() > TEXT_MAX || now.get().length() > TEXT_MAX) {
            return unjudged("too-long");
        }
        switch (arbiter.judge().compare(before.get(), now.get())) {
            case Opinion.Said(boolean same) -> {
                arbiter.pairs().said(later.attempt(), refused.attempt(), same);
                of.counts.judged(same ? "same" : "other");
                well();
                return same ? Said.SAME : Said.NOT_SAME;
            }
            case Opinion.Unsaid unsaid -> {
                failed(unsaid);
                return unjudged(unsaid.reason().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private Said unjudged(String why) {
        of.counts.unjudged(why);
        return Said.NOT_SAME;
    }

    /** What cannot be understood may lie in the texts, so that it makes nobody rest. */
    private void failed(Opinion.Unsaid unsaid) {
        switch (unsaid.reason()) {
            case DOWN, LATE -> resting = resting.longer(of.now());
            case INVALID -> {}
        }
        if (!troubled) {
            LOGGER.log(
                    Level.WARNING,
                    "the judge of what came again says nothing, and what is in doubt is not found:"
                            + " {0}",
                    unsaid.detail());
        }
        troubled = true;
    }

    private void well() {
        resting = Resting.NONE;
        if (troubled) {
            LOGGER.log(Level.INFO, "the judge of what came again speaks again");
        }
        troubled = false;
    }

    /** Takes no more; what waits stays in the store. */
    @Override
    public void close() {
        asking.close();
    }
}
