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
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Has a judge say what likeness leaves in doubt: behind the reply, on a thread of its own, one pair
 * at a time, and none twice. Whatever goes wrong is counted, and leaves it at what likeness says:
 * that nothing was found. What waits when the process ends, or finds no room, is in the store as
 * what was not compared, and comes again.
 */
final class Doubts implements AutoCloseable {

    /** Of so many refused requests at most it is asked for one later request, the likeliest. */
    static final int PAIRS_MAX = 2;

    /** UTF-16 units of a text; longer ones are not asked of. */
    static final int TEXT_MAX = 1 << 15;

    /** So many later requests are at hand, the one that is asked of among them. */
    static final int ROOM = 64;

    private static final System.Logger LOGGER = System.getLogger(Doubts.class.getName());

    /** How many are known by name that found no room; the store knows the others. */
    private static final int PUT_OFF_MAX = 1_000;

    /** What another gateway began so long ago has no answer that is still to come. */
    private static final Duration UNDER_WAY = Duration.ofMinutes(10);

    private final RouteArounds of;
    private final Arbiter arbiter;
    private final Offload asking = new Offload("incidents-judge", 1, ROOM);
    private final Set<String> atHand = new HashSet<>();
    private final Set<String> putOff = new LinkedHashSet<>();
    private final Rest rest = new Rest();
    private boolean troubled;

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
        if (rest.isOn(of.now())) {
            of.counts.unjudged("resting", doubtful.size());
            return false;
        }
        if (letIn(what.attempt())) {
            // where that fails, it was closed: the store has it
            var unused = asking.submit(() -> run(what, later, doubtful));
        }
        return true;
    }

    /**
     * Whether one is to be asked of now; it is not where it waits already, or has to come again.
     */
    private synchronized boolean letIn(String attempt) {
        if (atHand.size() < ROOM) {
            putOff.remove(attempt);
            return atHand.add(attempt);
        }
        if (!atHand.contains(attempt) && putOff.size() < PUT_OFF_MAX) {
            putOff.add(attempt);
        }
        return false;
    }

    /** Makes room; once there is nothing left to do, what found none comes again. */
    private synchronized void done(String attempt) {
        atHand.remove(attempt);
        if (atHand.isEmpty()) {
            putOff.forEach(of::leave);
            putOff.clear();
        }
    }

    /** How many found no room as yet. */
    synchronized int waiting() {
        return putOff.size();
    }

    private boolean run(Comparing what, Footprint later, List<Resemblance> doubtful) {
        try {
            settle(what, later, doubtful);
            return true;
        } catch (StoreFailed | StoreRefused e) {
            of.leave(what.attempt());
            return false;
        } finally {
            done(what.attempt());
        }
    }

    private void settle(Comparing what, Footprint later, List<Resemblance> doubtful)
            throws StoreFailed, StoreRefused {
        for (Resemblance each : doubtful) {
            switch (settled(what, later, each)) {
                case SAME -> {
                    return;
                }
                case NOT_SAME -> {}
                case WAIT -> {
                    return; // it is taken up again, if nobody settles it
                }
            }
        }
        of.compared.add(what.attempt());
    }

    /** What breaks on a pair would break on it again: that is said, and it is passed over. */
    private Said settled(Comparing what, Footprint later, Resemblance like)
            throws StoreFailed, StoreRefused {
        try {
            List<Footprint> before = of.lately.before(later);
            Optional<Footprint> refused = of.footprint(like.refused().attempt());
            if (refused.isEmpty() || Repeat.of(later, refused.get(), before, false).isPresent()) {
                return Said.NOT_SAME;
            }
            Said said = said(what, later, refused.get());
            if (said == Said.SAME) {
                what.open(refused.get(), like.by(arbiter.judge().id()), "record");
            }
            return said;
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(
                    Level.ERROR,
                    "`{0}` is not put to the judge: {1}",
                    what.attempt(),
                    e.getClass().getName());
            return unjudged("failed");
        }
    }

    /** Looks at all that may speak against it before a question of the day is used up. */
    private Said said(Comparing what, Footprint later, Footprint refused)
            throws StoreFailed, IOException {
        if (!arbiter.isKept(refused) || !arbiter.isKept(later)) {
            return unjudged("not-kept");
        }
        Optional<String> text = what.text().map(Arbiter::shown);
        Optional<Integer> before = arbiter.length(refused);
        Optional<Integer> now = text.map(String::length);
        if (now.isEmpty()) {
            now = arbiter.length(later);
        }
        if (before.isEmpty() || now.isEmpty()) {
            return unjudged("not-kept");
        }
        if (Math.max(before.get(), now.get()) > TEXT_MAX) {
            return unjudged("too-long");
        }
        if (rest.isOn(of.now())) {
            return unjudged("resting");
        }
        return switch (arbiter.pairs().begin(later.attempt(), refused.attempt(), arbiter.most())) {
            case Known.Fresh fresh -> asked(later, refused, text);
            case Known.Said known -> known.same() ? Said.SAME : Said.NOT_SAME;
            case Known.Open open ->
                    open.since().plus(UNDER_WAY).isAfter(of.now())
                            ? Said.WAIT
                            : unjudged("interrupted");
            case Known.Spent spent -> unjudged("spent");
            case Known.Shared shared -> unjudged("share");
            case Known.Gone gone -> unjudged("not-kept");
        };
    }

    private Said asked(Footprint later, Footprint refused, Optional<String> text)
            throws StoreFailed, IOException {
        Optional<String> before = arbiter.text(refused);
        Optional<String> now = text.isPresent() ? text : arbiter.text(later);
        if (before.isEmpty() || now.isEmpty()) {
            return unjudged("not-kept");
        }
        switch (arbiter.judge().compare(before.get(), now.get())) {
            case Opinion.Said(boolean same) -> {
                arbiter.pairs().said(later.attempt(), refused.attempt(), same);
                of.counts.judged(same ? "same" : "other");
                well();
                return same ? Said.SAME : Said.NOT_SAME;
            }
            case Opinion.Unsaid unsaid -> {
                failed(later.principal(), unsaid);
                return unjudged(unsaid.reason().name().toLowerCase(Locale.ROOT));
            }
        }
    }

    private Said unjudged(String why) {
        of.counts.unjudged(why, 1);
        return Said.NOT_SAME;
    }

    /** What cannot be understood may lie in the texts, so that it makes nobody rest. */
    private void failed(String principal, Opinion.Unsaid unsaid) {
        switch (unsaid.reason()) {
            case DOWN, LATE -> rest.failed(principal, of.now());
            case INVALID -> rest.answered();
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
        rest.answered();
        if (troubled) {
            LOGGER.log(Level.INFO, "the judge of what came again speaks again");
        }
        troubled = false;
    }

    /** Takes no more; what waits, and what still comes, stays in the store. */
    @Override
    public void close() {
        asking.close();
    }
}
