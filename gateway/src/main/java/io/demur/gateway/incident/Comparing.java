package io.demur.gateway.incident;

import io.demur.core.charter.Settings;
import io.demur.core.incident.Keeping;
import io.demur.core.incident.Resemblance;
import io.demur.core.incident.Sent;
import io.demur.store.Incidents;
import io.demur.store.StoreFailed;
import io.demur.store.StoreRefused;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * What is done with one request behind its reply: where its meaning lies is noted, and it is
 * compared with what was refused before it, by what the quick look does not see. Used by one thread
 * at a time.
 */
final class Comparing {

    private static final System.Logger LOGGER = System.getLogger(Comparing.class.getName());

    private final RouteArounds of;
    private final Footprint footprint;
    private final Optional<String> text;
    private final Settings settings;
    private boolean open;

    /** What was found before the reply, and has no case as yet. */
    private Optional<Earlier> earlier = Optional.empty();

    /** What it is like, and what was done with it where it was answered. */
    private record Earlier(Footprint refused, Resemblance like, String done) {}

    /**
     * What is to be done.
     *
     * @param text of the request, while it is there
     * @param open whether it was not compared as yet
     * @param settings of the policy that says which ways are declared
     */
    Comparing(
            RouteArounds of,
            Footprint footprint,
            Optional<String> text,
            boolean open,
            Settings settings) {
        this.of = of;
        this.settings = settings;
        this.footprint = footprint;
        this.text = text;
        this.open = open;
    }

    String attempt() {
        return footprint.attempt();
    }

    Optional<String> text() {
        return text;
    }

    /**
     * Does it. What breaks on this one, an error too, would break on it again: that is said, and it
     * is passed over.
     *
     * @return whether it was done
     * @throws CompletionException where the store fails, which it may not do for ever
     */
    boolean run() {
        try {
            try {
                Footprint placed = placed();
                if (open && earlier.isPresent()) {
                    open(earlier.get());
                } else if (open) {
                    find(placed);
                }
                return true;
            } catch (RuntimeException | Error e) {
                troubled(footprint.attempt(), "is not compared", e);
                of.compared.add(footprint.attempt());
                return false;
            }
        } catch (StoreFailed | StoreRefused e) {
            throw new CompletionException(e);
        }
    }

    private static void troubled(String attempt, String what, Throwable why) {
        LOGGER.log(Level.ERROR, "`{0}` {1}: {2}", attempt, what, why.getClass().getName());
    }

    /** With where its text lies; without that it is compared by its words alone. */
    static Footprint placed(RouteArounds of, Footprint footprint, String text) {
        try {
            return of.meaning
                    .flatMap(each -> each.of(text))
                    .map(point -> footprint.with(footprint.prints().withPoint(point)))
                    .orElse(footprint);
        } catch (RuntimeException | Error e) {
            troubled(footprint.attempt(), "is compared without its meaning", e);
            return footprint;
        }
    }

    /**
     * Whether a person has found wrong that one was refused; or that a later one was because of it,
     * which asks just the same as this.
     */
    static boolean overturned(RouteArounds of, Footprint refused, Footprint later)
            throws StoreFailed {
        Instant since = refused.at().minus(Keeping.USUAL.window());
        if (of.cases.overturned(refused.attempt(), of.refused.same(refused.sent()), since)) {
            return true;
        }
        for (String upheld : of.cases.upheld(refused.attempt(), later.principal())) {
            if (of.footprint(upheld).filter(it -> it.isCarried(later)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The same with its meaning, which is kept for those that come later. */
    private Footprint placed() throws StoreFailed, StoreRefused {
        if (text.isEmpty() || footprint.prints().hasPoint()) {
            return footprint;
        }
        Footprint placed = placed(of, footprint, text.get());
        if (placed.prints().hasPoint() && of.prints.keep(placed.row(false))) {
            of.remember(placed);
            of.lately.add(placed);
        }
        return placed;
    }

    /** Opens a case for what it is most like, or has a judge say what it may be like. */
    private void find(Footprint placed) throws StoreFailed {
        Sent sent = placed.sent();
        List<Resemblance> like = new ArrayList<>();
        of.refused.quick(sent).ifPresent(like::add);
        List<Footprint> before = of.lately.before(placed);
        if (like.isEmpty()) {
            like.addAll(of.refused.closely(sent, before.stream().map(Footprint::sent).toList()));
        }
        for (Resemblance each : like) {
            Optional<Footprint> refused = of.footprint(each.refused().attempt());
            if (refused.isPresent()) {
                Optional<Repeat> repeat = Repeat.of(placed, refused.get(), before, false);
                if (repeat.isPresent()) {
                    of.counts.passed(repeat.get());
                    of.compared.add(footprint.attempt());
                } else {
                    open(refused.get(), each, "record");
                }
                return;
            }
        }
        if (of.doubts.filter(it -> it.take(this, placed)).isEmpty()) {
            of.compared.add(footprint.attempt());
        }
    }

    /**
     * Opens a case for what was found before the reply. Where the store fails it is done once more
     * with the rest, while the text is there.
     *
     * @param done what was done with it where it was answered
     */
    void begin(Footprint refused, Resemblance like, String done) {
        Earlier found = new Earlier(refused, like, done);
        try {
            open(found);
        } catch (StoreFailed e) {
            troubled(footprint.attempt(), "has no case as yet", e);
            earlier = Optional.of(found);
            open = true;
        }
    }

    private void open(Earlier found) throws StoreFailed {
        open(found.refused(), found.like(), found.done());
    }

    /** Opens a case, or adds to the one that goes on. */
    void open(Footprint refused, Resemblance like, String done) throws StoreFailed {
        open = false;
        boolean approved = footprint.approved() || overturned(of, refused, footprint);
        boolean sanctioned = footprint.isSanctioned(settings, refused);
        Telling telling = Telling.of(refused, footprint, like, sanctioned, approved, done);
        Incidents.Found found =
                new Incidents.Found(
                        footprint.attempt(),
                        refused.attempt(),
                        footprint.at(),
                        Telling.id(refused.attempt(), footprint.attempt()),
                        RouteArounds.GOES_ON,
                        telling.isAsked());
        if (of.cases.open(found, id -> telling.as(id, of.due)).isPresent()) {
            of.counts.found(telling.route(), like.method().word());
        }
    }
}
